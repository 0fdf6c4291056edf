"""An adversary who knows the policy and everything shown tries every table that could lie behind it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product

import pytest

from exporters.disclosure import ProtectedGroup, believed, bounds_of, narrowed, protect_group
from exporters.policy import POLICIES, Policy

HES, UNDER_5 = POLICIES["hes"], POLICIES["under5"]
LARGEST = 40


def possible(shown: int | None, policy: Policy, most: int) -> range:
    """Every true count that could lie behind a cell."""
    if shown is None:
        return range(1, most + 1)
    low, high = believed(shown, policy)
    return range(low, high + 1)


def attacked(group: ProtectedGroup, policy: Policy) -> dict[int, set[int]]:
    """What each hidden count can be, found by sums of sets and not by the arithmetic under test."""
    most = LARGEST if any(group.secondary) else policy.hide_up_to
    cells = [set(possible(cell, policy, most)) for cell in group.cells]
    if group.total is None:
        return {place: held for place, held in enumerate(cells) if group.cells[place] is None}
    totals = set(possible(group.total, policy, most))
    found = {}
    for place, cell in enumerate(group.cells):
        if cell is None:
            sums = {0}
            for other, held in enumerate(cells):
                if other != place:
                    sums = {s + value for s in sums for value in held}
            found[place] = {value for value in cells[place] if any(value + s in totals for s in sums)}
    return found


def tables(seed: int, count: int) -> Iterator[tuple[list[int], Policy]]:
    source = random.Random(seed)
    for _ in range(count):
        largest = source.choice((4, 9, 15, LARGEST))
        yield [source.randint(0, largest) for _ in range(source.randint(1, 9))], source.choice((HES, UNDER_5))


def no_table_leaks(seed: int, count: int) -> None:
    for counts, policy in tables(seed, count):
        group = protect_group(counts, policy)
        for place, values in attacked(group, policy).items():
            if not group.secondary[place]:
                assert set(range(1, policy.hide_up_to + 1)) <= values, (counts, policy.key, group)


def test_no_hidden_count_can_be_narrowed_in_hundreds_of_random_tables() -> None:
    no_table_leaks(seed=20260401, count=400)


@pytest.mark.full
def test_no_hidden_count_can_be_narrowed_in_ten_thousand_random_tables() -> None:
    no_table_leaks(seed=7, count=10_000)


def test_the_adversary_does_find_a_count_that_a_careless_table_gives_back() -> None:
    careless = ProtectedGroup((None, 20, 30), 53, (False, False, False))
    assert attacked(careless, UNDER_5)[0] == {3}
    assert narrowed(careless, UNDER_5) == (0,)


@pytest.mark.parametrize("counts", list(product((0, 2, 6, 9, 21), repeat=3)))
@pytest.mark.parametrize("policy", [HES, UNDER_5], ids=lambda policy: policy.key)
def test_bounds_are_those_of_trying_every_table(counts: tuple[int, ...], policy: Policy) -> None:
    group = protect_group(counts, policy)
    if any(group.secondary) and group.total is not None:
        return
    found = attacked(group, policy)
    assert {place: (min(v), max(v)) for place, v in found.items()} == bounds_of(group, policy)


def test_a_lone_hidden_count_takes_the_smallest_other_with_it() -> None:
    group = protect_group([3, 20, 12], UNDER_5)
    assert group.cells == (None, 20, None)
    assert group.secondary == (False, False, True)
    assert group.total == 35


def test_a_total_that_would_narrow_is_dropped() -> None:
    assert protect_group([1, 1, 20], UNDER_5).total is None
    assert protect_group([8, 1], HES).total is None


def test_zeros_are_shown_and_a_small_total_is_not() -> None:
    group = protect_group([0, 0, 3], HES)
    assert group.cells == (0, 0, None)
    assert group.total is None


def test_the_same_table_is_always_protected_alike() -> None:
    assert protect_group([3, 20, 12, 9], HES) == protect_group([3, 20, 12, 9], HES)
