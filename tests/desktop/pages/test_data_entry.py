from __future__ import annotations

import pytest

from analysis.vocabulary import MeasureFacts, MeasureKind, State
from desktop.pages.data.entry import edited_text, read_entry


def measure(kind: MeasureKind, multiplier: float = 1.0, maximum: float | None = None) -> MeasureFacts:
    return MeasureFacts(1, "M", kind, "", multiplier=multiplier, maximum=maximum)


COUNT, MONEY, SHARE = measure(MeasureKind.COUNT), measure(MeasureKind.MONEY), measure(MeasureKind.PROPORTION)
RATE, MEAN = measure(MeasureKind.RATE, 1000), measure(MeasureKind.MEAN, maximum=100)
PAIRED = measure(MeasureKind.PAIRED_MEAN)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (COUNT, "1,890", 1890),
        (COUNT, "0", 0),
        (MONEY, "£3,412", 3412),
        (SHARE, "12%", 0.12),
        (SHARE, "12", 0.12),
        (SHARE, "12/40", 0.3),
        (SHARE, "12 of 40", 0.3),
        (RATE, "6.2", 0.0062),
        (RATE, "31/5,000", 0.0062),
        (MEAN, "51.2", 51.2),
    ],
)
def test_a_figure_is_held_as_its_measure_holds_it(kind: MeasureFacts, text: str, value: float) -> None:
    typed = read_entry(kind, text)
    assert typed.fault == ""
    assert typed.value == pytest.approx(value)


def test_a_share_keeps_the_two_numbers_it_was_made_of() -> None:
    facts = read_entry(SHARE, "12/40").facts
    assert (facts["numerator"], facts["denominator"]) == (12, 40)


def test_a_mean_takes_its_spread_and_the_number_of_people() -> None:
    facts = read_entry(MEAN, "51.2; sd 8.1; n 30").facts
    assert (facts["value"], facts["sd"], facts["contributors"]) == (51.2, 8.1, 30)


def test_a_change_in_the_same_people_is_kept_as_such() -> None:
    facts = read_entry(PAIRED, "3.2; sd 6; n 30").facts
    assert (facts["change_mean"], facts["change_sd"], facts["pairs"]) == (3.2, 6, 30)


def test_what_is_suppressed_has_bounds_and_is_never_zero() -> None:
    facts = read_entry(COUNT, "<5").facts
    assert (facts["state"], facts["low"], facts["high"], facts.get("value")) == (State.SUPPRESSED, 0, 4, None)
    assert read_entry(COUNT, "*").facts == {"state": State.SUPPRESSED}
    assert read_entry(SHARE, "<5").facts["high"] == pytest.approx(0.05)


@pytest.mark.parametrize("kind", [COUNT, SHARE, RATE, MEAN])
@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("*", State.SUPPRESSED),
        ("[c]", State.SUPPRESSED),
        ("n/a", State.MISSING_AT_SOURCE),
        ("#N/A", State.MISSING_AT_SOURCE),
        ("-", State.MISSING_AT_SOURCE),
        ("[z]", State.NOT_APPLICABLE),
    ],
)
def test_what_a_publisher_writes_in_place_of_a_figure_is_no_figure_of_any_kind(
    kind: MeasureFacts, text: str, state: State
) -> None:
    assert read_entry(kind, text).facts == {"state": state}


def test_not_collected_is_neither_empty_nor_zero() -> None:
    assert read_entry(COUNT, "not collected").facts == {"state": State.NOT_COLLECTED}
    assert read_entry(COUNT, "").clears


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (COUNT, "12-", "not a number"),
        (COUNT, "-3", "cannot be below zero"),
        (COUNT, "12%", "a count belongs"),
        (COUNT, "£12", "a count belongs"),
        (SHARE, "£12", "a percentage belongs"),
        (SHARE, "112", "between 0 and 100"),
        (SHARE, "12/4", "more than all"),
        (SHARE, "12/0", "above zero"),
        (MEAN, "101", "highest possible value is 100"),
        (MEAN, "51.2; x 3", "neither sd nor n"),
        (MEAN, "51.2; n -3", "below zero"),
    ],
)
def test_a_text_that_will_not_do_says_why(kind: MeasureFacts, text: str, words: str) -> None:
    assert words in read_entry(kind, text).fault


def test_a_slip_of_the_hand_has_a_proposal() -> None:
    assert read_entry(COUNT, "12-").proposal == "12"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (COUNT, "1340"),
        (SHARE, "12.5%"),
        (SHARE, "12/40"),
        (RATE, "6.2"),
        (MEAN, "51.2; sd 8.1; n 30"),
        (PAIRED, "3; n 9"),
    ],
)
def test_entering_what_the_editor_shows_changes_nothing(kind: MeasureFacts, text: str) -> None:
    facts = read_entry(kind, text).facts
    assert edited_text(kind, facts) == text
