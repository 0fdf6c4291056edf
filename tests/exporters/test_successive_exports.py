"""An adversary who kept last month's export sets it beside this month's and tries every table behind both."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import inf

import numpy as np
import pytest

from analysis.finding_selection import select
from analysis.periods import Frequency, Period
from analysis.vocabulary import Series, Timeline
from exporters.beside_earlier import Beside, _Calendar, _Record, beside_earlier, newly_narrowed
from exporters.differencing import _by_programme, _InARow, _Together, narrowed
from exporters.disclosure import believed
from exporters.grouping import grouped
from exporters.policy import POLICIES, Policy
from exporters.protection import ProtectedSeries, protect
from exporters.register import _days, _read
from exporters.told import NOTHING, PEOPLE, Strands, Told
from exporters.totals import Totals, with_totals
from tests.analysis.making import months_from
from tests.exporters.making import counts

HES, UNDER_5 = POLICIES["hes"], POLICIES["under5"]
LAUNCH = date(2023, 7, 1)
LINE = Timeline(LAUNCH)
LARGEST = 30
Shown = tuple[ProtectedSeries, Totals, Beside]


def exported(raw: Series, policy: Policy, earlier: Strands = NOTHING, *, true: Series | None = None) -> Shown:
    chosen = select(raw, LINE)
    first = with_totals(raw, protect(raw, policy), chosen, policy)
    return beside_earlier(true or raw, raw, first, chosen, policy, earlier)


def months(values: Sequence[float | None]) -> Series:
    return counts(values, periods=months_from(2023, 4, len(values)))


def merged(*told: Strands) -> Strands:
    return {PEOPLE: tuple(dict.fromkeys(one for strands in told for one in strands.get(PEOPLE, ())))}


def facts_of(shown: Shown, true: Series, policy: Policy) -> list[tuple[frozenset[int], range]]:
    """Everything one export shows, found from what is shown alone: sets of months with the sums they can have."""
    protected, totals, _ = shown
    has_second = any(h and not policy.hides(float(n)) for h, n in zip(protected.hidden, true.values, strict=False))
    found = []
    for place, hidden in enumerate(protected.hidden):
        value = protected.shown.values[place]
        if hidden:
            least = int(true.values[place] > 0)
            found.append((frozenset({place}), range(least, (LARGEST if has_second else policy.hide_up_to) + 1)))
        elif value == value:
            low, high = believed(int(value), policy)
            found.append((frozenset({place}), range(low, high + 1)))
    for places, group in totals.groups:
        if group.total is not None:
            low, high = believed(group.total, policy)
            found.append((frozenset(places), range(low, high + 1)))
    used = {place for places, _ in totals.groups for place in places}
    if not any(protected.hidden[place] for place in used):
        for places, _ in totals.groups:
            exact = int(sum(true.values[place] for place in places))
            found.append((frozenset(places), range(exact, exact + 1)))
    return found


def possible(facts: Sequence[tuple[frozenset[int], range]], target: int, count: int) -> set[int]:
    """Every value the target can have in a table of whole numbers that agrees with all facts, month by month."""
    single = {place: range(LARGEST + 1) for place in range(count)}
    sums = []
    for places, values in facts:
        if len(places) == 1:
            (place,) = places
            single[place] = range(max(single[place].start, values.start), min(single[place].stop, values.stop))
        elif places:
            sums.append((places, values))
    reached: set[tuple[int, tuple[int, ...]]] = {(0, (0,) * len(sums))}
    for place in range(count):
        inside = [place in places for places, _ in sums]
        moves = single[place] if place == target or any(inside) else range(1)
        reached = {
            (value if place == target else held, tuple(s + value * i for s, i in zip(so_far, inside, strict=True)))
            for held, so_far in reached
            for value in moves
        }
        last = {n for n, (places, _) in enumerate(sums) if max(places) <= place}
        reached = {
            (held, so_far)
            for held, so_far in reached
            if all(so_far[n] in sums[n][1] if n in last else so_far[n] < sums[n][1].stop for n in range(len(sums)))
        }
    return {held for held, _ in reached}


def as_seen(shown: Shown) -> tuple[object, ...]:
    """What one export shows, to be compared with another."""
    return shown[0].hidden, shown[1].before, shown[1].after


def leaks(first: Shown, second: Shown, raw: tuple[Series, Series], policy: Policy) -> list[str]:
    """Hidden counts that both exports together narrow."""
    facts = [*facts_of(first, raw[0], policy), *facts_of(second, raw[1], policy)]
    true, every = raw[1].values, set(range(1, policy.hide_up_to + 1))
    hidden = {
        place for shown in (first, second) for place, h in enumerate(shown[0].hidden) if h and policy.hides(true[place])
    }
    return [f"month {place}" for place in sorted(hidden) if not every <= possible(facts, place, len(true))]


def tables(seed: int, count: int) -> Iterator[tuple[list[int], int, Policy]]:
    source = random.Random(seed)
    for _ in range(count):
        largest = source.choice((5, 12, 25))
        values = [source.randint(0, largest) for _ in range(source.randint(4, 7))]
        yield values, source.randint(3, len(values) - 1), source.choice((HES, UNDER_5))


def attack(seed: int, count: int) -> int:
    """Attack pairs of exports: some months, then more of them. Returns how many needed more to be hidden."""
    more = 0
    for values, first_count, policy in tables(seed, count):
        raw = months(values[:first_count]), months(values)
        first = exported(raw[0], policy)
        second = exported(raw[1], policy, first[2].told)
        assert leaks(first, second, raw, policy) == [], (values, first_count, policy.key)
        plain = exported(raw[1], policy)
        more += as_seen(plain) != as_seen(second)
    return more


def test_two_exports_in_succession_give_no_hidden_count_back_in_a_share_of_random_tables() -> None:
    assert attack(seed=20260501, count=150) > 0


@pytest.mark.full
def test_two_exports_in_succession_give_no_hidden_count_back_in_ten_thousand_random_tables() -> None:
    assert attack(seed=11, count=10_000) > 100


def test_the_adversary_does_find_a_count_when_exports_do_not_know_of_each_other() -> None:
    raw = months([20, 21, 22, 20, 8, 21]), months([20, 21, 22, 20, 8, 21, 3])
    first, second = exported(raw[0], UNDER_5), exported(raw[1], UNDER_5)
    assert leaks(first, second, raw, UNDER_5) == ["month 6"]
    safe = exported(raw[1], UNDER_5, first[2].told)
    assert leaks(first, safe, raw, UNDER_5) == []
    assert safe[1].after is None
    assert safe[2].given_away == 0


def test_months_hidden_after_their_quarter_was_shown_are_not_given_back() -> None:
    raw = months([20, 20, 20, 9, 3, 8, 20, 20, 20])
    quarters = grouped(raw, Frequency.QUARTER, LINE)
    first = exported(quarters, UNDER_5, true=raw)
    second = exported(raw, UNDER_5, first[2].told)
    hidden = [period.label for period, h in zip(raw.periods, second[0].hidden, strict=True) if h]
    assert "Aug 23" in hidden
    assert {"Jul 23", "Sep 23"} & set(hidden)
    assert narrowed([*first[2].told[PEOPLE], *second[2].told[PEOPLE]]) == frozenset()


def test_the_same_export_again_hides_no_more() -> None:
    raw = months([20, 3, 22, 24, 2, 21, 30])
    for policy in (HES, UNDER_5):
        first = exported(raw, policy)
        again = exported(raw, policy, first[2].told)
        assert as_seen(again) == as_seen(first)
        assert again[2].more == 0


def test_a_value_revised_since_no_longer_counts_against_what_may_be_shown() -> None:
    first = exported(months([20, 21, 22, 20, 8, 21]), UNDER_5)
    raw = months([20, 21, 22, 25, 9, 24, 3])
    second = exported(raw, UNDER_5, first[2].told)
    kept = second[2].earlier[PEOPLE]
    assert {one.days[0].label for one in kept if len(one.days) == 1} >= {"Apr 23", "May 23", "Jun 23"}
    assert not any(one.days[0].label == "Jul 23" for one in kept)


def test_a_count_that_earlier_exports_gave_away_is_counted_and_hides_nothing_more() -> None:
    raw = months([20, 21, 22, 20, 3, 21])
    open_told = exported(raw, replace(POLICIES["none"], reason="a test"))[2].told
    for earlier in (open_told, merged(open_told, exported(raw, HES)[2].told)):
        second = exported(raw, HES, earlier)
        assert second[2].given_away == 1
        assert second[2].more == 0
        assert not newly_narrowed(second[2].told, second[2].earlier)


def test_things_told_that_contradict_each_other_are_said_to() -> None:
    april = Period(date(2023, 4, 1), date(2023, 4, 30))
    may = Period(date(2023, 5, 1), date(2023, 5, 31))
    told = [Told((april,), 1, 7, 7), Told((may,), 20, 20), Told((Period(april.start, may.end),), 15, 15)]
    assert narrowed(told) is None


@pytest.mark.parametrize(
    "days",
    [
        (Period(date(2023, 4, 1), date(2023, 4, 30)),),
        (Period(date(2023, 4, 1), date(2024, 3, 31)), Period(date(2024, 5, 1), date(2024, 5, 31))),
        (Period(date(2024, 2, 5), date(2024, 2, 11)),),
    ],
)
def test_stretches_of_days_are_read_back_as_they_were_kept(days: tuple[Period, ...]) -> None:
    assert _read(_days(days)) == days


def test_bounds_beside_one_sum_are_those_of_the_linear_programme() -> None:
    source = random.Random(8)
    for _ in range(60):
        places = [frozenset({place}) for place in range(source.randint(2, 6))]
        counts_ = [source.randint(0, 9) for _ in places]
        bounds = {
            place: (float(max(0, n - source.randint(0, 3))), float(n + source.randint(0, 3)))
            for place, n in zip(places, counts_, strict=True)
            if source.random() < 0.8
        }
        told = sum(counts_) + source.choice((0, 0, 0, 30))
        bounds[frozenset().union(*places)] = float(told), float(told + source.randint(0, 2))
        assert _Together(bounds).ends(places[0]) == _by_programme(bounds, places[0])


def rows_told(seed: int, count: int) -> Iterator[dict[frozenset[int], tuple[float, float]]]:
    """Sums over stretches of pieces, which overlap in any way, of a table; some of them contradict it."""
    source = random.Random(seed)
    for _ in range(count):
        people = [source.randint(0, 9) for _ in range(source.randint(2, 9))]
        bounds = {frozenset({0}): (0.0, inf)}
        for _ in range(source.randint(2, 12)):
            first, last = sorted((source.randrange(len(people)), source.randrange(len(people))))
            true = sum(people[first : last + 1]) + source.choice((0,) * 15 + (9,))
            high = source.choice((true, true + 4, inf))
            bounds[frozenset(range(first, last + 1))] = float(max(0, true - source.choice((0, 3)))), float(high)
        yield bounds


def test_bounds_of_sums_over_stretches_that_overlap_are_those_of_the_linear_programme() -> None:
    contradictions = 0
    for bounds in rows_told(seed=9, count=40):
        row = _InARow.of(bounds)
        for wanted in bounds:
            found = row and row.ends(wanted)
            assert found == _by_programme(bounds, wanted)
            contradictions += found is None
    assert contradictions > 0


def test_sums_that_leave_out_a_piece_that_another_holds_go_to_the_linear_programme() -> None:
    bounds = {frozenset({0, 2}): (10.0, 10.0), frozenset({0, 1, 2}): (14.0, 16.0), frozenset({1}): (0.0, inf)}
    assert _InARow.of(bounds) is None
    assert _Together(bounds).ends(frozenset({1})) == (4.0, 6.0)


@pytest.mark.parametrize("seed", range(5))
def test_a_stretch_of_days_is_summed_as_any_days_are(seed: int) -> None:
    chance = random.Random(seed)
    periods = [one for one in months_from(2023, 4, 30) if chance.random() > 0.1]
    people = np.array([float("nan") if chance.random() < 0.15 else chance.randint(0, 40) for _ in periods])
    record = _Record(_Calendar(periods), people)
    known = 0
    for _ in range(200):
        first = chance.randrange(len(periods))
        last = min(len(periods) - 1, first + chance.randrange(6))
        late, early = timedelta(chance.choice((0, 0, 0, 3))), timedelta(chance.choice((0, 0, 0, 4)))
        stretch = (Period(periods[first].start + late, periods[last].end - early),)
        assert record.sum_over(stretch) == record._sum_of_any(stretch)
        known += record.sum_over(stretch) is not None
    assert known > 20
