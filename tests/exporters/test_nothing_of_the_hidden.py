"""Whatever a hidden number was, the workbook is the same: nothing was made from it, nor any chart or word."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.vocabulary import MeasureFacts, MeasureKind, Series
from db.answers import RoleAnswer
from exporters.checker import failures
from exporters.choices import Choices
from exporters.policy import POLICIES
from exporters.report import report_of
from exporters.sheets import all_sheets
from tests.analysis.making import NAVIGATOR, make_series, navigator_series
from tests.exporters.conftest import workbook_of
from tests.exporters.making import REFERRALS, file_answer, role_answer

MONTHS = 24
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
    assert named_in <= {name for name in made.layouts if name.startswith("Chart_")}
    references = [found for chart in charts for found in re.findall(r"<c:f>(.*?)</c:f>", chart)]
    assert all(re.fullmatch(r"'?Chart_\w+'?!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", found) for found in references)
