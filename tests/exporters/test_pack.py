from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.problems import UserProblem
from db.answers import FileAnswer
from exporters.choices import Choices
from exporters.pack import digest_of, pack_of, write_pack
from exporters.report import report_of
from importers.pack import SMALL, checked_pack, read_pack
from resources import load


def made(sample: FileAnswer, **choices: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the choices
    return pack_of(report_of(sample, Choices(group_small=False, **choices)), load("factors"))


def text_of(content: dict[str, Any], *, signed: bool = True) -> str:
    return json.dumps({**content, "sha256": digest_of(content)} if signed else content)


def test_a_pack_that_was_written_is_read_back_with_every_result(sample: FileAnswer, tmp_path: Path) -> None:
    content = made(sample)
    written = write_pack(content, tmp_path / "pack.json", 3)
    read = read_pack(written.path)
    assert read.sha256 == written.sha256 == digest_of(content)
    assert len(read.results) == written.measures == sum(len(role.finding.measures) for role in sample.roles)
    own = sample.roles[0].finding.leading
    assert own is not None
    assert read.results[0].estimate == own.effect.relative  # type: ignore[union-attr]  # an effect in the sample
    assert written.sentence == "pack.json is written: 4 roles with 14 measures, 3 small numbers hidden."


def test_a_pack_holds_definitions_profile_dose_setting_and_factors_at_launch(sample: FileAnswer) -> None:
    role = made(sample)["roles"][0]
    assert role["profile"]["what_it_does"]
    assert role["setting"]["team"] == "Elm integrated neighbourhood team"
    assert role["measures"][0]["definition"]
    assert role["measures"][0]["definition_hash"]
    assert role["dose"]["people_in_post"] == "up to 7"
    assert role["dose"]["actual_wte"] is None


def test_no_small_number_of_people_is_in_a_pack(sample: FileAnswer) -> None:
    values = [
        one["value"]
        for role in made(sample)["roles"]
        for measure in role["measures"]
        if measure["kind"] == "count" and measure["counts_people"]
        for one in measure["values"]
        if one["value"] is not None
    ]
    assert values
    assert not [value for value in values if 0 < value <= 7]


def test_a_pack_never_shows_every_number(sample: FileAnswer) -> None:
    with pytest.raises(UserProblem, match="small numbers stay hidden"):
        made(sample, policy="none", reason="asked for")


def test_a_pack_that_points_to_a_person_is_not_written(sample: FileAnswer) -> None:
    report = report_of(sample, Choices(group_small=False))
    first = report.roles[0]
    facts = first.profile.facts.model_copy(update={"what_it_does": "Call jane.doe@example.org"})
    named = replace(first, profile=replace(first.profile, facts=facts))
    with pytest.raises(UserProblem, match="e-mail address"):
        pack_of(replace(report, roles=(named, *report.roles[1:])), load("factors"))


def test_a_changed_pack_is_refused(sample: FileAnswer) -> None:
    content = made(sample)
    content["roles"][0]["measures"][0]["effect"]["relative"] = -0.5
    with pytest.raises(UserProblem, match="was changed after it was made"):
        checked_pack(text_of(content, signed=False), "oak.json")


def test_a_pack_of_a_newer_version_is_refused_with_what_to_do(sample: FileAnswer) -> None:
    with pytest.raises(UserProblem, match="newer Roleworth") as told:
        checked_pack(text_of({**made(sample), "version": 2}), "oak.json")
    assert "Nothing was brought in" in told.value.sentence()


def test_a_pack_with_small_numbers_is_refused_at_its_place(sample: FileAnswer) -> None:
    content = made(sample)
    content["roles"][0]["measures"][0]["values"][0]["value"] = SMALL
    with pytest.raises(UserProblem, match="small numbers of people: A&E attendances, aged 75"):
        checked_pack(text_of(content), "oak.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "it is not JSON"),
        ("[1]", "is not an evidence pack"),
        ('{"format": "other"}', "is not an evidence pack"),
        ('{"format": "roleworth evidence pack"}', "does not say which version"),
        ('{"format": "roleworth evidence pack", "version": NaN}', "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_what_is_no_pack_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(UserProblem, match=words):
        checked_pack(text, "oak.json")


def test_a_pack_that_lacks_a_part_is_refused(sample: FileAnswer) -> None:
    content = made(sample)
    del content["roles"][0]["measures"][0]["definition_hash"]
    with pytest.raises(UserProblem, match="lacks part of what a pack holds"):
        checked_pack(text_of(content), "oak.json")


def test_a_pack_that_cannot_be_written_or_read_says_so(sample: FileAnswer, tmp_path: Path) -> None:
    with pytest.raises(UserProblem, match="cannot be written there"):
        write_pack(made(sample), tmp_path / "nowhere" / "pack.json")
    with pytest.raises(UserProblem, match="cannot be read"):
        read_pack(tmp_path / "nowhere.json")
