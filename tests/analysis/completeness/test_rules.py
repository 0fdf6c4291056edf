from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.completeness.rules import NAMES, RULES, completeness
from analysis.completeness.shapes import CostRecord, Item, MeasureRecord, RecordFacts
from analysis.vocabulary import Purpose

OUTCOME = MeasureRecord(
    "A&E attendances", Purpose.OUTCOME, True, (), True, True, True, 12, 8, True, 21, 0, True, True, True
)
PROCESS = replace(OUTCOME, label="Contacts", purpose=Purpose.PROCESS, is_primary=False)
BALANCING = replace(PROCESS, label="Declined", purpose=Purpose.BALANCING)
COSTS = tuple(
    CostRecord(label, label.lower(), True, True, True)
    for label in ("Pay", "Set-up", "Training", "Supervision", "Accommodation")
)
FULL = RecordFacts(
    written=frozenset({*NAMES, "adaptations", "why_no_comparator", "perspective"}),
    measures=(OUTCOME, PROCESS, BALANCING),
    costs=COSTS,
    months_since_launch=13,
    months_staffed=12,
    context_changes=1,
    groups=2,
    voices=frozenset({"patient", "staff"}),
    frame_recorded=True,
    benefits=1,
    sensitivities=1,
    evidence_level=2,
)


def item(facts: RecordFacts, number: int) -> Item:
    return completeness(facts).items[number - 1]


def test_there_are_36_facts_of_which_30_are_required() -> None:
    assert [rule.number for rule in RULES] == list(range(1, 37))
    assert {rule.number for rule in RULES if not rule.required} == {9, 14, 20, 21, 22, 35}


def test_a_full_record_misses_nothing() -> None:
    held = completeness(FULL)
    assert held.missing == ()
    assert held.sentence.startswith("30 of the 30 facts a commissioner\u2019s summary needs are recorded, and 6 of ")


def test_an_empty_record_has_only_what_the_app_itself_does() -> None:
    held = completeness(RecordFacts(frozenset()))
    assert [one.number for one in held.items if one.done] == [33]
    assert "1 of the 30" in held.sentence
    assert "0 of the 6 that would help" in held.sentence
    assert [one.required for one in held.missing] == [True] * 29 + [False] * 6


def test_every_missing_fact_says_what_is_missing_and_where_it_goes() -> None:
    for one in completeness(RecordFacts(frozenset())).missing:
        assert one.said, one.number
        assert one.fields, one.number


@pytest.mark.parametrize("fact", sorted(NAMES))
def test_each_written_fact_is_asked_for_by_its_own_name(fact: str) -> None:
    held = completeness(replace(FULL, written=FULL.written - {fact}))
    assert any(fact in one.fields for one in held.missing)


def test_three_points_before_launch_do_and_twelve_are_preferred() -> None:
    def with_before(count: int) -> Item:
        return item(replace(FULL, measures=(replace(OUTCOME, n_before=count), PROCESS, BALANCING)), 15)

    assert (with_before(2).done, with_before(3).done, with_before(12).done) == (False, True, True)
    assert "12 points before launch are preferred: A&E attendances, 3" in with_before(3).said
    assert with_before(12).said == ""


def test_a_changed_definition_is_no_baseline() -> None:
    assert not item(replace(FULL, measures=(replace(OUTCOME, same_definition=False),)), 15).done


def test_blanks_without_a_reason_are_counted_and_named() -> None:
    found = item(replace(FULL, measures=(replace(OUTCOME, periods=20, gaps=2),)), 17)
    assert not found.done
    assert (
        found.said
        == "90\u00a0% of periods hold a value or a reason why not. Blank without a reason: A&E attendances, 2."
    )


def test_staffing_of_a_young_role_is_full_when_every_month_is_there() -> None:
    assert item(replace(FULL, months_since_launch=2, months_staffed=2), 10).done
    assert not item(replace(FULL, months_since_launch=13, months_staffed=2), 10).done
    assert not item(replace(FULL, months_since_launch=0, months_staffed=0), 10).done


def test_a_cost_that_is_not_known_or_a_part_without_a_line_is_named() -> None:
    without = replace(FULL, costs=(*COSTS[:3], replace(COSTS[3], known=False)))
    assert item(without, 24).said == "No line for rooms. Amount not known: Supervision."


def test_a_comparator_or_the_reason_for_none_will_do() -> None:
    bare = replace(FULL, written=FULL.written - {"why_no_comparator"})
    assert item(bare, 18).done
    assert not item(replace(bare, measures=(replace(OUTCOME, has_comparator=False),)), 18).done


def test_aims_need_a_number_to_be_held_against() -> None:
    found = item(replace(FULL, measures=(replace(OUTCOME, has_expectation=False),)), 4)
    assert (found.done, found.fields) == (False, ("primary measures",))


def test_both_sides_are_to_be_heard() -> None:
    assert (
        item(replace(FULL, voices=frozenset({"staff", "manager"})), 22).said
        == "No note in the voice of a patient or carer."
    )
    assert item(replace(FULL, voices=frozenset({"carer"})), 22).said == "No note in the voice of staff."
