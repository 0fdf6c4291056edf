"""The one-page summary, declared: blocks of words, one chart and one table, for `desktop/printing` to paint.

Everything is taken from the protected role, so the page may leave the app as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from analysis.economics.role_words import hundreds
from analysis.finding_change import series_values
from analysis.finding_shapes import LeftOut, MeasureFinding
from analysis.measure_words import is_share, shown_scale, value_text
from analysis.periods import date_label, month_label
from analysis.vocabulary import MeasureKind, Phase
from analysis.wording import interval, pounds, signed_pounds
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_front import cannot_tell

MOST_CAUTIONS = 4


@dataclass(frozen=True)
class Heading:
    """A heading with the line below it, "" for none."""

    text: str
    below: str = ""


@dataclass(frozen=True)
class Title:
    """The page's title and its line of from whom, of when, data to when."""

    text: str
    below: str


@dataclass(frozen=True)
class Box:
    """The headline: the finding and the answer, set apart."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Small:
    """Small print."""

    text: str


@dataclass(frozen=True)
class Dot:
    """One point of the picture. `shown` is False where the value is hidden or missing; then nothing is drawn."""

    label: str
    value: float
    shown: bool
    used: bool
    after: bool
    status: str


@dataclass(frozen=True)
class Level:
    """A line across a stretch of the picture, with its words. `first` and `last` are positions of points."""

    text: str
    value: float
    first: int
    last: int
    dashed: bool


@dataclass(frozen=True)
class Picture:
    """The chart as numbers: points, lines, the launch (a position, None without one), its note and alt text.

    Values are as they are held; on the axis they are multiplied by `scale` and written with `sign`, %, £ or "".
    """

    dots: tuple[Dot, ...]
    levels: tuple[Level, ...]
    launch: int | None
    launch_text: str
    note: str
    alt_text: str
    scale: float = 1.0
    sign: str = ""


@dataclass(frozen=True)
class Table:
    """A small table: headings and rows, all written out; the first column is words, the others figures."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Title | Heading | Box | Paragraph | Small | Picture | Table


@dataclass(frozen=True)
class Page:
    """One page, from top to bottom."""

    title: str
    blocks: tuple[Block, ...]


def page_of(report: Report, role: ProtectedRole) -> Page:
    """The summary of one role on one page."""
    leading = role.finding.leading
    changed: tuple[Block, ...] = (Heading("What changed?"), Paragraph("Nothing is recorded yet."))
    if leading is not None:
        changed = (Heading("What changed?", leading.texts.chart_title), _picture(role, leading), *_compared(leading))
    return Page(
        title=role.label,
        blocks=(
            _title(report, role),
            Box(_headline(role, leading)),
            *changed,
            Heading("How sure can we be?"),
            Paragraph(_how_sure(role, leading)),
            Heading("Was it worth its cost?", role.economics.frame_sentence),
            *_worth(role),
            *_organisations(role),
            Heading("What this cannot tell"),
            Paragraph(_cannot(report)),
            Small(_small_print(report, leading)),
        ),
    )


def _title(report: Report, role: ProtectedRole) -> Title:
    data_to = f" Data to {month_label(report.data_to)}." if report.data_to else ""
    sample = "SAMPLE. " if report.is_sample else ""
    audience = report.choices.audience.lower()
    made = ", ".join(filter(None, (report.organisation, month_label(report.today))))
    below = f"{sample}Summary for the {audience}. {made}.{data_to}"
    return Title(role.label, below)


def _headline(role: ProtectedRole, leading: MeasureFinding | None) -> str:
    finding = leading.texts.statement if leading else "Nothing is recorded yet."
    return f"{finding} {role.economics.worth_it}"


def _compared(leading: MeasureFinding) -> tuple[Block, ...]:
    """What the change is against a comparator, in the finding's own sentence."""
    said = " ".join(one.sentence for one in leading.compared)
    return (Paragraph(said),) if said else ()


def _how_sure(role: ProtectedRole, leading: MeasureFinding | None) -> str:
    if leading is None:
        return "Nothing can be said yet."
    level = leading.evidence
    cautions = " ".join(one.text for one in (*leading.cautions, *role.finding.cautions)[:MOST_CAUTIONS])
    more = len(leading.cautions) + len(role.finding.cautions) - MOST_CAUTIONS
    rest = f" {more} more cautions are in the workbook." if more > 0 else ""
    return f"{level.label} ({level.scale}): {level.summary} {cautions}{rest} {level.to_raise}".strip()


def _worth(role: ProtectedRole) -> tuple[Block, ...]:
    if not role.economics.views:
        return (Paragraph(role.economics.worth_it), Paragraph(role.economics.break_even_sentence))
    rows = tuple(
        (
            view.title,
            pounds(hundreds(view.cost)),
            pounds(hundreds(view.benefit)),
            signed_pounds(hundreds(view.net)),
            interval(signed_pounds(hundreds(view.low)), signed_pounds(hundreds(view.high))),
        )
        for view in role.economics.views
    )
    table = Table(("", "Cost", "Benefit", "Net", "One-way range of net"), rows)
    return (table, Paragraph(role.economics.break_even_sentence))


def _organisations(role: ProtectedRole) -> tuple[Block, ...]:
    """Who pays and who gains, present values."""
    found = role.economics.appraisal
    if found is None or not found.organisations:
        return ()
    rows = tuple(
        (
            name,
            pounds(hundreds(held.pv_costs)),
            pounds(hundreds(held.pv_cash_releasing)),
            pounds(hundreds(held.pv_non_cash_releasing)),
            signed_pounds(hundreds(held.net)),
        )
        for name, held in found.organisations.items()
    )
    words = "Present values. Cash leaves a budget; capacity is time or beds freed, and does not come back as money."
    return (Heading("Who pays, who gains?", words), Table(("", "Pays", "Cash", "Capacity", "Net"), rows))


def _cannot(report: Report) -> str:
    return cannot_tell(report).removeprefix("What this cannot tell: ").capitalize()


def _small_print(report: Report, leading: MeasureFinding | None) -> str:
    """The level with the name of its scale, and how small numbers were protected."""
    level = f"{leading.evidence.label} ({leading.evidence.scale}). " if leading else ""
    reason = f" Reason given: {report.policy.reason}" if report.policy.reason else ""
    rounded = "; figures are rounded one by one and may not sum" if report.policy.rounds else ""
    return f"{level}Small numbers: {report.policy.title.lower()}{rounded}.{reason}"


def _picture(role: ProtectedRole, finding: MeasureFinding) -> Picture:
    launch = role.role.timeline.launch
    place = next((point.position for point in finding.points if point.phase is not Phase.BEFORE), None)
    return Picture(
        dots=tuple(
            Dot(
                label=point.period.label,
                value=value,
                shown=isfinite(value),
                used=point.used,
                after=point.phase is Phase.AFTER,
                status=point.status.value if point.status else "",
            )
            for point, value in zip(finding.points, _shown(role, finding), strict=True)
        ),
        levels=_levels(finding),
        launch=place if launch else None,
        launch_text=f"Launch {date_label(launch)}" if launch else "",
        note=f"{_left_out(finding)}{_gaps(role, finding)}{finding.texts.chart_note}",
        alt_text=finding.texts.alt_text,
        scale=shown_scale(finding.measure),
        sign="%" if is_share(finding.measure) else "£" if finding.measure.kind is MeasureKind.MONEY else "",
    )


def _shown(role: ProtectedRole, finding: MeasureFinding) -> list[float]:
    return [float(value) for value in series_values(role.series_of(finding.measure.id).shown)]


def _left_out(finding: MeasureFinding) -> str:
    hollow = {LeftOut.PHASE_IN, LeftOut.PROVISIONAL, LeftOut.SET_ASIDE}
    return "Hollow: left out. " if any(point.left_out in hollow for point in finding.points) else ""


def _gaps(role: ProtectedRole, finding: MeasureFinding) -> str:
    """What it means that the line stops, where it does."""
    gone = [point.position for point in finding.points if not isfinite(_shown(role, finding)[point.position])]
    if not gone:
        return ""
    hidden = role.series_of(finding.measure.id).hidden
    return "Gaps: hidden as small numbers. " if any(hidden[place] for place in gone) else "Gaps: no value. "


def _levels(finding: MeasureFinding) -> tuple[Level, ...]:
    last = len(finding.points) - 1
    after = [point.position for point in finding.points if point.phase is Phase.AFTER]
    lines = []
    if finding.xmr is not None:
        held = finding.xmr.phases[0]
        for name, value, dashed in (
            ("Upper limit", held.upper_limit, True),
            ("Before mean", held.mean, False),
            ("Lower limit", held.lower_limit, True),
        ):
            lines.append(Level(f"{name} {value_text(finding.measure, value)}", value, 0, last, dashed))
    if isfinite(finding.after_mean) and after:
        text = f"After mean {value_text(finding.measure, finding.after_mean)}"
        lines.append(Level(text, finding.after_mean, after[0], after[-1], dashed=False))
    return tuple(lines)
