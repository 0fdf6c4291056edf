from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

import resources
from analysis.finding_shapes import Effect, TooEarly, Verdict
from db.answers import FileAnswer, RoleAnswer, answer_file
from db.checks import check_file
from db.sample import write_sample
from tools.build_sample import TARGET, build

TRUTH = resources.load("sample_parameters")["truth"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FileAnswer]:
    path = tmp_path_factory.mktemp("sample") / "northvale.roleworth"
    store = write_sample(
        path, resources.load("sample_northvale"), resources.load("measure_library"), resources.load("role_catalogue")
    )
    assert check_file(path).faults == ()
    yield answer_file(store, today=date(2025, 6, 12), deflator=resources.deflator())
    store.close()


def role(sample: FileAnswer, name: str) -> RoleAnswer:
    return next(held for held in sample.roles if held.role.name == name)


def effect(held: RoleAnswer) -> Effect:
    assert held.finding.leading is not None
    found = held.finding.leading.effect
    assert isinstance(found, Effect)
    return found


def test_the_sample_is_what_its_seed_gives() -> None:
    assert json.loads(TARGET.read_text(encoding="utf-8")) == json.loads(json.dumps(build()))


def test_the_effect_that_was_put_in_is_found_and_lies_in_its_interval(sample: FileAnswer) -> None:
    held = role(sample, "Care navigator")
    found = effect(held)
    true_change = TRUTH["A&E attendances"]["ratio_after"] - 1
    assert found.relative_lower < true_change < found.relative_upper
    assert held.finding.leading is not None
    assert held.finding.leading.verdict is Verdict.IMPROVEMENT
    assert held.finding.evidence is not None
    assert held.finding.evidence.level == 2


def test_no_change_is_claimed_where_none_was_put_in(sample: FileAnswer) -> None:
    held = role(sample, "Link worker")
    found = effect(held)
    assert found.relative_lower < 0 < found.relative_upper
    assert held.finding.leading is not None
    assert held.finding.leading.verdict is Verdict.COMMON_CAUSE


def test_a_role_that_began_too_recently_gets_no_estimate(sample: FileAnswer) -> None:
    leading = role(sample, "Case manager").finding.leading
    assert leading is not None
    assert isinstance(leading.effect, TooEarly)


def test_a_planned_role_says_what_could_be_detected(sample: FileAnswer) -> None:
    assert "can detect" in role(sample, "Extended support worker").finding.key_change


def test_cash_stands_apart_from_capacity_and_costs_not_known_are_named(sample: FileAnswer) -> None:
    held = role(sample, "Care navigator").economics
    cash, public = held.views
    assert cash.net < public.net
    assert held.not_known == ("Room at the practice",)
    assert held.break_even
