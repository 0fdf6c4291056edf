"""The sample evaluation: where it is kept, and writing it. Qt-free."""

from __future__ import annotations

from pathlib import Path

import resources
from db.sample import write_sample
from db.store import SUFFIX
from desktop.places import data_folder

SAMPLE_NAME = f"SAMPLE Northvale{SUFFIX}"


def sample_path() -> Path:
    """Where the sample is kept."""
    return data_folder() / SAMPLE_NAME


def write_sample_to(path: Path) -> None:
    """Write the sample to a new file. Raises UserProblem when the file exists."""
    write_sample(
        path, resources.load("sample_northvale"), resources.load("measure_library"), resources.load("role_catalogue")
    ).close()
