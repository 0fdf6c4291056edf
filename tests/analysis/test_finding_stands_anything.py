from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.beyond import SET_ASIDE
from analysis.finding import Effect, TooEarly, Verdict, analyse_measure
from analysis.plain import as_plain
from analysis.vocabulary import Arm, ComparatorFacts, ComparatorKind, Direction, MeasureKind, Series, State, Timeline
from tests.analysis.making import ATTENDANCES, NAVIGATOR, TODAY, make_series

LEVELS = st.sampled_from([0.0, 1.0, 0.5, 0.25, 3.0, 40.0, 41.0, 1e6, -5.0])
MAYBE = st.one_of(st.none(), LEVELS)


@st.composite
def any_series(draw: st.DrawFn) -> Series:
    n = draw(st.integers(0, 30))

    def column() -> list[float | None]:
        return draw(st.lists(MAYBE, min_size=n, max_size=n))

    kind, direction = draw(st.sampled_from(MeasureKind)), draw(st.sampled_from(Direction))
    preset = draw(st.sampled_from(["mdc", "nhsrplotthedots"]))
    measure = replace(ATTENDANCES, kind=kind, direction=direction, preset=preset, target=draw(MAYBE))
    values = column()
    states = {i: draw(st.sampled_from(State)) for i, value in enumerate(values) if value is None}
    return make_series(
        values,
        measure=measure,
        states=states,
        numerators=column(),
        denominators=column(),
        sds=column(),
        counts=column(),
        change_means=column(),
        change_sds=column(),
        pairs=column(),
    )


@settings(max_examples=60, deadline=None)
@given(any_series(), st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2026, 1, 1))))
def test_any_series_gets_a_finding_that_keeps_its_promises(series: Series, launch: date | None) -> None:
    found = analyse_measure(series, replace(NAVIGATOR, timeline=Timeline(launch)), TODAY)
    as_plain(found)
    assert (found.verdict is Verdict.NO_ANSWER) == isinstance(found.effect, TooEarly)
    assert found.texts.sentence.endswith(".")
    if isinstance(found.effect, Effect):
        assert found.effect.absolute_lower <= found.effect.absolute <= found.effect.absolute_upper
        assert found.effect.n_after >= 3
        assert "interval" in found.texts.statement
        assert "nan" not in found.texts.statement
    assert sum(point.used for point in found.points) == found.n_before + found.n_after


SLIPS = (0.0, 1e3, 1e6, 1e9, 1e15, 1e308, -1e308)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_typing_slip_among_ordinary_values_stops_no_finding(slip: float) -> None:
    """A count a million times too large once ended all answers of its role: e to the power of 900 is no float."""
    chance = random.Random(20160601)
    for kind in list(MeasureKind) * 4:
        series, beside = (_slipped(chance, kind, slip) for _ in range(2))
        comparator = replace(
            beside, arm=Arm.COMPARATOR, comparator=ComparatorFacts("Oak PCN", ComparatorKind.OTHER_PLACE)
        )
        role = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 8)))
        found = analyse_measure(series, role, TODAY, [comparator])
        as_plain(found)
        text = f"{found.texts.statement} {found.texts.sentence}"
        assert "inf" not in text.replace("information", "")
        if isinstance(found.effect, Effect):
            assert all(map(isfinite, (found.effect.absolute_lower, found.effect.absolute_upper)))


def _slipped(chance: random.Random, kind: MeasureKind, slip: float) -> Series:
    n = chance.randint(20, 30)
    usual = [40.0, 41.0, 38.0, 39.0]

    def column() -> list[float | None]:
        held: list[float | None] = [chance.choice(usual) for _ in range(n)]
        for _ in range(chance.randint(0, 2)):
            held[chance.randrange(n)] = chance.choice([slip, None, 2.0, 205.0, 0.0])
        return held

    names = ("numerators", "denominators", "sds", "counts", "change_means", "change_sds", "pairs")
    measure = replace(ATTENDANCES, kind=kind, preset=chance.choice(["mdc", "nhsrplotthedots"]))
    parts: dict[str, Any] = {name: column() for name in names}
    return make_series(column(), measure=measure, **parts)


def test_a_figure_too_large_to_work_with_is_set_aside_with_its_reason() -> None:
    values: list[float | None] = [40.0 + i % 3 for i in range(24)]
    values[5] = 1e16
    found = analyse_measure(make_series(values), NAVIGATOR, TODAY)
    assert SET_ASIDE in found.points[5].reason
    assert not found.points[5].used
    assert isinstance(found.effect, Effect)


def test_counts_too_far_apart_give_no_estimate_and_say_why() -> None:
    values: list[float | None] = [3.0, 1e9, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0]
    found = analyse_measure(make_series(values), NAVIGATOR, TODAY)
    assert isinstance(found.effect, TooEarly)
    assert "typing slip" in found.texts.sentence
