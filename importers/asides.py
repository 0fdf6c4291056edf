"""Columns and rows that say something about a measure and are none themselves: limits, denominators, comparators."""

from __future__ import annotations

import re

from importers.found import FoundSeries, FoundTable

_WHICH_PEOPLE = "(?:registered|resident|estimated|mid-?year|total|weighted|practice|gp|ons|patient)"
_ELSEWHERE = "england|national|scotland|wales|regional|region|icb|peer|similar [a-z ]+"
_SOURCES: dict[str, tuple[str, ...]] = {
    "a limit of another figure, not a measure": (
        r"\b(?:lower|upper|low|high)\b.*\b(?:c\.?i\.?|confidence|limits?|bounds?|interval)(?:\b|$)",
        r"\b(?:c\.?i\.?|confidence|interval|limit)\b.*\b(?:lower|upper|low|high)\b",
        r"\b[lu]c[li](?: ?\d\d)?\b|\bconfidence (?:interval|limit)s?\b|\bcontrol limits?\b",
    ),
    "a denominator, not a measure": (r"\bdenom(?:inator)?s?\b",),
    "a population, which is a denominator and not a measure": (
        rf"^(?:{_WHICH_PEOPLE} )*(?:population|pop\.?|list size)s?(?: (?:estimate|size|count|served|at risk))?s?$",
    ),
    "the number of a period, not a measure": (
        r"^(?:(?:iso|financial|calendar) )?(?:week|wk|month|mth|quarter|qtr|period|year)(?: ?(?:no\.?|number|num))?$",
    ),
    "something to compare with, not a measure of this place": (
        rf"^(?:{_ELSEWHERE}) (?:value|rate|average|mean|median|percent\w*|%)$",
        r"^(?:rank|ranking|percentile|decile|quartile|quintile|median|target|trajectory|threshold|plan|centre ?line)$",
        r"^(?:z-?score|p-?value|standard error|std\.? (?:error|dev\.?|deviation)|rag(?: rating)?)$",
    ),
}
_WHY = tuple((re.compile("|".join(patterns), re.IGNORECASE), why) for why, patterns in _SOURCES.items())
_BESIDE = re.compile(r"\s*(?:\(\d+\))?$")


def mark_asides(table: FoundTable) -> list[FoundSeries]:
    """Say of every series that is no measure why it is not offered; returns those. Every table offers something."""
    why = {name: reason for name in {series.measure for series in table.series} if (reason := reason_for(name))}
    if all(series.measure in why for series in table.series):
        return []
    found = [series for series in table.series if series.measure in why]
    for series in found:
        series.aside = why[series.measure]
    return found


def reason_for(measure: str) -> str:
    """Why a heading names no measure, "" where it may be one. Only the last part of a path of headings is looked at."""
    heading = " ".join(_BESIDE.sub("", measure.rsplit(" > ", 1)[-1]).replace("_", " ").split())
    return next((why for pattern, why in _WHY if pattern.search(heading)), "")
