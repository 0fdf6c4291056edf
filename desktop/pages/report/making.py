"""The card that makes what leaves: workbook, page, pictures, slide and blank workbook, and says what came of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis.problems import UserProblem
from analysis.wording import plural
from db.answers import RoleAnswer
from db.store import Store
from desktop import jobs
from desktop.asking import ask_save
from desktop.pages.report.check_lines import emptied
from desktop.pages.report.slide import copy_slide
from desktop.pages.report.state import ReportState, file_answer
from desktop.printing.drawings import as_png
from desktop.printing.pages import pictures, write_pdf, write_picture
from desktop.registering import keep_export
from desktop.session import Session
from desktop.theme.marks import Kind
from desktop.widgets import Button, Card, Notice, ProgressLine, column, label, row
from desktop.widgets.flow import Wrapping
from desktop.workbooks import Workbooks
from exporters.chart_files import SVG, as_svg, charts_there, write_charts
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.register import ExportFacts, export_facts, sha256_of
from exporters.steps import Cancel, Progress
from exporters.template import Template, write_template
from exporters.workbook import Written, write_workbook

PNG = ".png"
CHARTS = {"Pictures": PNG, "Drawings": SVG}
PICTURE_WIDTH = 1600
PAGE, PICTURE = "page", "picture"


@dataclass(frozen=True)
class _Left:
    """What left the file: the sentence that says it, the folder it is in, and what the register keeps of it."""

    sentence: str
    folder: Path
    facts: ExportFacts
    store: Store


class MakeCard(Card):
    """Makes the files of one role's report as it was laid out last; `choices` are asked for when a workbook is made."""

    def __init__(self, session: Session, choices: Callable[[], Choices]) -> None:
        super().__init__("Make")
        self.session, self._choices = session, choices
        self._answer: RoleAnswer | None = None
        self._state: ReportState | None = None
        self._slide_asked = self._busy = False
        self._waiting: list[tuple[Callable[[Path], None], Path]] = []
        self.name = label("", "small", wrap=True)
        self.save, self.pdf = Button("Save Excel workbook", "primary", icon="file-text"), Button("Page as PDF")
        self.charts = Button("Charts", icon="image")
        self.charts.setToolTip("Every chart of the workbook as a picture or a drawing of its own")
        self.pictures, self.slide = Button("Pictures", icon="image"), Button("Copy slide")
        self.collect = Button("Blank workbook", "quiet")
        self.collect.setToolTip("A workbook for whoever collects this role's figures, to be filled in and imported")
        self.progress = ProgressLine()
        self._workbooks = Workbooks(session, self.progress)
        self._workbooks.said.connect(self._say)
        self.notices = column(gap=0)
        self.add(
            self.name,
            row(self.save, self.collect, None),
            Wrapping(self.pdf, self.pictures, self.charts, self.slide),
            self.progress,
            self.notices,
        )
        asked = (
            self.ask_workbook, self.ask_pdf, self.ask_pictures, self.ask_charts, self.ask_slide, self.ask_template,
        )  # fmt: skip
        buttons = (self.save, self.pdf, self.pictures, self.charts, self.slide, self.collect)
        for button, ask in zip(buttons, asked, strict=True):
            button.clicked.connect(ask)

    def laying_out(self, answer: RoleAnswer) -> None:
        """The report of a role is being laid out: a slide that is asked for now waits for it."""
        self._answer, self._busy = answer, True

    def show_state(self, state: ReportState) -> None:
        """Make from this state on, and the slide at once where it was asked for."""
        self._state, self._busy = state, False
        self.name.setText(state.file_name or state.problem)
        for button in (self.save, self.pdf, self.pictures, self.charts, self.slide):
            if state.page is None:
                button.disable(state.problem)
            else:
                button.enable()
        if self._slide_asked:
            self.copy_slide()
        waiting, self._waiting = self._waiting, []
        for write, target in waiting:
            write(target)

    def ask_workbook(self) -> None:
        """Ask where the workbook goes, then write it."""
        if (target := self._ask("Save the workbook", "Excel workbook", ".xlsx")) is not None:
            self.write_workbook(target)

    def ask_pdf(self) -> None:
        """Ask where the page goes, then write it."""
        if (target := self._ask("Save the page", "PDF", ".pdf")) is not None:
            self.write_pdf(target)

    def ask_pictures(self) -> None:
        """Ask where the pictures go, then write them."""
        if (target := self._ask("Save the page as a picture", "Picture", PNG)) is not None:
            self.write_pictures(target)

    def ask_charts(self) -> None:
        """Ask where the charts go and as what, then write them."""
        report = self._state.report if self._state else None
        if report is not None:
            there = partial(charts_there, report)
            target = ask_save(self, "Save every chart", Path(self._proposed).stem, CHARTS, replaced=there)
            if target is not None:
                self.write_charts(target)

    def ask_template(self) -> None:
        """Ask where a blank workbook goes, then write it."""
        if (target := self._ask("Save a blank workbook", "Excel workbook", ".xlsx", "collect")) is not None:
            self.write_template(target)

    def ask_slide(self) -> None:
        """Copy the slide once the page is laid out."""
        self._slide_asked = self._busy
        if not self._busy:
            self.copy_slide()

    def _waits(self, write: Callable[[Path], None], target: Path) -> bool:
        """Whether a report is being laid out: what is written now would be as was chosen before."""
        if self._busy:
            self._waiting.append((write, target))
        return self._busy

    def write_workbook(self, target: Path) -> None:
        """Write the workbook off this thread; a file that is open in Excel gets a sibling, and that is said."""
        if self._answer is None:
            return
        answer, choices, store, today = self._answer, self._choices(), self.session.need_store(), self.session.today
        facts = self.session.facts

        def write(progress: Progress, cancel: Cancel) -> Written:
            held = file_answer(store, answer, today, facts.organisation, facts.is_sample)
            kept = kept_of(store, (answer.role.id,))
            return write_workbook(held, choices, target, kept=kept, progress=progress, cancel=cancel)

        self._workbooks.write(target, write)

    def write_pdf(self, target: Path) -> None:
        """Write the page as a PDF off this thread, once it is laid out as was chosen last."""
        if (
            self._waits(self.write_pdf, target)
            or self._state is None
            or self._state.page is None
            or self._state.report is None
        ):
            return
        page, report, store = self._state.page, self._state.report, self.session.need_store()

        def work(_progress: jobs.Progress) -> _Left:
            written = write_pdf(page, target)
            facts = export_facts(report, PAGE, written.name, sha256_of(written))
            return _Left(f"{written.name} is written.", written.parent, facts, store)

        self.session.jobs.read(work, self._say_left, self.failed, label="Write the page")

    def write_pictures(self, target: Path) -> None:
        """Write every sheet of the page as a picture off this thread, once it is laid out as was chosen last."""
        if (
            self._waits(self.write_pictures, target)
            or self._state is None
            or self._state.page is None
            or self._state.report is None
        ):
            return
        page, report, store = self._state.page, self._state.report, self.session.need_store()

        def work(_progress: jobs.Progress) -> _Left:
            made = pictures(page, PICTURE_WIDTH)
            names = [target if i == 0 else target.with_stem(f"{target.stem} {i + 1}") for i in range(len(made))]
            first, *_ = [write_picture(image, name) for image, name in zip(made, names, strict=True)]
            facts = export_facts(report, PICTURE, first.name, sha256_of(first))
            said = f"{plural(len(made), 'picture')} written, the first is {first.name}."
            return _Left(said, first.parent, facts, store)

        self.session.jobs.read(work, self._say_left, self.failed, label="Write the page as pictures")

    def write_charts(self, target: Path) -> None:
        """Write every chart of the workbook off this thread, as pictures or drawings by the ending, once laid out."""
        if self._waits(self.write_charts, target) or self._state is None or self._state.report is None:
            return
        report, store = self._state.report, self.session.need_store()
        make = as_svg if target.suffix.lower() == SVG else as_png

        def work(_progress: jobs.Progress) -> _Left:
            written = write_charts(report, target, make)
            return _Left(written.sentence, written.paths[0].parent, written.facts, store)

        self.session.jobs.read(work, self._say_left, self.failed, label="Write the charts")

    def _say_left(self, left: _Left) -> None:
        keep_export(self.session, left.facts, self.failed, of=left.store)
        self._say(Kind.OK, left.sentence, str(left.folder))

    def copy_slide(self) -> None:
        """Copy the slide of the role: picture, sentence and table, protected like all that leaves."""
        self._slide_asked = False
        if self._state is None or self._state.page is None or self._state.report is None:
            return
        facts = copy_slide(self._state.page, self._state.report)
        self._say(
            Kind.OK, "The slide is copied.", "Paste it into a presentation, or its sentence and table into a text."
        )
        keep_export(self.session, facts, self.failed)

    def write_template(self, target: Path) -> None:
        """Write a blank workbook for the role's figures off this thread."""
        if self._answer is not None:
            answer, today = self._answer, self.session.today

            def work(_progress: jobs.Progress) -> Template:
                return write_template(answer.role, answer.series, target, today=today)

            self.session.jobs.read(work, self._made_template, self.failed, label="Write a blank workbook")

    def failed(self, problem: UserProblem) -> None:
        """Say what went wrong and what to do next."""
        self._say(Kind.FIX, problem.message, problem.hint)

    def not_laid_out(self, problem: UserProblem) -> None:
        """Say why there is no report; one that was laid out before is not made in its place."""
        self._state, self._busy, self._slide_asked = None, False, False
        self._waiting.clear()
        self.failed(problem)

    def _made_template(self, made: Template) -> None:
        self._say(Kind.OK, made.sentence, str(made.path.parent))

    @property
    def _proposed(self) -> str:
        """A name for what is made; a report that cannot be made yet has none, while a blank workbook can be."""
        return (self._state.file_name if self._state else "") or "summary.xlsx"

    def _ask(self, title: str, kind: str, ending: str, instead: str = "summary") -> Path | None:
        return ask_save(self, title, Path(self._proposed).stem.replace("summary", instead), {kind: ending})

    def _say(self, kind: Kind, fact: str, detail: str) -> None:
        emptied(self.notices)
        notice = Notice(kind, fact, detail, ())
        self.notices.addWidget(notice)
        notice.announce()
