from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.finding import Effect, TooEarly, Verdict, analyse_measure
from analysis.plain import as_plain
from analysis.vocabulary import Direction, MeasureKind, Series, State, Timeline
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
