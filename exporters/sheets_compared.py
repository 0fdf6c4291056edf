"""Sheets of what a change is held against: comparators, the trend before launch, the time after the end, groups."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from analysis.finding_further import ComparatorFinding, FittedChange
from analysis.finding_shapes import Effect, MeasureFinding, TooEarly
from analysis.measure_words import is_share
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.protected_finding import HIDDEN_CODE
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import ROLE
from exporters.values import CONFIDENTIAL, NOT_APPLICABLE, NOT_AVAILABLE, cell_number, cell_scale, unit_of

MEASURE = Column("measure", "Measure", width=26.0)
UNIT = Column("unit", "Unit of the change", width=18.0)
EACH = "in the row's own unit"
Row = tuple[Cell, ...]


def compared_sheets(report: Report) -> list[Sheet]:
    """All of them, in their order; one that would say nothing of any role is left out."""
    made = (_comparisons(report), _trends(report), _after_end(report), _gaps(report))
    return [sheet for sheet in made if sheet.rows]


def _figures(what: str) -> tuple[Column, ...]:
    titles = (("change", what), ("low", f"{what}, low end of interval"), ("high", f"{what}, high end of interval"))
    return tuple(Column(key, title, Kind.NUMBER, 2, EACH) for key, title in titles)


def _sheet(
    report: Report, name: str, title: str, about: str, columns: tuple[Column, ...], rows: Iterator[Row]
) -> Sheet:
    return Sheet(
        name=name,
        title=title,
        about=about,
        columns=columns,
        rows=tuple(rows),
        source=f"{report.came_from}; calculated by Roleworth",
        notes=("interval", "cause"),
    )


def _pairs(report: Report) -> Iterator[tuple[ProtectedRole, MeasureFinding]]:
    return ((role, found) for role in report.roles for found in role.finding.measures)


def change_scale(found: MeasureFinding) -> float:
    """What a held change is multiplied by: changes of shares are in points of 100."""
    return 100.0 if is_share(found.measure) else cell_scale(found.measure)


def _changed(effect: Effect | TooEarly | None, scale: float, without: str = NOT_AVAILABLE) -> tuple[Cell, ...]:
    if not isinstance(effect, Effect):
        return (without,) * 3
    return tuple(cell_number(v, scale) for v in (effect.absolute, effect.absolute_lower, effect.absolute_upper))


def _unit(found: MeasureFinding, effect: Effect | TooEarly | None) -> str:
    if isinstance(effect, Effect) and effect.unit.startswith("a "):
        return f"{'£' if found.measure.kind.value == 'money' else found.measure.unit} {effect.unit}".strip()
    return "percentage points" if is_share(found.measure) else unit_of(found.measure)


def _comparisons(report: Report) -> Sheet:
    rows = (_comparison(role, found, one) for role, found in _pairs(report) for one in found.compared)
    columns = (
        ROLE,
        MEASURE,
        Column("against", "Held against", width=26.0),
        Column("kind", "What it is", width=20.0),
        Column("why", "Why it was chosen", width=36.0),
        Column("origin", "Where its figures come from", width=28.0),
        Column("same", "Same definition", width=14.0),
        Column("before", "Common periods before", Kind.NUMBER, 0, "number", 12.0),
        Column("after", "Common periods after", Kind.NUMBER, 0, "number", 12.0),
        UNIT,
        *_figures("Extra change"),
        Column("trend", "Trends before launch", width=44.0),
        Column("sentence", "In words", width=58.0),
    )
    about = "Each measure beside its comparators and benchmarks, with the extra change"
    return _sheet(report, "Comparisons", "What the changes are held against", about, columns, rows)


def _comparison(role: ProtectedRole, found: MeasureFinding, one: ComparatorFinding) -> Row:
    facts = one.facts
    without = NOT_APPLICABLE if one.is_benchmark else NOT_AVAILABLE
    return (
        role.label,
        found.measure.label,
        facts.name,
        facts.kind.value,
        facts.why_chosen or NOT_AVAILABLE,
        facts.source or NOT_AVAILABLE,
        "yes" if one.same_definition else "no",
        one.n_before,
        one.n_after,
        _unit(found, one.effect),
        *_changed(one.effect, change_scale(found), without),
        one.pre_trend.text if one.pre_trend else without,
        one.sentence,
    )


def _trends(report: Report) -> Sheet:
    rows = (_trend(role, found, found.fitted) for role, found in _pairs(report))
    columns = (
        ROLE,
        MEASURE,
        Column("unit", "Unit", width=18.0),
        *_figures("Change at launch"),
        *(Column(f"slope_{key}", title, Kind.NUMBER, 3, f"{EACH}, a period") for key, title in _SLOPES),
        Column("before", "Periods before", Kind.NUMBER, 0, "number", 12.0),
        Column("after", "Periods after", Kind.NUMBER, 0, "number", 12.0),
        Column("sentence", "In words, or why there is no fit", width=58.0),
        Column("doubts", "What makes it doubtful", width=44.0),
    )
    about = "The change at launch given the trend before it, with its 95 % interval"
    return _sheet(report, "Trends", "The change at launch against the trend before it", about, columns, rows)


_SLOPES = (
    ("change", "Change of slope"),
    ("low", "Change of slope, low end of interval"),
    ("high", "Change of slope, high end of interval"),
)


def _trend(role: ProtectedRole, found: MeasureFinding, fitted: FittedChange | TooEarly) -> Row:
    start = (role.label, found.measure.label)
    if isinstance(fitted, TooEarly):
        hidden = any(caution.code == HIDDEN_CODE for caution in found.cautions)
        none = (CONFIDENTIAL if hidden else NOT_AVAILABLE,) * 6
        reason = f"{fitted.reason[:1].upper()}{fitted.reason[1:]}." if fitted.reason else fitted.table_text
        return (*start, unit_of(found.measure), *none, found.n_before, found.n_after, reason, "none")
    scale = 100.0 if fitted.is_ratio else change_scale(found)
    unit = "% of what was expected" if fitted.is_ratio else _unit(found, None)
    levels = (fitted.level, fitted.level_lower, fitted.level_upper)
    slopes = (fitted.slope, fitted.slope_lower, fitted.slope_upper)
    return (
        *start,
        unit,
        *(cell_number(value, scale) for value in levels),
        *(cell_number(value, scale) if isfinite(value) else NOT_APPLICABLE for value in slopes),
        fitted.n_before,
        fitted.n_after,
        fitted.text or fitted.method,
        " ".join(fitted.warnings) or "none",
    )


def _after_end(report: Report) -> Sheet:
    rows = (
        (
            role.label,
            found.measure.label,
            _unit(found, found.after_end.against_after),
            found.after_end.n,
            *_changed(found.after_end.against_after, change_scale(found)),
            *_changed(found.after_end.against_before, change_scale(found)),
            found.after_end.sentence,
        )
        for role, found in _pairs(report)
        if found.after_end is not None
    )
    before = tuple(
        Column(
            f"before_{one.key}",
            one.title.replace("Against the time with the role", "Against before"),
            Kind.NUMBER,
            2,
            EACH,
        )
        for one in _figures("Against the time with the role")
    )
    columns = (
        ROLE,
        MEASURE,
        UNIT,
        Column("n", "Periods after the end", Kind.NUMBER, 0, "number", 12.0),
        *_figures("Against the time with the role"),
        *before,
        Column("sentence", "In words", width=58.0),
    )
    about = "Whether a change lasted once a role had ended"
    return _sheet(report, "After_the_end", "What happened after the role ended", about, columns, rows)


def _gaps(report: Report) -> Sheet:
    rows = (
        (
            role.label,
            found.measure.label,
            gap.first,
            gap.second,
            len(gap.points),
            _unit(found, gap.effect),
            *_changed(gap.effect, change_scale(found), NOT_AVAILABLE),
            gap.sentence,
        )
        for role, found in _pairs(report)
        for gap in role.gaps
        if gap.measure_id == found.measure.id
    )
    withheld = (
        (role.label, name, first, second, 0, NOT_APPLICABLE, *(CONFIDENTIAL,) * 3, _WITHHELD)
        for role in report.roles
        for name, first, second in role.gaps_withheld
    )
    columns = (
        ROLE,
        MEASURE,
        Column("first", "Group", width=26.0),
        Column("second", "Against", width=26.0),
        Column("n", "Periods with both", Kind.NUMBER, 0, "number", 12.0),
        UNIT,
        *_figures("Change of the gap"),
        Column("sentence", "In words", width=58.0),
    )
    about = "Whether the gap between groups of people grew or closed after launch"
    return _sheet(report, "Gaps", "Gaps between groups of people", about, columns, iter((*rows, *withheld)))


_WITHHELD = (
    "Not shown: a value of one of these groups is hidden as a small number, and the gap would help to work it out."
)
