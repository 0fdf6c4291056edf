"""Valued outcomes, scale and staff time as the texts of their forms. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.plan import AppraisalFacts, OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from analysis.wording import number, pence_as_pounds
from desktop.pages.economics import reading
from desktop.pages.economics.lines import GRADES, day_text, grade_text, pence_text, volume_text
from desktop.pages.economics.reading import Reading, in_order, read_all
from desktop.pages.facts_form import FieldSpec
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

NOTE = (
    "An outcome is set beside the money, never added to it, and outcomes are not added to one another. QALYs and "
    "WELLBYs are looked at with the usual range of worth; a natural unit needs its own."
)
KINDS = {
    "QALY (quality-adjusted life year)": "QALY",
    "WELLBY (wellbeing year)": "WELLBY",
    "Natural unit": "natural unit",
}
OUTCOME_FIELDS = (
    FieldSpec("label", "Which outcome", "Quality of life, EQ-5D"),
    FieldSpec("kind", "Kind", choices=tuple(KINDS)),
    FieldSpec("unit", "Unit (for a natural unit)", "falls avoided"),
    FieldSpec("gain", "Gain for each person", "0.0125"),
    FieldSpec("gain_low", "At least", "0.005"),
    FieldSpec("gain_high", "At most", "0.02"),
    FieldSpec("people", "People a year", "300"),
    FieldSpec("worth", "One unit is held worth (blank: the usual range)", "£20,000"),
    FieldSpec("start", "From (blank: the first month)", "Oct 2026"),
    FieldSpec("end", "To (blank: the last month)", "Sep 2029"),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("source", "Where this comes from", "EQ-5D of 80 people before and after"),
)
_OUTCOME_READERS = {
    "label": ("label", reading.needed),
    "kind": ("kind", reading.one_of(KINDS)),
    "unit": ("unit", reading.words),
    "gain": ("gain", reading.figure),
    "gain_low": ("gain_low", reading.figure),
    "gain_high": ("gain_high", reading.figure),
    "people": ("people_a_year", reading.not_below_nothing),
    "worth": ("worth_pence", reading.pence),
    "start": ("start", reading.first_day_or_none),
    "end": ("end", reading.last_day),
    "grade": ("evidence_grade", reading.one_of(GRADES)),
    "source": ("source", reading.words),
}
SCALE_FIELDS = (
    FieldSpec("unit", "What is avoided", "bed days"),
    FieldSpec("units_per_post", "Avoided by one post a year", "130"),
    FieldSpec("block", "How much makes one block that can close", "1,343"),
    FieldSpec("block_saving", "Closing a block saves a year", "£520,000"),
    FieldSpec("unit_saving", "Each one avoided saves besides", "£45"),
    FieldSpec("post_cost", "One post costs a year", "£39,400"),
    FieldSpec("programme_cost", "Running it costs a year, whatever the posts", "£60,000"),
    FieldSpec("most_posts", "Look at up to how many posts", "60"),
    FieldSpec("posts_per_site", "Posts at one site", "2"),
    FieldSpec("source", "Where this comes from", "Ward establishment, finance"),
)
_SCALE_READERS = {
    "unit": ("unit", reading.words),
    "units_per_post": ("units_per_post", reading.not_below_nothing),
    "block": ("block", reading.above_nothing),
    "block_saving": ("block_saving_pence", reading.pence),
    "unit_saving": ("unit_saving_pence", reading.pence),
    "post_cost": ("post_cost_pence", reading.pence),
    "programme_cost": ("programme_cost_pence", reading.pence),
    "most_posts": ("most_posts", reading.posts),
    "posts_per_site": ("posts_per_site", reading.above_nothing),
    "source": ("source", reading.words),
}
TIME_FIELDS = (
    FieldSpec("who_before", "Who did it before", "District nurse, band 6"),
    FieldSpec("contacts_before", "Contacts for each client before", "4"),
    FieldSpec("minutes_before", "Minutes a contact before, indirect time in", "45"),
    FieldSpec("hourly_before", "Cost of an hour before", "£57"),
    FieldSpec("who_after", "Who does it now", "Assistant, band 4"),
    FieldSpec("contacts_after", "Contacts for each client now", "5.2"),
    FieldSpec("minutes_after", "Minutes a contact now, indirect time in", "60"),
    FieldSpec("hourly_after", "Cost of an hour now", "£39"),
    FieldSpec("source", "Where this comes from", "Diary of two weeks; unit costs"),
)
_TIME_READERS = {
    "who_before": ("who_before", reading.words),
    "contacts_before": ("contacts_before", reading.not_below_nothing),
    "minutes_before": ("minutes_before", reading.not_below_nothing),
    "hourly_before": ("hourly_before_pence", reading.pence),
    "who_after": ("who_after", reading.words),
    "contacts_after": ("contacts_after", reading.not_below_nothing),
    "minutes_after": ("minutes_after", reading.not_below_nothing),
    "hourly_after": ("hourly_after_pence", reading.pence),
    "source": ("source", reading.words),
}


def read_outcome(texts: Mapping[str, str]) -> Reading:
    """An outcome from its texts."""
    found = read_all(texts, _OUTCOME_READERS)
    found = in_order(found, (("gain_low", "gain_low"), ("gain", "gain"), ("gain_high", "gain_high")))
    faults = dict(found.faults)
    start, end = found.facts.get("start"), found.facts.get("end")
    if start and end and end < start:
        faults["end"] = "An outcome cannot end before it starts."
    if found.facts.get("kind") == "natural unit" and not found.facts.get("unit"):
        faults.setdefault("unit", "Say what is counted, such as falls avoided.")
    return replace(found, faults=faults)


def read_scale(texts: Mapping[str, str]) -> Reading:
    """The scale from its texts."""
    return read_all(texts, _SCALE_READERS)


def read_staff_time(texts: Mapping[str, str]) -> Reading:
    """Staff time from its texts."""
    return read_all(texts, _TIME_READERS)


def outcome_texts(line: OutcomeLineFacts) -> dict[str, str]:
    """An outcome as the texts of its form."""
    return {
        "label": line.label,
        "kind": next(words for words, kind in KINDS.items() if kind == line.kind),
        "unit": line.unit,
        "gain": gain_text(line.gain),
        "gain_low": gain_text(line.gain_low),
        "gain_high": gain_text(line.gain_high),
        "people": volume_text(line.people_a_year),
        "worth": pence_text(line.worth_pence),
        "start": day_text(line.start),
        "end": day_text(line.end),
        "grade": grade_text(line.evidence_grade),
        "source": line.source,
    }


def gain_text(value: float | None) -> str:
    """A gain with all its decimals: 0.0125 is not 0.01."""
    return "" if value is None else f"{value:.10g}".replace("-", "−")


def scale_texts(facts: ScaleFacts | None) -> dict[str, str]:
    """The scale as the texts of its form."""
    held = facts or ScaleFacts()
    return {
        "unit": held.unit,
        "units_per_post": volume_text(held.units_per_post),
        "block": volume_text(held.block),
        "block_saving": pence_text(held.block_saving_pence),
        "unit_saving": pence_text(held.unit_saving_pence),
        "post_cost": pence_text(held.post_cost_pence),
        "programme_cost": pence_text(held.programme_cost_pence),
        "most_posts": str(held.most_posts),
        "posts_per_site": volume_text(held.posts_per_site),
        "source": held.source,
    }


def staff_time_texts(facts: StaffTimeFacts | None) -> dict[str, str]:
    """Staff time as the texts of its form."""
    held = facts or StaffTimeFacts()
    return {
        "who_before": held.who_before,
        "contacts_before": volume_text(held.contacts_before),
        "minutes_before": volume_text(held.minutes_before),
        "hourly_before": pence_text(held.hourly_before_pence),
        "who_after": held.who_after,
        "contacts_after": volume_text(held.contacts_after),
        "minutes_after": volume_text(held.minutes_after),
        "hourly_after": pence_text(held.hourly_after_pence),
        "source": held.source,
    }


def outcome_table(facts: AppraisalFacts) -> TableState:
    """The outcomes as a table; what is not known is marked."""
    columns = ("Outcome", "Kind", "Gain for each person", "People a year", "One unit is held worth")
    rows = tuple(_row(line) for line in facts.outcomes)
    specs = tuple(ColumnSpec(name, number=at > 1, stretch=at == 0) for at, name in enumerate(columns))
    return TableState(specs, rows, tuple(str(line.id) for line in facts.outcomes))


def _row(line: OutcomeLineFacts) -> tuple[TableCell, ...]:
    reach = "" if line.gain_low is None and line.gain_high is None else _reach(line)
    worth = (
        pence_as_pounds(line.worth_pence) if line.worth_pence else "usual range" if line.kind != "natural unit" else "–"
    )
    return (
        TableCell(line.label, line.source, strong=True),
        TableCell(line.unit or line.kind),
        _known(gain_text(line.gain), reach),
        _known(volume_text(line.people_a_year), ""),
        TableCell(worth),
    )


def _reach(line: OutcomeLineFacts) -> str:
    return f"{gain_text(line.gain_low) or gain_text(line.gain)} to {gain_text(line.gain_high) or gain_text(line.gain)}"


def _known(text: str, second: str) -> TableCell:
    return TableCell(text, second) if text else TableCell("not known", shape=Shape.LOOK, shape_ink="check")


def scale_words(facts: ScaleFacts | None) -> str:
    """What is entered for the scale, in one line."""
    if facts is None or facts.units_per_post is None:
        return "Nothing is entered yet."
    block = f"; one block is {number(facts.block, 0)}" if facts.block else ""
    return f"One post avoids {volume_text(facts.units_per_post)} {facts.unit or 'units'} a year{block}."


def staff_time_words(facts: StaffTimeFacts | None) -> str:
    """What is entered for staff time, in one line."""
    if facts is None:
        return "Nothing is entered yet."
    before, after = facts.who_before or "before", facts.who_after or "now"
    return f"Entered for {before} and {after}."
