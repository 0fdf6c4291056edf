"""What must never happen with a fault file, file by file: each sentence of the manifest's last column as a check."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from analysis.problems import UserProblem
from analysis.vocabulary import MeasureKind
from importers.collecting import Collected, Observation, collect
from importers.examine import examine
from importers.inspection import Inspection, refused
from importers.plans import propose
from tests.importers.fault_files import made_faults
from tests.importers.sheets import TODAY

Json = dict[str, Any]  # what json.loads gives


@dataclass(frozen=True)
class Seen:
    """A fault file as it was looked at, and what would come in with every preselected answer."""

    found: Inspection
    folder: Path

    @cached_property
    def said(self) -> str:
        """Every word about the file."""
        return json.dumps(self.found.as_json(), ensure_ascii=False)

    @cached_property
    def collected(self) -> Collected | None:
        """None for a refused file."""
        return None if self.found.verdict == "refuse" else collect(propose(self.found))

    @property
    def ready(self) -> tuple[Observation, ...]:
        """The values that would come in."""
        return self.collected.ready if self.collected else ()

    @property
    def values(self) -> list[float]:
        """The numbers among them."""
        return [one.value for one in self.ready if one.value is not None]

    @property
    def asks(self) -> str:
        """Every question."""
        return " ".join(f"{q.ask} {' '.join(q.choices)}" for q in self.found.questions).lower()

    @property
    def issues(self) -> str:
        """Every issue."""
        return " ".join(f"{issue.message} {issue.hint}" for issue in self.found.issues)

    def starts(self) -> set[str]:
        """First days of the periods that would come in."""
        return {one.period.start.isoformat() for one in self.ready}

    def measures(self) -> set[str]:
        """Names of the measures that would come in."""
        return {one.measure.name for one in self.ready}


def nothing(seen: Seen) -> bool:
    """The file is refused, so that nothing comes in."""
    return seen.found.verdict == "refuse" and not seen.ready


def no_total(seen: Seen) -> bool:
    """No total is among what comes in without being marked as one."""
    return not any(re.match(r"(?:grand )?total", one.raw.lower()) for one in seen.ready) and "total" not in {
        name.lower() for name in seen.measures()
    }


def listed(seen: Seen) -> bool:
    """Everything that is not taken is in a list."""
    return seen.collected is not None and bool(seen.collected.fix or seen.found.issues)


def long_words(seen: Seen) -> bool:
    """No text is shown at its whole length of thousands of characters."""
    return max(map(len, re.findall(r'"([^"]*)"', seen.said)), default=0) < 2_000


NEVER: dict[str, Callable[[Seen], bool]] = {
    "a01_truncated.xlsx": nothing,
    "a02_csv_named.xlsx": lambda seen: bool(seen.ready),
    "a03_html_named.xls": lambda seen: nothing(seen) and "xml" not in seen.issues.lower(),
    "a04_xlsx_named.csv": lambda seen: bool(seen.ready) and not any("PK" in name for name in seen.measures()),
    "a09_password.xlsx": lambda seen: "corrupt" not in seen.said and "damaged" not in seen.said,
    "a10_ole_garbage.xls": nothing,
    "a12_missing_part.xlsx": lambda seen: "KeyError" not in seen.said,
    "a13_only_hidden_sheets.xlsx": lambda seen: "hidden" in seen.asks,
    "a14_path_traversal.xlsx": lambda seen: (
        not any((folder / "evil_by_import.txt").exists() for folder in (seen.folder, *seen.folder.parents))
    ),
    "b05_billion_laughs.xlsx": lambda seen: nothing(seen) and seen.said.count("lol") < 3,
    "b06_external_entity.xlsx": lambda seen: nothing(seen) and "root:" not in seen.said,
    "b07_external_link.xlsx": lambda seen: "not followed" in seen.issues,
    "b08_macro.xlsm": lambda seen: "never run" in seen.issues,
    "c01_formulas_no_cached_values.xlsx": lambda seen: 0 not in seen.values and no_total(seen),
    "c02_circular.xlsx": lambda seen: "no stored result" in seen.issues,
    "c03_error_values.xlsx": lambda seen: 0 not in seen.values,
    "c04_dates_1900.xlsx": lambda seen: all(start.endswith("-01") for start in seen.starts()),
    "c05_dates_1904.xlsx": lambda seen: all(start.endswith("-01") for start in seen.starts()),
    "c06_bare_serials.xlsx": lambda seen: bool(seen.asks) and not any(40_000 < value < 50_000 for value in seen.values),
    "c07_ambiguous_dates.csv": lambda seen: "day first" in seen.asks and "month first" in seen.asks,
    "c08_us_dates.csv": lambda seen: {start[:7] for start in seen.starts()} == {"2023-04", "2023-05", "2023-06"},
    "c09_impossible_dates.csv": lambda seen: 2 not in seen.values and "no such date" in seen.said,
    "c10_future_dates.csv": lambda seen: all(one.period.end.year < 2030 for one in seen.ready),
    "c11_two_digit_years.csv": lambda seen: all(one.period.start.year < 2030 for one in seen.ready),
    "c12_months_without_year.csv": lambda seen: "in which year" in seen.asks and no_total(seen),
    "c13_mixed_frequency.csv": lambda seen: len({one.period.frequency for one in seen.ready}) == 1,
    "c14_period_zoo.csv": listed,
    "c15_quarter_zoo.csv": lambda seen: "calendar quarter" in seen.asks,
    "c16_week_zoo.csv": lambda seen: all(one.period.days == 7 for one in seen.ready),
    "d01_nan_inf.csv": lambda seen: all(math.isfinite(value) and abs(value) <= 1e15 for value in seen.values),
    "d02_negative_counts.xlsx": lambda seen: any(value < 0 for value in seen.values),
    "d03_number_zoo.csv": listed,
    "d05_percent_formats.xlsx": lambda seen: not any(0 < value < 0.05 for value in seen.values),
    "d06_cost_units.xlsx": lambda seen: (
        {one.measure.unit for one in seen.ready} <= {"£", ""}
        and any(one.measure.kind is MeasureKind.MONEY for one in seen.ready)
    ),
    "e01_duplicate_headings.xlsx": lambda seen: "comes more than once" in seen.asks and "no heading" in seen.asks,
    "e02_duplicate_periods.csv": lambda seen: "twice" in seen.asks,
    "e03_merged_headings.xlsx": lambda seen: all(one.period.months == 1 for one in seen.ready),
    "e04_three_tables_one_sheet.xlsx": lambda seen: len(seen.found.tables) == 3,
    "e05_hidden_rows_cols.xlsx": lambda seen: "hidden" in seen.issues,
    "e06_leading_zero_ids.csv": lambda seen: all(code in seen.said for code in ('"001"', '"1E10"', '"MAR1"', '"TRUE"')),
    "e07_ragged.csv": lambda seen: bool(seen.found.issues),
    "e08_unicode.xlsx": lambda seen: "\u202e" not in seen.issues and long_words(seen),
    "e09_control_characters.xlsx": lambda seen: not re.search(r"\\u0000|\\u0007", seen.said),
    "f01_utf16le_bom.csv": lambda seen: "\\u0000" not in seen.said,
    "f03_cp1252.csv": lambda seen: "Â" not in seen.said and "UnicodeDecodeError" not in seen.said,
    "f04_utf8_bom.csv": lambda seen: "\ufeff" not in seen.said,
    "f05_semicolon_decimal_comma.csv": lambda seen: 1.2345 not in seen.values,
    "f06_tab_named.csv": lambda seen: len(seen.starts()) == 6,
    "f07_embedded_newlines.csv": lambda seen: len(seen.starts()) < 5,
    "f08_unbalanced_quote.csv": lambda seen: bool(seen.asks) and long_words(seen),
    "f09_nul_bytes.csv": lambda seen: "_csv" not in seen.said and bool(seen.ready),
    "f10_mac_cr_only.csv": lambda seen: len(seen.starts()) > 1,
    "f11_title_and_footer.csv": no_total,
    "f12_mixed_encoding.csv": lambda seen: bool(seen.ready),
    "g01_injection.csv": lambda seen: not any("/" in one.sheet or ".." in one.cell for one in seen.ready),
    "g02_patient_rows.xlsx": lambda seen: nothing(seen) and not re.search(r"\b999[ \d]{7,}|\bZZ\d", seen.said),
    "g03_identifier_in_comment.xlsx": lambda seen: not re.search(r"999 ?\d{3} ?\d{4}", seen.said),
    "g04_small_numbers.csv": lambda seen: "fewer than 5" in seen.issues,
}
"""True where it did not happen."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_faults(tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module")
def nevers(folder: Path) -> dict[str, str]:
    files: list[Json] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    return {entry["file"]: entry["never"] for entry in files if entry["never"]}


def seen(path: Path) -> Seen:
    try:
        return Seen(examine(path, today=TODAY), path.parent)
    except UserProblem as problem:
        return Seen(refused(path.name, problem), path.parent)


def test_every_file_with_something_that_must_never_happen_has_its_check(nevers: dict[str, str]) -> None:
    assert set(nevers) == set(NEVER)


@pytest.mark.parametrize("name", NEVER)
def test_what_must_never_happen_does_not(folder: Path, nevers: dict[str, str], name: str) -> None:
    assert NEVER[name](seen(folder / name)), f"{name} must never {nevers[name]}"


def test_no_fault_file_shows_the_inside_of_the_program_or_an_endless_text(folder: Path, nevers: dict[str, str]) -> None:
    for name in nevers:
        one = seen(folder / name)
        assert not re.search(r"Traceback|\w+Error\b|File \"", one.issues), name
        assert all(math.isfinite(value) for value in one.values), name
