"""Whatever a team recorded, the workbook passes its own checks."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.periods import Frequency
from analysis.plan import AppraisalFacts
from analysis.vocabulary import Direction, MeasureFacts, MeasureKind, Series, State, Timeline
from db.answers import RoleAnswer
from exporters.choices import Choices
from exporters.policy import POLICIES
from exporters.workbook import write_workbook
from tests.analysis.making import NAVIGATOR, make_series, months_from
from tests.exporters.making import AVOIDED, LAUNCH, PAY, PLAN, TRAVEL, file_answer, role_answer

STATES = (State.SUPPRESSED, State.MISSING_AT_SOURCE, State.NOT_APPLICABLE, State.NOT_COLLECTED)


def any_series(source: random.Random, number: int) -> Series:
    kind = source.choice(list(MeasureKind))
    count = source.choice((0, 1, 2, 5, 9, 14, 26, 40))
    level = source.choice((0.4, 3, 9, 60, 900))
    tops = [float(source.randint(0, round(2 * level) + 1)) for _ in range(count)]
    bottoms = [top + source.randint(1, 90) for top in tops]
    shares = kind in (MeasureKind.RATE, MeasureKind.PROPORTION, MeasureKind.PAIRED_PROPORTION)
    values = [t / b for t, b in zip(tops, bottoms, strict=True)] if shares else tops
    states = {place: source.choice(STATES) for place in range(count) if source.random() < 0.1}
    held = [None if place in states else value for place, value in enumerate(values)]
    parts = {"numerators": tops, "denominators": bottoms} if shares and source.random() < 0.8 else {}
    people = [float(source.randint(1, 30)) for _ in range(count)]
    if kind in (MeasureKind.MEAN, MeasureKind.PAIRED_MEAN) and source.random() < 0.7:
        parts = {"counts": people, "sds": [1.5] * count}
    if kind is MeasureKind.PAIRED_MEAN:
        parts |= {"change_means": tops, "change_sds": [2.0] * count, "pairs": people}
    measure = MeasureFacts(
        number,
        source.choice(("Falls", "Open caseload", "Sickness absence", "=SUM(A1)", "Contacts by the role"))
        + f" {number}",
        kind,
        source.choice(("", "people", "£", "days")),
        source.choice(list(Direction)),
        people_count=source.random() < 0.6,
        multiplier=1000.0 if kind is MeasureKind.RATE else 1.0,
        decimals=source.randint(0, 2),
        frequency=source.choice((Frequency.MONTH, Frequency.MONTH, Frequency.QUARTER)),
    )
    provisional = [count - 1] if count and source.random() < 0.5 else []
    periods = months_from(2023, 4, count) if count else None
    return make_series(held, measure=measure, periods=periods, provisional=provisional, states=states, **parts)  # type: ignore[arg-type]  # parts of a series


def any_plan(source: random.Random) -> AppraisalFacts:
    unknown = replace(PAY, id=3, label="Room", amount_pence=None)
    lacking = replace(AVOIDED, id=2, attribution=None, measure_id=2)
    return replace(
        PLAN,
        months=source.choice((7, 12, 36, 61)),
        timing=source.choice(("year_start", "mid_year", "year_end", "monthly")),
        schedule=source.choice(("green_book", "green_book_health")),
        costs=source.choice(((), (PAY,), (PAY, TRAVEL), (PAY, unknown))),
        benefits=source.choice(((), (AVOIDED,), (AVOIDED, replace(AVOIDED, id=3, measure_id=3)), (AVOIDED, lacking))),
    )


def any_role(source: random.Random, number: int) -> RoleAnswer:
    launch = source.choice((LAUNCH, LAUNCH, None))
    name = source.choice(("Care navigator", "+Link worker", 'Case manager\'s "aide" <b>'))
    role = replace(NAVIGATOR, id=number, name=name, place=f"Place {number}", timeline=Timeline(launch))
    series = [any_series(source, place) for place in range(1, source.randint(1, 5))]
    return role_answer(*series, role=role, plan=any_plan(source), head_count=source.choice((None, 1, 12)))


def passes(seed: int, folder: Path) -> None:
    source = random.Random(seed)
    answer = file_answer(*(any_role(source, number) for number in range(1, source.randint(2, 4))))
    choices = Choices(policy=source.choice(list(POLICIES)), reason="a test", group_small=source.random() < 0.5)
    assert len(write_workbook(answer, choices, folder / f"{seed}.xlsx").checks) == 32


@pytest.mark.parametrize("seed", range(5))
def test_a_workbook_of_any_implementation_passes_its_checks(seed: int, tmp_path: Path) -> None:
    passes(seed, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 300))
def test_workbooks_of_two_hundred_implementations_pass_their_checks(seed: int, tmp_path: Path) -> None:
    passes(seed, tmp_path)
