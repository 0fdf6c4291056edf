"""Thinning never takes the newest five, nor what is younger than 48 hours, whatever any clock says."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from db.thinning import ALWAYS, YOUNG_SECONDS, Kept, Reading, ages, to_thin

HOUR = 3600.0
DAY = 24 * HOUR


@dataclass(frozen=True)
class Happened:
    """What really passed before a backup: time, a restart of the machine, another machine on the same folder."""

    seconds: float
    restart: bool
    machine: int


events = st.lists(
    st.builds(Happened, st.floats(0, 10 * DAY), st.booleans(), st.integers(0, 1)),
    min_size=1,
    max_size=120,
)


def readings(happened: list[Happened]) -> tuple[list[Kept], dict[int, float], Reading]:
    """What the backups' clocks said, how old each really is, and what the clock says now."""
    true, started, runs = 0.0, {0: 0.0, 1: 0.0}, {0: 0, 1: 0}
    kept, made = [], {}
    for number, event in enumerate(happened, 1):
        true += event.seconds
        if event.restart:
            started[event.machine], runs[event.machine] = true, runs[event.machine] + 1
        run = f"{event.machine}-{runs[event.machine]}"
        kept.append(Kept(number, Reading(run, true - started[event.machine])))
        made[number] = true
    return kept, {number: true - when for number, when in made.items()}, kept[-1].reading


@given(events)
def test_nothing_younger_than_two_days_and_none_of_the_newest_five_is_thinned(happened: list[Happened]) -> None:
    kept, really, now = readings(happened)
    gone = to_thin(kept, now)
    newest = {backup.number for backup in kept[-ALWAYS:]}
    assert not gone & newest
    assert all(really[number] >= YOUNG_SECONDS for number in gone)


@given(events)
def test_a_backup_is_never_held_for_older_than_it_is(happened: list[Happened]) -> None:
    kept, really, now = readings(happened)
    assert all(age <= really[number] + 1e-6 for number, age in ages(kept, now).items())


@given(events)
def test_thinning_twice_takes_nothing_more(happened: list[Happened]) -> None:
    kept, _, now = readings(happened)
    gone = to_thin(kept, now)
    assert to_thin([backup for backup in kept if backup.number not in gone], now) == set()


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), min_size=8, max_size=60))
def test_clocks_that_jump_about_never_cost_one_of_the_newest_five(seconds: list[float]) -> None:
    kept = [Kept(number, Reading("run", at)) for number, at in enumerate(seconds, 1)]
    gone = to_thin(kept, Reading("run", seconds[-1]))
    assert not gone & {backup.number for backup in kept[-ALWAYS:]}


def test_the_wall_clock_is_not_asked() -> None:
    import db.thinning as thinning

    assert not {"datetime", "time.time", "localtime"} & set(thinning.__dict__)


def test_a_year_of_half_hours_leaves_few_and_from_every_age() -> None:
    kept: list[Kept] = []
    for number in range(1, 365 * 16 + 1):
        kept.append(Kept(number, Reading("run", number * HOUR / 2 * 3)))
        gone = to_thin(kept, kept[-1].reading)
        kept = [backup for backup in kept if backup.number not in gone]
    distances = [kept[-1].number - backup.number for backup in kept]
    assert len(kept) < 120
    assert max(distances) > 5000
    for far in (20, 80, 320, 1280):
        assert any(far <= distance < far * 4 for distance in distances)
