"""Sheets of the role's own record: profile, case, tasks, staffing, factors, completeness."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import resources
from analysis.factors import NOT_LOOKED_AT, rating_keys, standings
from analysis.periods import date_label, month_label
from analysis.wording import number
from db.completeness import months_since
from db.queries.record import facts_by_key
from exporters.declared import Cell, Column, Kind, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_money import ROLE
from exporters.staffing import people_band, staffing_words
from exporters.values import CONFIDENTIAL, NOT_AVAILABLE

_OF_FEW = frozenset({"planned_wte", "band", "exceptional_post_holder"})
"""Facts that are those of a person where a role has few people."""
_YES_NO = {True: "yes", False: "no"}
_DIRECTIONS = {"": NOT_AVAILABLE, "increase": "rise", "decrease": "fall", "neutral": "neither"}
Rows = Iterable[tuple[Cell, ...]]


def role_sheets(report: Report) -> list[Sheet]:
    """All of them, in their order."""
    return [
        _facts(report, "Profile", "Profile", "Who does what, for whom, across which boundary, under what conditions"),
        _tasks(report),
        _staffing(report),
        _facts(report, "Case for the role", "Case", "Why the role was set up and what it should change"),
        _alternatives(report),
        _chosen(report),
        _later(report),
        _factors(report),
        _facts(report, "Completeness", "Judgement", "Harms, limitations, whose decision, and who stands behind it"),
        _completeness(report),
    ]


def _sheet(
    report: Report,
    name: str,
    about: str,
    columns: tuple[Column, ...],
    rows_of: Callable[[ProtectedRole], Rows],
    *lines: str,
) -> Sheet:
    return Sheet(
        name=name,
        title=about,
        about=about,
        columns=(ROLE, *columns),
        rows=tuple((role.label, *row) for role in report.roles for row in rows_of(role)),
        source=report.came_from,
        lines=lines,
    )


def _facts(report: Report, part: str, name: str, about: str) -> Sheet:
    columns = (
        Column("section", "Section", width=30.0),
        Column("what", "What", width=36.0),
        Column("held", "Recorded", width=60.0),
    )
    sections = [one for one in resources.load("role_record")["sections"] if one["part"] == part]

    def rows_of(role: ProtectedRole) -> Rows:
        held = facts_by_key(role.profile, role.record)
        for section in sections:
            for field in section["fields"]:
                yield section["title"], field["caption"], _fact(report, role, field["key"], held[field["key"]])

    return _sheet(report, name, about, columns, rows_of)


def _fact(report: Report, role: ProtectedRole, key: str, value: object) -> str:
    """One fact as it may be shown."""
    if value is None or value == "":
        return NOT_AVAILABLE
    if role.few_staff and key in _OF_FEW:
        return CONFIDENTIAL
    if key == "head_count" and isinstance(value, int):
        return people_band(value, report.policy)
    if key == "eligible_number" and isinstance(value, int):
        return CONFIDENTIAL if report.policy.hides(value) else number(report.policy.rounded(value))
    if isinstance(value, bool):
        return _YES_NO[value]
    if isinstance(value, date):
        return date_label(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _tasks(report: Report) -> Sheet:
    def rows_of(role: ProtectedRole) -> Rows:
        for task in role.profile.tasks:
            signed = (_truth(task[name]) for name in ("trained", "signed_off", "permitted"))
            yield task["task"], task["taken_from"] or NOT_AVAILABLE, *signed

    columns = (
        Column("task", "Task", width=44.0),
        Column("taken_from", "Taken from", width=28.0),
        Column("trained", "Trained", width=14.0),
        Column("signed_off", "Signed off", width=14.0),
        Column("permitted", "Permitted", width=14.0),
    )
    return _sheet(report, "Tasks", "Tasks of the role, from whom, trained, signed off, permitted", columns, rows_of)


def _truth(value: bool | None) -> str:
    return NOT_AVAILABLE if value is None else _YES_NO[value]


def _staffing(report: Report) -> Sheet:
    columns = (
        Column("month", "Month", width=18.0),
        Column("planned", "Planned", Kind.NUMBER, 1, "WTE", width=16.0),
        Column("actual", "Actual", Kind.NUMBER, 1, "WTE", width=16.0),
        Column("people", "People in post", width=18.0),
    )
    lines = []
    for role in report.roles:
        line = role.role.timeline
        words = staffing_words(role.staffing, months_since(line.launch, line.ended or report.today))
        lines.append(f"{role.label}: {words}")

    def rows_of(role: ProtectedRole) -> Rows:
        return ((month_label(row.month), row.planned, row.actual, row.people) for row in role.staffing)

    return _sheet(report, "Staffing", "Planned and actual whole-time equivalents by month", columns, rows_of, *lines)


def _alternatives(report: Report) -> Sheet:
    columns = (
        Column("way", "Another way", width=40.0),
        Column("verdict", "What became of it", width=20.0),
        Column("reason", "Why", width=60.0),
    )

    def rows_of(role: ProtectedRole) -> Rows:
        held = role.record.alternatives
        return ((row["name"], str(row["verdict"]), row["reason"] or NOT_AVAILABLE) for row in held)

    return _sheet(report, "Alternatives", "Other ways considered, and what became of them", columns, rows_of)


def _chosen(report: Report) -> Sheet:
    columns = (
        Column("measure", "Measure", width=32.0),
        Column("primary", "Primary", width=12.0),
        Column("direction", "Should", width=14.0),
        Column("change", "By how much, in its unit", width=16.0),
        Column("model", "How it should show", width=18.0),
        Column("chosen", "Chosen on", width=20.0),
        Column("when", "Against the launch", width=18.0),
        Column("why", "Why this measure", width=50.0),
        Column("owner", "Owner", width=28.0),
    )

    def rows_of(role: ProtectedRole) -> Rows:
        for use in role.record.uses:
            yield (
                use.name,
                _YES_NO[use.is_primary],
                _DIRECTIONS[use.expected_direction],
                NOT_AVAILABLE if use.expected_change is None else f"{use.expected_change:g}",
                use.impact_model or NOT_AVAILABLE,
                date_label(use.chosen_on) if use.chosen_on else NOT_AVAILABLE,
                _against(role, use.chosen_on),
                use.why_chosen or NOT_AVAILABLE,
                use.owner or NOT_AVAILABLE,
            )

    about = "What should change, as it was said beforehand"
    return _sheet(report, "Chosen_beforehand", about, columns, rows_of)


def _against(role: ProtectedRole, day: date | None) -> str:
    launch = role.role.timeline.launch
    if day is None or launch is None:
        return NOT_AVAILABLE
    return "before launch" if day < launch else "after launch"


def _later(report: Report) -> Sheet:
    columns = (
        Column("day", "Day", Kind.DATE, width=20.0),
        Column("when", "Against the launch", width=18.0),
        Column("what", "What was changed", width=40.0),
        Column("before", "Before", width=40.0),
        Column("after", "After", width=40.0),
    )

    def rows_of(role: ProtectedRole) -> Rows:
        for change in role.record.case_changes:
            texts = change.before or "nothing", change.after or "nothing"
            yield change.day, _against(role, change.day), change.what, *texts

    about = "Later changes of the case, from the history"
    return _sheet(report, "Case_changes", about, columns, rows_of)


def _factors(report: Report) -> Sheet:
    factors = resources.load("factors")["factors"]
    names, kept_under = {factor["key"]: factor for factor in factors}, rating_keys(factors)
    columns = (
        Column("group", "Group", width=30.0),
        Column("factor", "Factor", width=40.0),
        Column("at_launch", "At launch", width=18.0),
        Column("now", "Now", width=18.0),
        Column("since", "Since", Kind.DATE, width=20.0),
    )

    def rows_of(role: ProtectedRole) -> Rows:
        launch = role.role.timeline.launch
        then = standings(role.ratings, kept_under, on=launch) if launch else {}
        for key, now in standings(role.ratings, kept_under).items():
            factor = names.get(key, {})
            at_launch = then[key].state if key in then else NOT_LOOKED_AT if launch else NOT_AVAILABLE
            yield factor.get("group", NOT_AVAILABLE), factor.get("label", key), at_launch, now.state, now.since

    line = "A factor that is not listed has not been looked at. Ratings are never added up to a score."
    return _sheet(report, "Factors", "Barriers and enablers at launch and now", columns, rows_of, line)


def _completeness(report: Report) -> Sheet:
    columns = (
        Column("group", "About", width=18.0),
        Column("number", "Number in the list", width=12.0),
        Column("fact", "Fact", width=50.0),
        Column("needed", "Needed", width=14.0),
        Column("there", "Recorded", width=12.0),
        Column("said", "What is there or missing", width=60.0),
    )

    def rows_of(role: ProtectedRole) -> Rows:
        for item in role.completeness.items:
            needed = "required" if item.required else "would help"
            yield item.group, str(item.number), item.words, needed, _YES_NO[item.done], item.said or "all of it"

    lines = [f"{role.label}: {role.completeness.sentence}" for role in report.roles if role.completeness.items]
    about = "What a commissioner looks for, and what is missing"
    return _sheet(report, "Completeness", about, columns, rows_of, *lines)
