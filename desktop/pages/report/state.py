"""What the report tab shows, without Qt: the page as declared, the sheets of the workbook, and the checks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.maturity import maturities_of
from analysis.problems import UserProblem
from analysis.vocabulary import Maturity
from analysis.wording import plural
from db.answers import FileAnswer, RoleAnswer
from db.history import imports
from db.store import Store
from desktop.theme.marks import Kind
from exporters.choices import Choices
from exporters.declared import Sheet
from exporters.kept import Kept
from exporters.page import Page, page_of
from exporters.personal import refuse_personal_data
from exporters.policy import POLICIES
from exporters.register import register_words
from exporters.report import Report, report_of
from exporters.sheets import all_sheets

SPOKEN = {"hes": "Hide 1 to 7, round the rest to 5", "under5": POLICIES["under5"].title, "none": "Show every number"}


@dataclass(frozen=True)
class Check:
    """One check before something leaves: kind, words, and a smaller second line."""

    kind: Kind
    words: str
    detail: str = ""


@dataclass(frozen=True)
class ReportState:
    """One report before it is made. `problem` says why it cannot be; then there is no page and no report."""

    page: Page | None
    sheets: tuple[str, ...]
    checks: tuple[Check, ...]
    file_name: str
    problem: str = ""
    report: Report | None = None

    @property
    def passed(self) -> int:
        """How many checks are fine."""
        return sum(check.kind is Kind.OK for check in self.checks)


def report_state(answer: FileAnswer, choices: Choices, kept: Kept) -> ReportState:
    """What a report with these choices would be, beside what the file holds and what has left it before."""
    try:
        report = report_of(answer, choices, kept)
        sheets = all_sheets(report)
    except UserProblem as problem:
        return ReportState(None, (), (Check(Kind.FIX, problem.message, problem.hint),), "", problem.sentence())
    return ReportState(
        page=page_of(report, report.roles[0]),
        sheets=tuple(sheet.name.replace("_", " ") for sheet in sheets),
        checks=(
            *_sums(sheets),
            _people(sheets),
            _hidden(report),
            *_longer(report),
            *_earlier(report),
            *_provisional(answer),
            *_not_known(answer),
        ),
        file_name=file_name(report),
        report=report,
    )


def file_name(report: Report) -> str:
    """`care-navigator-summary-2025-06.xlsx`: safe on every system."""
    name = report.roles[0].role.name if len(report.roles) == 1 else "portfolio"
    safe = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "role"
    return f"{safe[:60]}-summary-{report.today:%Y-%m}.xlsx"


def _sums(sheets: Sequence[Sheet]) -> tuple[Check, ...]:
    """The sums of the workbook's own checks sheet; each is TRUE or the workbook is not handed over."""
    held = next((sheet for sheet in sheets if sheet.name == "Checks"), None)
    count = len(held.rows) if held else 0
    agree = "agrees and is" if count == 1 else "agree and are"
    return (Check(Kind.OK, f"{plural(count, 'sum')} {agree} checked again in the workbook"),) if count else ()


def _people(sheets: Sequence[Sheet]) -> Check:
    try:
        refuse_personal_data(sheets)
    except UserProblem as problem:
        return Check(Kind.FIX, problem.message, problem.hint)
    return Check(Kind.OK, "No identifier of a person found", "Names are not looked for.")


def _hidden(report: Report) -> Check:
    if not report.policy.protects:
        return Check(Kind.CHECK, "Every number is shown", f"Reason given: {report.policy.reason}")
    count = report.count_hidden
    stay = "stays" if count == 1 else "stay"
    said = f"{plural(count, 'small count')} {stay} hidden" if count else "No small count had to be hidden"
    return Check(Kind.OK, said, report.policy.title)


def _longer(report: Report) -> tuple[Check, ...]:
    """Which measures stand by longer periods than they were recorded by, and why; which could not as chosen."""
    made = []
    for role in report.roles:
        made += [Check(Kind.CHECK, offer.sentence(role.series_of(key).measure)) for key, offer in role.offers.items()]
        rest = [one.measure.name for one in role.series if one.measure.id not in role.offers]
        if report.choices.by and rest:
            words = f"{plural(len(rest), 'measure')} as recorded: no whole {report.choices.by.value} can be added up"
            made.append(Check(Kind.CHECK, words, ", ".join(rest)))
    return tuple(made)


def _earlier(report: Report) -> tuple[Check, ...]:
    """What the exports before this one made it necessary to hide."""
    return tuple(Check(Kind.CHECK, words) for words in register_words(report))


def _provisional(answer: FileAnswer) -> tuple[Check, ...]:
    periods = sorted(
        {
            period
            for role in answer.roles
            for series in role.series
            for period, held in zip(series.periods, maturities_of(series), strict=True)
            if held is Maturity.PROVISIONAL
        }
    )
    if not periods:
        return ()
    words = " and ".join(period.long_label for period in periods[-2:])
    more = f"{len(periods) - 2} earlier periods, " if len(periods) > 2 else ""
    verb = "is" if len(periods) == 1 else "are"
    return (Check(Kind.CHECK, f"{more}{words} {verb} provisional", "Labelled, and left out of the tests."),)


def _not_known(answer: FileAnswer) -> tuple[Check, ...]:
    names = [name for role in answer.roles for name in role.economics.not_known]
    if not names:
        return ()
    return (Check(Kind.CHECK, f"{plural(len(names), 'cost')} not known", ", ".join(names[:4])),)


def file_answer(store: Store, answer: RoleAnswer, today: date, organisation: str, is_sample: bool) -> FileAnswer:
    """One role's answer as the exporters take it."""
    return FileAnswer(store.path.name, organisation, is_sample, today, (answer,), tuple(imports(store)))
