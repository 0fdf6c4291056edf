"""The commissioner's workbook: written beside its target, checked, and only then put in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.wording import plural
from db.answers import FileAnswer
from exporters.audit import refuse_narrowing
from exporters.checker import proved
from exporters.choices import Choices
from exporters.collecting import collecting_put_off
from exporters.declared import Sheet
from exporters.kept import NOTHING_KEPT, Kept
from exporters.personal import refuse_personal_data
from exporters.placing import in_place
from exporters.register import ExportFacts, export_facts, named, register_words, sha256_of
from exporters.report import Report, report_of
from exporters.sheets import all_sheets
from exporters.steps import Cancel, Progress, Steps
from exporters.writer import Made, Properties, write_sheets

MOST_NAMED = 4
WORKBOOK = "workbook"
PROTECTING, LOOKING, WRITING, CHECKING = range(40), range(40, 50), range(50, 76), range(76, 99)
"""The hundredths that each part of the work takes."""


@dataclass(frozen=True)
class Written:
    """What was written: where, which checks passed, how many values are hidden, and the sentence that says it.

    `facts` are what the register of exports keeps of it.
    """

    path: Path
    checks: tuple[str, ...]
    hidden: int
    sentence: str
    facts: ExportFacts


@collecting_put_off()
def write_workbook(
    answer: FileAnswer,
    choices: Choices,
    target: Path,
    *,
    kept: Kept = NOTHING_KEPT,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Written:
    """Write the workbook of an answer and of what the file holds beside it.

    Raises UserProblem when the folder cannot be written, the disk is full, the policy lacks its reason or a text holds
    personal data; an older file at the target is then untouched. Raises Cancelled when `cancel` says so.
    """
    steps = Steps(progress, cancel)
    hiding = steps.part(PROTECTING, len(answer.roles), "Hiding small numbers of")
    return _write(report_of(answer, choices, kept, hiding), target, steps)


@collecting_put_off()
def write_report(
    report: Report, target: Path, *, progress: Progress | None = None, cancel: Cancel | None = None
) -> Written:
    """Write the workbook of a report that has been put together already."""
    return _write(report, target, Steps(progress, cancel))


def _write(report: Report, target: Path, steps: Steps) -> Written:
    steps.say(LOOKING.start, "Putting the sheets together")
    sheets = all_sheets(report)
    count = len(sheets)
    look = steps.part(LOOKING, 2, "Looking for")
    look("data that point to a person")
    refuse_personal_data(sheets)
    look("small numbers that could be worked out")
    refuse_narrowing(report)
    said = _Said.of(report)
    del report  # with many roles it is as large as the sheets, which are all that is needed from here on

    def write(beside: Path) -> tuple[Made, tuple[str, ...], str]:
        made = write_sheets(_taken(sheets), said.properties, beside, steps.part(WRITING, count, "Writing"))
        passed = proved(beside, made, steps.part(CHECKING, count, "Checking"))
        steps.check()
        return made, passed, sha256_of(beside)

    path, (made, passed, digest) = in_place(target, write)
    facts = {**said.facts, **named(path.name, digest)}
    return Written(path, passed, said.hidden, said.sentence(path, target, made.cleaning.sentence()), facts)


@dataclass(frozen=True)
class _Said:
    """What is said of a report once it is written: in its properties, in the register, and to the person."""

    properties: Properties
    facts: ExportFacts
    hidden: int
    roles: int
    words: tuple[str, ...]

    @classmethod
    def of(cls, report: Report) -> _Said:
        """What is known before it has a file."""
        hidden = report.count_hidden
        if report.policy.protects:
            shown = f"{plural(hidden, 'value')} hidden ({report.policy.title.lower()})."
        else:
            shown = f"Every number is shown. Reason: {report.policy.reason}."
        words = (shown, *_longer(report), *register_words(report))
        return cls(properties_of(report), export_facts(report, WORKBOOK, "", ""), hidden, len(report.roles), words)

    def sentence(self, path: Path, target: Path, cleaned: str) -> str:
        """What was written where, how many values are hidden, and what else a person should know."""
        first = f"{path.name} is written: {plural(self.roles, 'role')}."
        if path != target:
            first = f"{target.name} is open in another program, so this one is called {path.name}."
        return " ".join([first, *self.words, *([cleaned] if cleaned else [])])


def _taken(sheets: list[Sheet]) -> Iterator[Sheet]:
    """The sheets in their order, each taken out of the list: who is given them can let go of them."""
    sheets.reverse()
    while sheets:
        yield sheets.pop()


def properties_of(report: Report) -> Properties:
    """What the workbook of a report says of itself."""
    return Properties(report.title, report.organisation or "Roleworth", "Summary for commissioners", report.today)


def _longer(report: Report) -> list[str]:
    """Which measures stand by longer periods: each of a few, of many how many."""
    held = [(role.series_of(key).measure, offer) for role in report.roles for key, offer in role.offers.items()]
    if not held:
        by = report.choices.by
        return [f"No measure has a whole {by.value} to add up, so each is shown as recorded."] if by else []
    if len(held) <= MOST_NAMED:
        return [f"Shown {offer.sentence(measure)}" for measure, offer in held]
    told = Counter(offer.frequency for _, offer in held)
    by_each = " and ".join(f"{plural(count, 'measure')} by {one.value}" for one, count in sorted(told.items()))
    return [f"Shown by longer periods: {by_each}."]
