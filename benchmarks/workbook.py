"""The portfolio edition of 200 roles x 20 measures x 36 months, against XlsxWriter alone writing the same cells.

The floor puts every cell of the same sheets into as many worksheets of one workbook: no format, no width, no table, no
chart, no check. Ours is timed in two parts: writing (layout, cells, formats, charts, the last step on the package) and
the whole that a person waits for (policy, audit beside earlier exports, sheets, texts searched for persons, writing,
reading back, 32 checks), for the first time and beside the export of the month before. Working out findings is no part
of either.

    python -m benchmarks.workbook [ROLES] [memory]
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from analysis.economics.role_economics import role_economics
from analysis.finding import analyse_role
from analysis.measured_plan import with_measured
from analysis.periods import Period, month
from analysis.plain_series import plain_series
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import CostKind, Direction, Lifecycle, MeasureFacts, MeasureKind, RoleFacts, Series, Timeline
from benchmarks.timing import pairs, processor
from benchmarks.timing import report as bench
from db.answers import FileAnswer, RoleAnswer
from db.queries.roles import Profile
from db.tables import ImplementationBase
from exporters.audit import refuse_narrowing
from exporters.checker import proved
from exporters.choices import Choices
from exporters.collecting import collecting_put_off
from exporters.declared import Formula, Sheet
from exporters.kept import NOTHING_KEPT, Kept
from exporters.layout import Layout, column_name, laid_out
from exporters.personal import refuse_personal_data
from exporters.register import earlier_of, shown_text
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.text import Cleaning
from exporters.workbook import properties_of, write_workbook
from exporters.writer import Made, number_format, write_sheets

ROLES, MEASURES, MONTHS, RUNS, MOST = 200, 20, 36, 3, 1.5
CHOICES, MEMORY = Choices(audience="Team"), "memory"
KINDS, TODAY, LAUNCH = 4, date(2023, 4, 12), date(2021, 10, 1)
_LEVELS = (200.0, 60.0, 24.0, 9.0)
_OF = (MeasureKind.COUNT, MeasureKind.RATE, MeasureKind.PROPORTION, MeasureKind.MONEY, MeasureKind.MEAN)
_PAY = CostLineFacts(1, "Pay", "pay", CostKind.ANNUAL, 3_612_000, "2021-22", LAUNCH, "Trust", date(2024, 9, 30))
_AVOIDED = BenefitLineFacts(
    1,
    "A&E attendances",
    1,
    Direction.DECREASE,
    214.0,
    195.0,
    18_000,
    "2021-22",
    "ICB",
    deadweight="0.25",
    attribution="0.7",
    cashability="0.1",
    cashability_reason="One session was closed",
)
_PLAN = AppraisalFacts(LAUNCH, 36, "2021-22", costs=(_PAY,), benefits=(_AVOIDED,))


def portfolio(roles: int, months: int = MONTHS) -> FileAnswer:
    """So many roles, each of 20 measures of all kinds and of 36 months or the first of them; a few different ones, over
    and over."""
    kinds = [_role(number, months) for number in range(KINDS)]
    return FileAnswer(
        "portfolio.roleworth", "A trust", False, TODAY, tuple(_named(kinds[n % KINDS], n + 1) for n in range(roles)), ()
    )


def _role(number: int, months: int) -> RoleAnswer:
    rng = np.random.default_rng(number)
    facts = RoleFacts(number, "Role", "", Timeline(LAUNCH), method_chosen_on=date(2021, 9, 1))
    held = tuple(_series(rng, place, months) for place in range(MEASURES))
    finding = analyse_role(held, facts, TODAY)
    record = ImplementationBase(name="Role", launch=LAUNCH, lifecycle=Lifecycle.RUNNING, head_count=12)
    money = role_economics(with_measured(_PLAN, held, facts.timeline, finding), held, facts.timeline)
    return RoleAnswer(facts, Profile(number, record, "", (), ()), held, finding, money, 0)


def _series(rng: np.random.Generator, place: int, months: int) -> Series:
    kind, level = _OF[place % len(_OF)], _LEVELS[place % len(_LEVELS)]
    measure = MeasureFacts(place + 1, f"Measure {place + 1}", kind, "units", Direction.DECREASE, decimals=1)
    tops = rng.poisson(level, MONTHS).astype(float)[:months]
    people = np.full(months, 400.0)
    shares = kind in (MeasureKind.RATE, MeasureKind.PROPORTION)
    values = tops / people if shares else tops if kind is MeasureKind.COUNT else np.round(tops * 1.5, 1)
    parts = {"numerators": tops, "denominators": people} if shares else {}
    parts |= {"counts": people} if kind is MeasureKind.MEAN else {}
    return plain_series(measure, _months()[:months], values, parts)


def _months() -> tuple[Period, ...]:
    found = [month(2020, 4)]
    while len(found) < MONTHS:
        found.append(found[-1].next())
    return tuple(found)


def _named(role: RoleAnswer, number: int) -> RoleAnswer:
    facts = replace(role.role, id=number, name=f"Role {number}", place=f"Place {number}")
    return replace(role, role=facts, profile=replace(role.profile, id=number))


def plain(layouts: Sequence[Layout], made: Made, path: Path) -> None:
    """XlsxWriter alone with every cell of the sheets: its value, its number format, its formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        name: book.add_format({"num_format": name})
        for layout in layouts
        for column in layout.sheet.columns
        for name in (number_format(column),)
    }
    for layout in layouts:
        sheet = layout.sheet
        page = book.add_worksheet(sheet.name)
        page.write_row(0, 0, layout.headings)
        dressed = [formats[number_format(column)] for column in sheet.columns]
        for row, cells in enumerate(sheet.rows, layout.first_row):
            for place, cell in enumerate(cells):
                if isinstance(cell, Formula):
                    text = made.formulas[sheet.name, f"{column_name(place)}{row + 1}"]
                    page.write_formula(row, place, text, dressed[place], cell.value)
                elif isinstance(cell, str):
                    page.write_string(row, place, cell, dressed[place])
                elif isinstance(cell, bool):
                    page.write_boolean(row, place, cell, dressed[place])
                elif isinstance(cell, date):
                    page.write_datetime(row, place, datetime(*cell.timetuple()[:3]), dressed[place])  # noqa: DTZ001
                elif cell is not None:
                    page.write_number(row, place, cell, dressed[place])
    book.close()


def written(report: Report, sheets: Sequence[Sheet], path: Path) -> Made:
    """Ours: the sheets laid out, written with formats, tables, charts, names and language."""
    return write_sheets(sheets, properties_of(report), path)


def main() -> int:
    """Print the ratios, or the memory of one export alone; exit 1 when a ratio misses its aim."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROLES
    answer = portfolio(count)
    with tempfile.TemporaryDirectory() as name:
        if MEMORY in sys.argv:
            write_workbook(answer, CHOICES, Path(name) / "whole.xlsx")
            print(
                f"{count} roles: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, all of this program"
            )
            return 0
        return 0 if all(_ratios(answer, Path(name))) else 1


def _ratios(answer: FileAnswer, folder: Path) -> list[bool]:
    """Whether each ratio to XlsxWriter alone keeps to its aim; in processor seconds, for the cores may be shared."""
    report = report_of(answer, CHOICES)
    sheets = all_sheets(report)
    layouts = [laid_out(sheet, Cleaning()) for sheet in sheets]
    cells = sum(len(sheet.rows) * len(sheet.columns) for sheet in sheets)
    print(f"{len(answer.roles)} roles, {len(sheets)} sheets, {cells:,} cells")
    made = written(report, sheets, folder / "ours.xlsx")
    parts: dict[str, Callable[[], object]] = {
        "policy": lambda: report_of(answer, CHOICES),
        "sheets": lambda: all_sheets(report),
        "texts searched for persons": lambda: refuse_personal_data(sheets),
        "audit": lambda: refuse_narrowing(report),
        "read back, 32 checks": lambda: proved(folder / "ours.xlsx", made),
    }
    for words, work in parts.items():
        print(f"  {words}: {processor(work):.2f} s")

    alone = lambda: plain(layouts, made, folder / "plain.xlsx")  # noqa: E731 - the floor

    def against(words: str, ours: Callable[[], object], floor: Callable[[], object] = alone) -> bool:
        return bench(words, pairs(lambda: processor(ours), lambda: processor(floor), RUNS), MOST)

    def whole(kept: Kept) -> Callable[[], object]:
        return lambda: write_workbook(answer, CHOICES, folder / "whole.xlsx", kept=kept)

    before = report_of(portfolio(len(answer.roles), MONTHS - 1), CHOICES)
    beside = Kept(earlier=earlier_of([shown_text(before.roles)]))
    del before
    kept = [
        against("writing", lambda: written(report, sheets, folder / "ours.xlsx")),
        against("the whole", whole(NOTHING_KEPT)),
        against("the whole beside the export of the month before", whole(beside)),
    ]
    against("the same, no garbage collected for either", whole(beside), collecting_put_off()(alone))
    return kept


if __name__ == "__main__":
    sys.exit(main())
