"""What is measured, against what, and the ratio to reach.

Where a peer is another tool, ours is the whole process, with start-up, reading and output, unless
the row says otherwise; the peer's clock runs only while it does the job named.
"""

import itertools
import sys
from pathlib import Path

from benchmarks import generate
from benchmarks.process import best_of, command, mofkit_command, worker
from benchmarks.table import Row, faster, megabytes, seconds, within

N_BRACES = 100_000
N_ENTRIES = 100_000
N_PAYLOAD_BYTES = 1_000_000


def of_cim_schema(cim: Path, rounds: int) -> list[Row]:
    """Return the comparisons with pywbem and Lark, and the memory, over the CIM schema."""
    mofkit = mofkit_command()
    syntax, everything, schema, ply, pywbem, lark = best_of(
        rounds,
        command(*mofkit, "check", "--syntax-only", cim),
        command(*mofkit, "check", cim, exit_codes=(0, 1)),
        worker("mofkit_schema", cim),
        worker("ply_parse", cim),
        worker("pywbem_compile", cim),
        worker("lark_parse", cim),
    )
    check = "CIM schema, check --syntax-only"
    return [
        faster(check, syntax, ply, "pywbem's PLY parse alone", at_least=7),
        faster(check, syntax, lark, "Lark, the same grammar", at_least=18),
        faster("CIM schema, to Schema (API)", schema, pywbem, "pywbem's compile", at_least=6),
        faster("CIM schema, check", everything, pywbem, "pywbem's compile", at_least=4),
        _memory(check, cim),
    ]


def of_start_up(scratch: Path, rounds: int) -> list[Row]:
    """Return how small commands compare with starting Python; they take ten times the rounds."""
    small = scratch / "small.mof"
    # The pragma is no part of what is generated, since pywbem does not read it without parentheses.
    small.write_text("#pragma autorecover\n" + generate.generate(10_000), "utf-8")
    mofkit = mofkit_command()
    version, check, idle = best_of(
        rounds * 10,
        command(*mofkit, "--version"),
        command(*mofkit, "check", small),
        command(sys.executable, "-c", "pass"),
    )
    return [
        within("--version", version, idle, "python -c pass", at_most=4.5),
        within("check of a 10 KB file", check, idle, "python -c pass", at_most=9),
    ]


def of_growth(scratch: Path, rounds: int) -> list[Row]:
    """Return how time grows with size, to the tree and to the schema, and with depth."""
    return [
        *_doubling("parse (API)", "mofkit_parse", scratch, rounds),
        *_doubling("to Schema (API)", "mofkit_schema", scratch, rounds),
        _depth("nested braces", generate.nested_braces(N_BRACES), scratch, rounds),
        _depth("braces never closed", generate.unclosed_braces(N_BRACES), scratch, rounds),
    ]


def of_reginfo(rounds: int) -> list[Row]:
    """Return the comparisons with plain Construct over a large WMIREGINFO, and its growth."""
    rows = []
    for direction, at_least in (("decode", 5), ("encode", 8)):
        ours, peer, half = best_of(
            rounds,
            worker("reginfo_mofkit", direction, N_ENTRIES),
            worker("reginfo_construct", direction, N_ENTRIES),
            worker("reginfo_mofkit", direction, N_ENTRIES // 2),
        )
        work = f"WMIREGINFO, {N_ENTRIES:,} entries, {direction}"
        rows += [
            faster(work, ours, peer, "plain Construct", at_least),
            within(work, ours, half, "mofkit, half as many", at_most=2.1),
        ]
    return rows


def of_bmf(rounds: int) -> list[Row]:
    """Return how quickly the streams inside BMF are read and written, and the growth with size."""
    size, half, tenth = N_PAYLOAD_BYTES, N_PAYLOAD_BYTES // 2, N_PAYLOAD_BYTES // 10
    ours, bitwise, ours_half, mofcomp, mofcomp_half, best = best_of(
        rounds,
        worker("ds_mofkit", "decompress", size),
        worker("ds_bitwise", size),
        worker("ds_mofkit", "decompress", half),
        worker("ds_mofkit", "mofcomp", size),
        worker("ds_mofkit", "mofcomp", half),
        worker("ds_mofkit", "best", tenth),
    )
    records, interpreted = best_of(
        rounds, worker("bmf_payloads", "mofkit"), worker("bmf_payloads", "construct")
    )
    read, write = (f"BMF, 1 MB of payload, {what}" for what in ("decompress", "compress"))
    return [
        faster(
            "BMF, 120 payloads to Schema",
            records,
            interpreted,
            "Construct, same schemas",
            at_least=4,
        ),
        faster(read, ours, bitwise, "a bit at a time", at_least=6),
        within(read, ours, ours_half, "mofkit, half as much", at_most=2.1),
        _rate(write, mofcomp, size, at_least=1),
        within(write, mofcomp, mofcomp_half, "mofkit, half as much", at_most=2.1),
        _rate("BMF, 0.1 MB of payload, best compression", best, tenth, at_least=0.03),
    ]


def _rate(work: str, ours: float, n_bytes: int, at_least: float) -> Row:
    rate = n_bytes / ours / 1e6
    return Row(work, seconds(ours), "", "", rate, at_least, unit=" MB/s", higher_is_better=True)


def _doubling(work: str, worker_name: str, scratch: Path, rounds: int) -> list[Row]:
    sizes_mb = [2, 4, 8]
    paths = [scratch / f"generated_{size_mb}.mof" for size_mb in sizes_mb]
    for path, size_mb in zip(paths, sizes_mb, strict=True):
        path.write_text(generate.generate(size_mb * 1_000_000), "utf-8")
    times = best_of(rounds, *(worker(worker_name, path) for path in paths))
    steps = itertools.pairwise(zip(sizes_mb, times, strict=True))
    return [
        within(f"{work}, {size_mb} MB", ours, half, f"mofkit, {half_mb} MB", at_most=2.1)
        for (half_mb, half), (size_mb, ours) in steps
    ]


def _depth(what: str, text: str, scratch: Path, rounds: int) -> Row:
    path = scratch / "deep.mof"
    path.write_text(text, "utf-8")
    check = command(*mofkit_command(), "check", "--syntax-only", path, exit_codes=(0, 1))
    (ours,) = best_of(rounds, check)
    work = f"{N_BRACES:,} {what}, check --syntax-only"
    return Row(work, seconds(ours), "", "", ours, target=1, unit=" s")


def _memory(work: str, folder: Path) -> Row:
    idle = worker("peak_memory")()
    ours = worker("peak_memory", "check", "--syntax-only", folder)()
    n_bytes = sum(path.stat().st_size for path in folder.rglob("*.mof"))
    return Row(
        f"{work}: memory per byte",
        megabytes(ours),
        megabytes(idle),
        "idle Python",
        (ours - idle) / n_bytes,
        target=12,
        unit=" B",
    )
