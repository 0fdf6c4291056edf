"""Results over places: what can be set side by side, the forest plot, what was left out, factors. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.axis import nice_ticks
from analysis.periods import date_label
from analysis.sites import (
    SiteResult,
    SitesFinding,
    effect_text,
    factors_beside,
    interval_text,
    over_sites,
)
from analysis.wording import plural
from db.queries.packs import HeldPack
from desktop.charts.forest_picture import ForestPicture, ForestRow
from desktop.pages.impact.explain import Explanation, explanation_of_methods
from desktop.states import ColumnSpec, TableCell, TableState
from importers.pack import checked_pack

BESIDE = (
    "Set beside one another, and no more: places differ in much else, and nothing here says that one thing brought "
    "about another."
)
NOTHING = (
    "No measure is held for two places of one role family yet. Bring in a pack of another team, or record the role in "
    "a second place, with the same measure of the library."
)


@dataclass(frozen=True)
class PackLine:
    """One pack that is kept, with what is in it."""

    id: int
    name: str
    words: str


@dataclass(frozen=True)
class SitesState:
    """The part of the page about several places; `chosen` is the key of the measure shown, empty for none."""

    packs: tuple[PackLine, ...]
    choices: tuple[tuple[str, str], ...]
    chosen: str
    picture: ForestPicture | None
    left_out: tuple[str, ...]
    factors: TableState
    nothing: str
    how: Explanation


def sites_state(
    packs: Sequence[HeldPack], own: Sequence[SiteResult], factors: Mapping[str, Any], chosen: str = ""
) -> SitesState:
    """Everything about several places, one measure of it in front."""
    read = [checked_pack(pack.content, pack.file_name) for pack in packs]
    found = over_sites([*(result for one in read for result in one.results), *own])
    shown = next((one for one in found if one.key == chosen), found[0] if found else None)
    return SitesState(
        packs=tuple(
            PackLine(pack.id, pack.file_name, _pack_words(one.organisation, one.results, pack.imported_at))
            for pack, one in zip(packs, read, strict=True)
        ),
        choices=tuple((one.key, f"{one.family}: {one.measure.name}") for one in found),
        chosen=shown.key if shown else "",
        picture=forest_of(shown) if shown else None,
        left_out=tuple(f"{one.result.site}: {one.why}." for one in shown.left_out) if shown else (),
        factors=_factors(shown, factors),
        nothing="" if shown else NOTHING,
        how=_how(shown),
    )


def _how(shown: SitesFinding | None) -> Explanation:
    title = f"{shown.measure.name} over places" if shown else "one measure over several places"
    facts = (shown.sentence,) if shown else ()
    return explanation_of_methods(title, ("pool", "evidence_level", "beside_factors"), facts)


def _pack_words(organisation: str, results: Sequence[SiteResult], imported_at: str) -> str:
    sites = len({one.site for one in results})
    day = date_label(date.fromisoformat(imported_at[:10]))
    words = f"{plural(sites, 'place')}, {plural(len(results), 'result')}, brought in on {day}"
    return f"{organisation}: {words}" if organisation else words


def forest_of(found: SitesFinding) -> ForestPicture:
    """The forest plot of one measure of one family."""
    measure = found.measure
    rows = tuple(_row(one) for one in found.included)
    average = None
    if found.estimate is not None:
        words = f"{effect_text(measure, found.centre)} ({interval_text(measure, *found.estimate)})"
        average = ForestRow("Average of these places", found.centre, *found.estimate, words)
    ends = [v for row in (*rows, *((average,) if average else ())) for v in (row.low, row.high)]
    ends += [0.0, *(found.prediction or ())]
    ticks = nice_ticks(min(ends), max(ends), 5)
    head = ("Place", "Change", "95\u00a0% interval", "Before", "After", "Evidence")
    body = [
        (
            one.site,
            effect_text(measure, one.estimate),
            interval_text(measure, one.lower, one.upper),
            str(one.n_before),
            str(one.n_after),
            f"level\u00a0{one.level}{', early' if one.is_early else ''}",
        )
        for one in found.included
    ]
    if average is not None and found.estimate is not None:
        spread = interval_text(measure, *found.estimate)
        body.append((average.name, effect_text(measure, found.centre), spread, "", "", ""))
    if found.prediction is not None:
        body.append(("A new place (prediction)", "", interval_text(measure, *found.prediction), "", "", ""))
    return ForestPicture(
        title=f"{found.family}: {measure.name}",
        rows=rows,
        average=average,
        prediction=found.prediction,
        ticks=ticks,
        tick_words=tuple(effect_text(measure, tick) for tick in ticks),
        summary=found.sentence,
        table=(head, *body),
    )


def _row(one: SiteResult) -> ForestRow:
    words = f"{effect_text(one.measure, one.estimate)} ({interval_text(one.measure, one.lower, one.upper)})"
    early = ", early" if one.is_early else ""
    return ForestRow(one.site, one.estimate, one.lower, one.upper, f"{words}{early}", one.is_own)


def _factors(found: SitesFinding | None, factors: Mapping[str, Any]) -> TableState:
    names = ("Factor at launch", "Barrier or in hand: change in these places", "Met: change in these places")
    specs = tuple(ColumnSpec(name, stretch=at == 0) for at, name in enumerate(names))
    labels = {row["key"]: row["label"] for row in factors["factors"]}
    rows = [
        (
            TableCell(str(labels.get(one.key, one.key)), strong=True),
            TableCell(_changes(one.hindered)),
            TableCell(_changes(one.met)),
        )
        for one in (factors_beside(found) if found else ())
    ]
    return TableState(specs, tuple(rows), tuple(str(at) for at in range(len(rows))))


def _changes(results: Sequence[SiteResult]) -> str:
    """The changes with their intervals, each by its place: a number never stands alone."""
    return "; ".join(f"{one.site}: {_with_interval(one)}" for one in results) or "–"


def _with_interval(one: SiteResult) -> str:
    reach = interval_text(one.measure, one.lower, one.upper)
    return f"{effect_text(one.measure, one.estimate)} ({reach})"
