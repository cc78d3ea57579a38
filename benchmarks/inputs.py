"""What is measured on: the CIM schema and the BMF files of the shared corpus, and generated files.

The schema is DMTF's CIM 2.49, 1,634 files with 5.4 MB in the zip they are published in. The BMF
files are 120 from ACPI firmware, with 3.2 MB of payload. The corpus is no part of this repository
(see CONTRIBUTING.md); without it only generated files are measured.
"""

import os
import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("MOFKIT_SHARED") or ROOT.parent / "shared").resolve()
CIM_ZIP = SHARED / "corpus" / "mof" / "cim_schema_2.49.0Final-MOFs.zip"
N_CIM_CLASSES = 1631
BMF_FOLDER = SHARED / "corpus" / "bmf"

_INCLUDE = re.compile(r'^#pragma include \("([^"]+)"\)', re.MULTILINE)


def extract_cim(folder: Path) -> Path:
    """Return a new folder within `folder` that holds the files of the CIM schema."""
    target = folder / "cim"
    with zipfile.ZipFile(CIM_ZIP) as archive:
        archive.extractall(target)
    return target


def main_file(cim: Path) -> Path:
    """Return the file of the schema that includes all others."""
    return cim / "cim_schema_2.49.0.mof"


def included_files(cim: Path) -> list[Path]:
    """Return the files of the schema in the order in which the main file includes them."""
    return [cim / name for name in _INCLUDE.findall(main_file(cim).read_text("utf-8"))]


def mof_texts(folder: Path) -> list[str]:
    """Return the text of every .mof file of the folder, in the order of their paths."""
    return [path.read_text("utf-8") for path in sorted(folder.rglob("*.mof"))]
