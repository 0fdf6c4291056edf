"""Appraisals kept as they were: the hash of their inputs, and two of them line by line."""

from __future__ import annotations

import json
from dataclasses import replace

from analysis.economics.role_economics import role_economics
from analysis.economics.saved import Difference, Snapshot, answers_of, compare, hash_of, snapshot
from analysis.plan import AppraisalFacts
from analysis.vocabulary import Timeline
from tests.analysis.economics.test_role_economics import FULL, KIT, PAY, START

FACTS = AppraisalFacts(START, 36, "2024-25", costs=(PAY, KIT), benefits=(FULL,), deflator={"2024-25": 100.0})


def kept(facts: AppraisalFacts = FACTS, edition: str = "March 2026") -> Snapshot:
    """What a store would hand back: through JSON and out of it again."""
    made = snapshot(role_economics(facts, [], Timeline(START)), {"GDP deflator": edition})
    parts = (json.loads(json.dumps(part)) for part in (made.vintages, made.inputs, made.outputs))
    return Snapshot(made.engine, made.input_hash, *parts)


def test_the_hash_is_that_of_the_inputs_and_of_nothing_else() -> None:
    assert kept().input_hash == kept().input_hash == hash_of(kept().inputs)
    assert kept(replace(FACTS, months=24)).input_hash != kept().input_hash
    assert kept(replace(FACTS, costs=(replace(PAY, payer="Council"), KIT))).input_hash != kept().input_hash


def test_two_of_the_same_differ_in_nothing() -> None:
    found = compare(kept(), kept())
    assert (found.inputs, found.outputs, found.sentence) == ((), (), "Nothing differs.")


def test_every_input_and_answer_that_differs_is_named_with_both_values() -> None:
    dearer = replace(PAY, amount_pence=4_000_000)
    more = replace(FULL, attribution="0.6")
    found = compare(kept(), kept(replace(FACTS, months=24, costs=(dearer,), benefits=(more,))))
    assert [(one.what, one.first, one.second) for one in found.inputs] == [
        ("Number of months", "36", "24"),
        ("Cost “Pay”: amount", "£36,000.00", "£40,000.00"),
        ("Cost “Laptop”", "there", "not there"),
        ("Benefit “A&E attendances”: share due to the role", "50.0\u00a0%", "60.0\u00a0%"),
    ]
    differing = [one.what for one in found.outputs]
    assert "Cost of a full year" in differing
    assert "All public sector (cash and capacity): net" in differing
    assert "Trust: net cash" in differing
    assert found.sentence == f"4 inputs differ; {len(found.outputs)} answers differ."


def test_another_edition_is_an_input_that_differs() -> None:
    found = compare(kept(), kept(edition="June 2026"))
    assert found.inputs == (Difference("Edition: GDP deflator", "March 2026", "June 2026"),)


def test_the_same_inputs_with_other_answers_are_put_down_to_the_engine() -> None:
    old = kept()
    changed = replace(old, outputs={**old.outputs, "yearly_cost": 1.0})
    assert compare(old, changed).sentence == (
        "The inputs are the same, yet 1 of the answers differ: the engine has changed."
    )


def test_volumes_are_marked_as_what_may_not_leave() -> None:
    found = compare(kept(), kept(replace(FACTS, benefits=(replace(FULL, before=61.0),))))
    guarded = {one.what for one in (*found.inputs, *found.outputs) if one.guarded}
    assert guarded == {"Benefit “A&E attendances”: before", "Counted in the plan, A&E attendances"}


def test_an_appraisal_that_could_not_be_answered_says_so_in_its_place() -> None:
    answers = answers_of(kept(replace(FACTS, costs=(replace(PAY, price_year="1999-00"),))).outputs)
    assert answers["Cost of a full year"] == "not given"
    assert answers["Withheld for want of an index"] == "1999-00"
