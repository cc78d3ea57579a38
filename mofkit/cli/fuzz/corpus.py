"""`mofkit fuzz corpus`: seed files for a fuzzer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from mofkit._version import __version__
from mofkit.cli.fuzz.options import count_option, need_hypothesis, seed_option
from mofkit.cli.output import write_files
from mofkit.cli.terminal import write

if TYPE_CHECKING:
    from mofkit.testing.samples import Sample

__all__ = ["SAMPLE_KINDS", "command"]

SAMPLE_KINDS: Final = ("mof", "bmf", "bmf-file", "reginfo", "wnode")
"""Those of `mofkit.testing.samples`, for the help."""


@click.command("corpus")
@click.argument("kind", type=click.Choice(SAMPLE_KINDS))
@count_option
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    required=True,
    help="Where the folders seeds/ and expected/ go; made if need be.",
)
@seed_option
def command(kind: str, count: int, folder: str, seed: int) -> int:
    """Write seed files of KIND for libFuzzer, AFL or WinAFL, valid ones and near-valid ones.

    DIR/seeds has the files and nothing else, so that a fuzzer can be given this folder.
    DIR/expected has for each a JSON of the same name: what was done to it, the codes of which a
    correct reader gives one, whether it has to be refused, and what a valid one means.

    `bmf` is binary MOF whose payload was changed, `bmf-file` such whose file was.

    \b
    Examples:
      mofkit fuzz corpus reginfo --count 500 --out corpus/
      afl-fuzz -i corpus/seeds -o findings -- ./decoder @@
    """
    need_hypothesis()
    from mofkit.cli.fuzz.preload import load_everything
    from mofkit.cli.fuzz.progress import progress
    from mofkit.testing.laws import KINDS
    from mofkit.testing.runner import hypothesis_home
    from mofkit.testing.samples import generate

    load_everything()
    with TemporaryDirectory() as home, hypothesis_home(home), progress() as shown:
        found = generate(kind, KINDS[kind], count=count, seed=seed, tick=shown.tick)
    files = _files(kind, KINDS[kind].suffix, found, folder, seed)
    for part in ("seeds", "expected"):
        Path(folder, part).mkdir(parents=True, exist_ok=True)
    write_files(files)
    n_valid = sum(sample.is_valid for sample in found)
    n_malformed = sum(sample.is_malformed for sample in found)
    write(
        f"{len(found):,} files in {folder}: {n_valid:,} valid, {n_malformed:,} malformed, "
        f"{len(found) - n_valid - n_malformed:,} odd; seed {seed}\n"
    )
    return 0


def _files(kind: str, suffix: str, found: list[Sample], folder: str, seed: int) -> dict[str, bytes]:
    from mofkit.cli.fuzz.findings import slug

    files: dict[str, bytes] = {}
    for number, sample in enumerate(found, 1):
        name = f"{number:05}-{slug(sample.label)[:40].rstrip('-')}"
        files[str(Path(folder, "seeds", f"{name}{suffix}"))] = sample.data
        about = _about(kind, f"seeds/{name}{suffix}", sample, seed)
        files[str(Path(folder, "expected", f"{name}.json"))] = about
    return files


def _about(kind: str, path: str, sample: Sample, seed: int) -> bytes:
    import json

    about = {
        "file": path,
        "kind": kind,
        **sample.about,
        "label": sample.label,
        "is_valid": sample.is_valid,
        "is_malformed": sample.is_malformed,
        "expected_codes": list(sample.expected),
        "mofkit_codes": list(sample.codes),
        "means": sample.means,
        "mofkit": __version__,
        "seed": seed,
    }
    return f"{json.dumps(about, indent=2)}\n".encode()
