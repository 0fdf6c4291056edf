from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest

from analysis.finding import MeasureFinding, analyse_measure
from analysis.finding_words import inline
from analysis.measure_words import change_texts, value_text
from analysis.vocabulary import Direction, MeasureKind, RoleFacts, Series, Timeline
from tests.analysis.making import AFTER, ATTENDANCES, BEFORE, NAVIGATOR, TODAY, make_series, navigator_series


def find(series: Series, role: RoleFacts = NAVIGATOR) -> MeasureFinding:
    return analyse_measure(series, role, TODAY)


def test_the_words_of_the_drawn_example() -> None:
    texts = find(navigator_series()).texts
    assert texts.sentence == "A&E attendances fell by about 9\u00a0% after the role began. Early: 11 of 12 months."
    assert texts.headline == "−19 a month"
    assert texts.interval_line == "95\u00a0% interval −31 to −7 a month (−14\u00a0% to −3\u00a0%)"
    assert texts.n_line == (
        "12 months before, 11 after. April 2024 (phase-in) and April, May 2025 (provisional) are left out."
    )
    assert texts.chart_title == "A&E attendances per month, people aged 75 and over, Elm PCN"
    assert texts.chart_note == "XmR chart, NHS Making Data Count rules. Lower is better."


def test_the_statement_stands_alone_with_its_interval_and_number() -> None:
    statement = find(navigator_series()).texts.statement
    assert "95\u00a0% interval" in statement
    assert "12 months before, 11 after" in statement


def test_the_picture_in_words_names_means_limits_and_signal() -> None:
    text = find(navigator_series()).texts.alt_text
    for part in ("April 2023 to May 2025", "mean 214", "Limits 151 to 277", "mean 195", "run of 11 below the mean"):
        assert part in text


def everything_said(found: MeasureFinding) -> str:
    cautions = " ".join(caution.text for caution in found.cautions)
    return " ".join([*asdict(found.texts).values(), cautions, found.evidence.summary]).lower()


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("after", [AFTER, BEFORE, AFTER[:2], tuple(v + 60 for v in AFTER)])
def test_nothing_said_claims_a_cause(direction: Direction, after: tuple[int, ...]) -> None:
    said = everything_said(find(make_series([*BEFORE, 212, *after], measure=replace(ATTENDANCES, direction=direction))))
    for claim in ("because", "due to", "caused", "thanks to", "led to", "resulted in", "significant"):
        assert claim not in said


@pytest.mark.parametrize("after", [AFTER, BEFORE, tuple(v + 60 for v in AFTER)])
def test_a_neutral_measure_is_never_called_better_or_worse(after: tuple[int, ...]) -> None:
    found = find(make_series([*BEFORE, 212, *after], measure=replace(ATTENDANCES, direction=Direction.NEUTRAL)))
    said = everything_said(found).replace("neither way is better", "")
    for judgement in ("better", "worse", "improve", "concern"):
        assert judgement not in said


def test_no_number_stands_alone_when_there_is_no_estimate() -> None:
    texts = find(make_series([*BEFORE, 212, *AFTER[:2]])).texts
    assert texts.headline == "No answer yet"
    assert texts.key_change == "too early (2 of 12)"
    assert texts.interval_short == ""


def test_a_planned_role_says_what_could_be_found() -> None:
    texts = find(make_series(BEFORE), replace(NAVIGATOR, timeline=Timeline(None))).texts
    assert texts.key_change == "can detect 8\u00a0% or more"
    assert texts.interval_line == "The role has not started."


def test_many_left_out_periods_are_counted_and_not_named() -> None:
    values = [*BEFORE, 212, *AFTER]
    found = find(make_series(values, provisional=tuple(range(15, 24))))
    assert found.texts.n_line == "12 months before, 2 after. 10 are left out: 1 phase-in, 9 provisional."


def test_a_stretch_of_left_out_months_is_named_by_its_ends() -> None:
    role = replace(NAVIGATOR, timeline=Timeline(date(2024, 4, 8), phase_in_end=date(2024, 6, 30)))
    found = find(make_series([*BEFORE, 212, *AFTER]), role)
    assert found.texts.n_line.endswith("April 2024 to June 2024 (phase-in) are left out.")


def test_a_limit_that_is_not_zero_is_never_written_as_zero() -> None:
    assert change_texts(ATTENDANCES, -19, -38, -0.4) == ("−19.0", "−38.0", "−0.4")
    assert change_texts(ATTENDANCES, -19.2, -38.4, -7.0) == ("−19", "−38", "−7")
    assert change_texts(ATTENDANCES, 0.0) == ("0",)


def test_values_are_written_by_kind() -> None:
    share = replace(ATTENDANCES, kind=MeasureKind.PROPORTION, decimals=1)
    rate = replace(ATTENDANCES, kind=MeasureKind.RATE, multiplier=1000, decimals=1)
    money = replace(ATTENDANCES, kind=MeasureKind.MONEY)
    assert value_text(share, 0.924) == "92.4\u00a0%"
    assert value_text(rate, 0.0428) == "42.8"
    assert value_text(money, 3412) == "£3,412"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Falls", "falls"),
        ("A&E attendances", "A&E attendances"),
        ("GP contacts", "GP contacts"),
        ("PAM score", "PAM score"),
    ],
)
def test_a_name_within_a_sentence_keeps_its_initials(name: str, written: str) -> None:
    assert inline(name) == written
