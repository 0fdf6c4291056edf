"""Posts as a table, and each as the texts of its form. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import resources
from analysis.economics.pay_lines import CENTRAL_PAYER, PostCost
from analysis.economics.role_shapes import RoleEconomics
from analysis.plan import PayLineFacts
from analysis.wording import pounds
from desktop.pages.economics import reading
from desktop.pages.economics.lines import GRADES, PHASES, day_text, grade_text, money_text, share_text, word_of
from desktop.pages.economics.reading import Reading, read_all
from desktop.pages.facts_form import FieldSpec
from desktop.states import ColumnSpec, TableCell, TableState
from desktop.theme.marks import Shape

POINTS = {"Entry": "entry", "Intermediate": "intermediate", "Top": "top"}
SCHEMES = {"NHS": "NHS", "Local government": "LGPS", "None": "none"}
NO_SCHEME = "A rate needs a scheme: choose one, or clear the rate."
THRESHOLD = {"No": False, "Yes": True}
BANDS = tuple(dict.fromkeys(row["band"] for row in resources.load("pay_scales")["rows"]))
NOTE = (
    "National insurance is worked out for each person: enter two people at 0.8, never one at 1.6. Without an amount "
    "the Agenda for Change scale of the year is taken. Each local government pension fund has its own rate: there is "
    "no default. A month in part counts by its days."
)

FIELDS = (
    FieldSpec("label", "Which post", "Care navigators"),
    FieldSpec("band", "Band", "4", suggestions=BANDS),
    FieldSpec("point", "Point of the band", choices=tuple(POINTS)),
    FieldSpec("pay_year", "Pay of", "2026/27"),
    FieldSpec("annual", "Whole-time pay a year (blank: the scale)", "£31,157"),
    FieldSpec("people", "People", "2"),
    FieldSpec("wte_each", "Whole-time equivalent of each", "0.8"),
    FieldSpec("start", "From", "Oct 2026"),
    FieldSpec("end", "To (blank: no end)", "Sep 2029"),
    FieldSpec("payer", "Who pays", "Northvale Community Trust"),
    FieldSpec("scheme", "Pension scheme", choices=tuple(SCHEMES)),
    FieldSpec("pension", "Own pension rate (blank: the scheme)", "18.4 %"),
    FieldSpec("central", "Who pays the central part", CENTRAL_PAYER),
    FieldSpec("area", "Area supplement, share of pay", "5 %"),
    FieldSpec("unsocial", "Unsocial hours, share of pay", "0 %"),
    FieldSpec("vacancy", "Vacant, share of the time", "0 %"),
    FieldSpec("threshold", "Extra hours of people in post already", choices=tuple(THRESHOLD)),
    FieldSpec("phase", "Belongs to", choices=tuple(PHASES)),
    FieldSpec("grade", "Evidence", choices=tuple(GRADES)),
    FieldSpec("source", "Where this comes from", "Establishment list of the trust"),
)
_READERS = {
    "label": ("label", reading.needed),
    "band": ("band", reading.words),
    "point": ("point", reading.one_of(POINTS)),
    "pay_year": ("pay_year", reading.price_year),
    "annual": ("annual_pence", reading.pence),
    "people": ("people", reading.people),
    "wte_each": ("wte_each", reading.wte_each),
    "start": ("start", reading.first_day),
    "end": ("end", reading.last_day),
    "payer": ("payer", reading.words),
    "scheme": ("scheme", reading.one_of(SCHEMES)),
    "pension": ("pension_share", reading.own_rate),
    "central": ("central_payer", reading.words),
    "area": ("area_supplement", reading.share_or_none),
    "unsocial": ("unsocial", reading.share_or_none),
    "vacancy": ("vacancy", reading.share_or_none),
    "threshold": ("threshold_used", reading.one_of(THRESHOLD)),
    "phase": ("phase", reading.one_of(PHASES)),
    "grade": ("evidence_grade", reading.one_of(GRADES)),
    "source": ("source", reading.words),
}


def read_post(texts: Mapping[str, str]) -> Reading:
    """A pay line from its texts."""
    found = read_all(texts, _READERS)
    if found.facts.get("scheme") == "none" and found.facts.get("pension_share") is not None:
        found = replace(found, faults={**found.faults, "pension": NO_SCHEME})
    start, end = found.facts.get("start"), found.facts.get("end")
    if start and end and end < start:
        return replace(found, faults={**found.faults, "end": "A post cannot end before it starts."})
    return found


def post_texts(line: PayLineFacts) -> dict[str, str]:
    """A pay line as the texts of its form; pay taken from the scale is not shown as if it had been typed."""
    typed = line.annual_pence is not None and not line.from_scale
    return {
        "label": line.label,
        "band": line.band,
        "point": next((words for words, held in POINTS.items() if held == line.point), next(iter(POINTS))),
        "pay_year": line.pay_year.replace("-", "/"),
        "annual": money_text(line.annual_pence or 0) if typed else "",
        "people": str(line.people),
        "wte_each": line.wte_each,
        "start": day_text(line.start),
        "end": day_text(line.end),
        "payer": line.payer,
        "scheme": next((words for words, held in SCHEMES.items() if held == line.scheme), "NHS"),
        "pension": share_text(line.pension_share),
        "central": line.central_payer,
        "area": share_text(line.area_supplement),
        "unsocial": share_text(line.unsocial),
        "vacancy": share_text(line.vacancy),
        "threshold": "Yes" if line.threshold_used else "No",
        "phase": word_of(PHASES, line.phase),
        "grade": grade_text(line.evidence_grade),
        "source": line.source,
    }


def post_table(held: RoleEconomics) -> TableState:
    """The posts with what a year of each costs; what cannot be counted yet says why."""
    names = ("Post", "Band", "People", "WTE each", "Pay", "Employer a year", "Paid centrally", "From", "To")
    more = ("Who pays", "Belongs to")
    numbers = ("People", "WTE each", "Pay", "Employer a year", "Paid centrally")
    specs = tuple(ColumnSpec(name, number=name in numbers, stretch=name == "Post") for name in (*names, *more))
    return TableState(specs, tuple(map(_row, held.posts)), tuple(str(post.line.id) for post in held.posts))


def _row(post: PostCost) -> tuple[TableCell, ...]:
    line, texts = post.line, post_texts(post.line)
    band = " ".join(part for part in (line.band, line.point if line.from_scale else "") if part)
    pay = "not known" if line.annual_pence is None else money_text(line.annual_pence)
    return (
        TableCell(line.label, strong=True),
        TableCell(band or "–", spoken=band or "not stated"),
        TableCell(texts["people"]),
        TableCell(texts["wte_each"]),
        TableCell(pay, spoken=f"{pay}, {'by the scale' if line.from_scale else 'typed'}"),
        _employer(post),
        TableCell(_yearly(post.cost.central_pension) if post.cost else "–", spoken="" if post.cost else "not known"),
        *(TableCell(text) for text in (texts["start"], texts["end"] or "no end", line.payer or "not stated")),
        TableCell(texts["phase"]),
    )


def _employer(post: PostCost) -> TableCell:
    if post.cost is None:
        return TableCell("not known", shape=Shape.LOOK, shape_ink="check", spoken=f"lacks {' and '.join(post.lacking)}")
    return TableCell(_yearly(post.cost.employer_total))


def _yearly(amount: Decimal) -> str:
    return pounds(float(amount))


def lacking_words(held: RoleEconomics) -> str:
    """What the posts still lack, in one sentence; empty when all can be counted."""
    parts = [f"{post.line.label} lacks {' and '.join(post.lacking)}" for post in held.posts if post.lacking]
    return f"Not counted yet: {'; '.join(parts)}." if parts else ""
