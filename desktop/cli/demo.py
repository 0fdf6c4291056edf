"""`roleworth demo`: the sample evaluation in a copy of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.sample import sample_path, write_sample_to


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `demo`."""
    parser.epilog = "example:\n  roleworth demo --to northvale.roleworth"
    parser.add_argument("--to", type=Path, metavar="FILE", help="only write it, to this new file")


def run(_name: str, options: argparse.Namespace) -> int:
    """Write the sample, and open it unless a file was named."""
    if options.to is not None:
        write_sample_to(options.to)
        print(f"Sample evaluation of Northvale, a fictional place: {options.to}")
        return 0
    from importlib import import_module

    path = sample_path()
    if not path.exists():
        write_sample_to(path)
    start: int = import_module("desktop.app").main(path)
    return start
