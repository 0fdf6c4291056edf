from __future__ import annotations

from dataclasses import replace
from math import expm1, log, nan

import pytest

from analysis.impact.pool import pool
from analysis.sites import SiteMeasure, SiteResult, definition_hash, factors_beside, over_sites
from analysis.vocabulary import MeasureKind

ATTENDANCES = SiteMeasure("A&E attendances", MeasureKind.COUNT, "count", "decrease", "ae", "All types", "d1")


def site(name: str, estimate: float, lower: float, upper: float, **changes: object) -> SiteResult:
    made = SiteResult(
        name, "navigation", ATTENDANCES, estimate, lower, upper, "", 12, 12, 2, False, False, {"induction": "met"}
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of a result


THREE = [site("Oak", -0.10, -0.18, -0.01), site("Ash", -0.05, -0.15, 0.06), site("Elm", -0.20, -0.30, -0.09)]


def test_ratios_are_pooled_on_logs_with_hartung_knapp_and_a_prediction_interval() -> None:
    (found,) = over_sites(THREE)
    logs = [log(0.90), log(0.95), log(0.80)]
    widths = [(log(0.99) - log(0.82)), (log(1.06) - log(0.85)), (log(0.91) - log(0.70))]
    expected = pool(
        estimates=logs, variances=[(w / (2 * 1.959963984540054)) ** 2 for w in widths], model="reml", hksj=True
    )
    assert found.centre == pytest.approx(expm1(expected.estimate))
    assert found.estimate == pytest.approx((expm1(expected.ci_lower), expm1(expected.ci_upper)))
    low, high = expected.prediction_interval_t_k2
    assert found.prediction == pytest.approx((expm1(low), expm1(high)))
    assert found.sentence.startswith("A&E attendances over 3 places: −")
    assert "prediction interval" in found.sentence


def test_places_that_agree_by_chance_are_no_surer_than_each_of_them_allows() -> None:
    (same,) = over_sites([replace(THREE[0], site=f"Place {at}") for at in range(3)])
    assert same.estimate is not None
    assert same.estimate[1] - same.estimate[0] > 0.05
    assert same.centre == pytest.approx(-0.10)


def test_two_places_have_an_average_and_no_prediction() -> None:
    (found,) = over_sites(THREE[:2])
    assert found.prediction is None
    assert "Two places are too few to say how far places differ" in found.sentence


def test_unlike_definitions_are_never_pooled_and_this_files_own_decides() -> None:
    other = replace(ATTENDANCES, definition_hash="d2")
    held = [*(replace(one, measure=other) for one in THREE[:2]), replace(THREE[2], is_own=True)]
    (found,) = over_sites(held)
    assert [one.site for one in found.included] == ["Elm"]
    assert [(one.result.site, one.why) for one in found.left_out] == [
        ("Oak", "counted by another definition"),
        ("Ash", "counted by another definition"),
    ]
    assert found.pooled is None
    assert "at least 2 are needed" in found.sentence


def test_what_cannot_be_pooled_is_listed_with_its_reason() -> None:
    early = site("Fir", nan, nan, nan, why_none="fewer than 3 usable months after launch")
    means = site("Yew", 0.4, 0.1, 0.7, measure=replace(ATTENDANCES, kind=MeasureKind.MEAN))
    flat = site("Bay", -1.0, -1.0, 0.2)
    (found,) = over_sites([*THREE, early, means, flat])
    assert {one.result.site: one.why for one in found.left_out} == {
        "Fir": "no estimate: fewer than 3 usable months after launch",
        "Yew": "recorded as a mean, not a count",
        "Bay": "its interval cannot be pooled",
    }


def test_a_place_that_sent_two_packs_counts_once_with_the_later() -> None:
    (found,) = over_sites([site("Oak", -0.5, -0.6, -0.4), *THREE])
    assert [one.site for one in found.included] == ["Oak", "Ash", "Elm"]
    assert found.included[0].estimate == -0.10
    assert found.left_out[0].why == "a later result of the same place is held"


def test_families_are_kept_apart_and_a_single_result_is_no_set() -> None:
    assert over_sites([THREE[0], replace(THREE[1], family="link work")]) == ()


def test_measures_without_a_library_key_are_matched_by_definition() -> None:
    own = replace(ATTENDANCES, library_key="")
    unlike = replace(own, definition_hash="d9")
    found = over_sites([replace(one, measure=own) for one in THREE] + [site("Fir", 0, -1, 1, measure=unlike)])
    assert [len(one.included) for one in found] == [3]


def test_a_definition_is_the_same_whatever_its_blanks_and_capitals() -> None:
    one = definition_hash("count", "visits", 1, "aged 75+", "All  types")
    assert one == definition_hash("count", "visits", 1.0, "Aged 75+", "all types ")
    assert one != definition_hash("count", "visits", 1, "aged 65+", "all types")


def test_factors_are_only_set_beside_one_another() -> None:
    held = [THREE[0], THREE[1], replace(THREE[2], factors={"induction": "barrier", "rooms": "met"})]
    (found,) = over_sites(held)
    (row,) = factors_beside(found)
    assert (row.key, [one.site for one in row.hindered], [one.site for one in row.met]) == (
        "induction",
        ["Elm"],
        ["Oak", "Ash"],
    )
