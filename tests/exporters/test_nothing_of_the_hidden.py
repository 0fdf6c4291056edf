"""Whatever a hidden number was, the workbook is the same: nothing was made from it, nor any chart or word."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.finding_shapes import Effect
from analysis.plan import FROM_MEASURE, CostLineFacts
from analysis.vocabulary import CostKind, MeasureFacts, MeasureKind, Series
from db.answers import RoleAnswer
from exporters.checker import failures
from exporters.choices import Choices
from exporters.policy import POLICIES
from exporters.protected_volumes import BENEFIT_WORDS
from exporters.report import report_of
from exporters.sheets import all_sheets
from tests.analysis.making import NAVIGATOR, make_series, navigator_series
from tests.exporters.conftest import workbook_of
from tests.exporters.making import AVOIDED, PLAN, REFERRALS, counts, file_answer, role_answer

MONTHS = 24
TEAM_BY_MONTH = Choices(audience="Team", group_small=False)
KINDS = (MeasureKind.PROPORTION, MeasureKind.RATE, MeasureKind.MEAN)


def drawn(source: random.Random, kind: MeasureKind, most: int) -> tuple[Series, Series]:
    """One series twice: a few small numbers differ, each one that a policy hides; denominators are the same."""
    bottoms = [float(source.randint(40, 400)) for _ in range(MONTHS)]
    tops = [float(source.randint(most + 1, int(bottom) - most - 1)) for bottom in bottoms]
    other = list(tops)
    for place in source.sample(range(MONTHS), source.randint(1, 4)):
        tops[place], other[place] = (float(n) for n in source.sample(range(1, most + 1), 2))
        if kind is MeasureKind.PROPORTION and source.random() < 0.5:
            tops[place], other[place] = bottoms[place] - tops[place], bottoms[place] - other[place]
    return series_of(kind, tops, bottoms), series_of(kind, other, bottoms)


def series_of(kind: MeasureKind, tops: Sequence[float], bottoms: Sequence[float]) -> Series:
    measure = MeasureFacts(7, "Seen in time", kind, "%", multiplier=1000.0 if kind is MeasureKind.RATE else 1.0)
    if kind is MeasureKind.MEAN:
        return make_series([n * 1.7 for n in tops], measure=measure, counts=list(tops), sds=[1.0] * MONTHS)
    values = [top / bottom for top, bottom in zip(tops, bottoms, strict=True)]
    return make_series(values, measure=measure, numerators=list(tops), denominators=list(bottoms))


BY_REFERRAL = CostLineFacts(
    3, "Letters", "other", CostKind.PER_CONTACT, 250, "2024-25", date(2024, 4, 1), "Trust", measure_id=REFERRALS.id
)
TAKEN = replace(AVOIDED, id=2, label="Referrals avoided", measure_id=REFERRALS.id, method=FROM_MEASURE)
WITHOUT = {"benefit": replace(PLAN, benefits=(AVOIDED, TAKEN)), "cost": replace(PLAN, costs=(*PLAN.costs, BY_REFERRAL))}
"""Plans that take the volume of a benefit or of a cost from the count of referrals."""


def referrals(at: int, hidden: float) -> Series:
    """Counts around 40 then 20 of which one month holds `hidden`."""
    values: list[float | None] = [41.0, 38, 44, 39, 42, 40, 43, 37, 41, 40, 42, 39, 30, *[21.0, 19, 23, 20, 18, 22] * 2]
    values[at] = hidden
    return counts(values)


def told_but_totals(answer: RoleAnswer, policy: str) -> list[str]:
    """All sheets without the totals of counts, which the policy makes of true numbers and guards by hiding a second."""
    held = report_of(file_answer(answer), Choices(audience="Team", policy=policy, group_small=False))
    sheets = all_sheets(held)
    totals = [[n for n, column in enumerate(sheet.columns) if column.title.startswith("Total ")] for sheet in sheets]
    rows = [
        [tuple(cell for n, cell in enumerate(row) if n not in places) for row in sheet.rows]
        for sheet, places in zip(sheets, totals, strict=True)
    ]
    return [repr((replace(sheet, rows=()), held)) for sheet, held in zip(sheets, rows, strict=True)]


def package(answer: RoleAnswer, policy: str, folder: Path) -> dict[str, bytes]:
    """Every part of the finished workbook; the time of writing, which the core properties hold, left out."""
    folder.mkdir()
    held = report_of(file_answer(answer), Choices(audience="Team", policy=policy, group_small=False))
    path, made = workbook_of(held, folder)
    assert failures(path, made) == []
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


@pytest.mark.parametrize(("plan", "at"), [("benefit", 4), ("benefit", 16), ("cost", 16)])
@pytest.mark.parametrize("policy", ["hes", "under5"])
def test_money_that_rests_on_a_hidden_count_is_the_same_for_any_such_count(plan: str, policy: str, at: int) -> None:
    one, other = (role_answer(referrals(at, count), plan=WITHOUT[plan]) for count in (3.0, 4.0))
    assert one.economics.views[0].net != other.economics.views[0].net
    assert told_but_totals(one, policy) == told_but_totals(other, policy)


def test_no_byte_of_the_package_tells_a_hidden_count_that_money_rests_on(tmp_path: Path) -> None:
    both = replace(WITHOUT["benefit"], costs=WITHOUT["cost"].costs)
    parts = [
        package(role_answer(referrals(16, count), plan=both), "hes", tmp_path / f"{count:g}") for count in (3.0, 4.0)
    ]
    assert parts[0] == parts[1]


def test_what_is_withheld_is_said_and_what_rests_on_nothing_hidden_stays() -> None:
    shown = report_of(file_answer(role_answer(referrals(16, 3.0), plan=WITHOUT["benefit"])), TEAM_BY_MONTH).roles[0]
    assert not shown.economics.views
    assert shown.economics.worth_it.startswith(BENEFIT_WORDS)
    assert shown.economics.yearly_cost is not None
    open_month = report_of(file_answer(role_answer(referrals(16, 30.0), plan=WITHOUT["benefit"])), TEAM_BY_MONTH)
    assert open_month.roles[0].economics.views


def test_a_benefit_by_quarter_is_made_from_the_quarters_that_are_shown() -> None:
    few = [6.0, 7, 5, 6, 7, 6, 5, 7, 6, 6, 7, 5, 6, *[3.0, 4, 3, 4, 3, 4] * 2]
    answer = role_answer(counts(few), plan=WITHOUT["benefit"])
    shown = report_of(file_answer(answer), Choices(audience="Team")).roles[0]
    effect = shown.finding.measures[0].effect
    line = shown.economics.facts.benefits[1]
    assert shown.offers
    assert isinstance(effect, Effect)
    assert [line.before, line.after] == pytest.approx([effect.before / 3, effect.after / 3])


def told(answer: RoleAnswer, policy: str) -> str:
    return repr(all_sheets(report_of(file_answer(answer), Choices(audience="Team", policy=policy, group_small=False))))


def same_with_any_hidden_number(source: random.Random, rounds: int) -> None:
    for number in range(rounds):
        policy = ("hes", "under5")[number % 2]
        one, other = drawn(source, KINDS[number % len(KINDS)], POLICIES[policy].hide_up_to)
        assert told(role_answer(one), policy) == told(role_answer(other), policy), f"round {number}, {one}"


def test_a_hidden_part_of_a_share_a_rate_or_a_mean_changes_nothing_in_a_share_of_random_tables() -> None:
    same_with_any_hidden_number(random.Random(41), 6)


@pytest.mark.full
def test_a_hidden_part_of_a_share_a_rate_or_a_mean_changes_nothing_in_hundreds_of_random_tables() -> None:
    same_with_any_hidden_number(random.Random(42), 600)


@pytest.mark.full
def test_money_is_the_same_for_any_hidden_count_in_a_hundred_random_tables() -> None:
    source = random.Random(43)
    for number in range(100):
        policy, plan = ("hes", "under5")[number % 2], list(WITHOUT.values())[number // 2 % 2]
        most = POLICIES[policy].hide_up_to
        values = [float(source.randint(most + 1, 60)) for _ in range(25)]
        at, pair = source.choice([*range(12), *range(13, 25)]), source.sample(range(1, most + 1), 2)
        one, other = (role_answer(counts([*values[:at], float(count), *values[at + 1 :]]), plan=plan) for count in pair)
        assert told_but_totals(one, policy) == told_but_totals(other, policy), f"round {number}: {values}, {at}, {pair}"


def test_a_number_that_is_shown_does_change_the_workbook() -> None:
    one, _ = drawn(random.Random(5), MeasureKind.PROPORTION, 7)
    tops = [float(n) for n in one.numerators]
    place = next(place for place, n in enumerate(tops) if 40 < n < one.denominators[place] - 40)
    tops[place] += 20.0
    other = series_of(MeasureKind.PROPORTION, tops, [float(n) for n in one.denominators])
    assert told(role_answer(one), "hes") != told(role_answer(other), "hes")


@pytest.mark.parametrize(
    "text", ["=SUM(A1)", "'Notes'!$A$1", "Summary!$A$1:$B$2", "+1+cmd|'/c calc'!A0", "a\x07b]]>&<"]
)
def test_no_name_becomes_a_reference_or_breaks_a_chart(text: str, tmp_path: Path) -> None:
    role = replace(NAVIGATOR, name=text, place=text)
    named = replace(navigator_series(), measure=replace(navigator_series().measure, name=text, unit=text))
    second = replace(navigator_series(), measure=replace(REFERRALS, name=f"{text} 2", people_count=False))
    held = report_of(file_answer(role_answer(named, second, role=role)), Choices(audience="Team"))
    path, made = workbook_of(held, tmp_path)
    assert failures(path, made) == []
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) >= 4
    named_in = {sheet for chart in charts for sheet in re.findall(r"<c:f>'?(\w+)'?!", chart)}
    drawn = {name for name, layout in made.layouts.items() if layout.sheet.chart is not None}
    assert named_in <= drawn
    references = [found for chart in charts for found in re.findall(r"<c:f>(.*?)</c:f>", chart)]
    own = "|".join(map(re.escape, drawn))
    assert all(re.fullmatch(rf"'?({own})'?!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", found) for found in references)
