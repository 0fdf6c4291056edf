"""`roleworth showcase`: the main job on the sample (or a file) without a window, with the paths of what was saved."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from desktop.cli.analyse import role_lines
from desktop.cli.opening import answers_of, opened
from desktop.sample import SAMPLE_NAME, write_sample_to


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `showcase`."""
    parser.epilog = "example:\n  roleworth showcase --to roleworth-output"
    folder = Path("roleworth-output")
    parser.add_argument("--to", type=Path, metavar="FOLDER", default=folder, help=f"where to save (default: {folder})")
    parser.add_argument("--file", type=Path, metavar="FILE", help="an evaluation file (default: the sample)")


def run(_name: str, options: argparse.Namespace) -> int:
    """Write the sample if no file was given, print the findings, save charts, pages and workbook."""
    folder: Path = options.to
    file: Path = options.file or folder / SAMPLE_NAME
    if options.file is None and not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_sample_to(file)
    print(f"evaluation file  {file}\n")
    with opened(file) as store:
        for role in answers_of(store).roles:
            print("\n".join(role_lines(role)), end="\n\n")
    for line in import_module("desktop.showcase").save_all(file, folder):
        print(line)
    print(f"\nOpen the app with a display: ./run, or ./run '{file}'")
    return 0
