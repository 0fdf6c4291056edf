"""The whole of a cost and a benefit line: ranges in order, what is usually forgotten, and how likely a saving is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.economics.role_economics import role_economics
from analysis.vocabulary import BenefitClass
from db.answers import RoleAnswer
from desktop.pages.economics.assumptions import assumption_texts, read_assumptions
from desktop.pages.economics.lines import benefit_texts, cost_texts, forgotten, read_benefit, read_cost
from desktop.pages.economics.state import NO_RANGE, results_state

Answers = dict[str, RoleAnswer]


def test_every_part_of_a_line_reads_back_as_it_was(answers: Answers) -> None:
    facts = answers["Care navigator"].economics.facts
    cost = replace(
        facts.costs[0], low_pence=3_400_050, high_pence=3_900_000, evidence_grade="B", source="Budget", category="pay",
        optimism_bias="0.1",
    )  # fmt: skip
    benefit = replace(
        facts.benefits[0], displacement="0.05", drop_off="0.1", marginal_share="0.6", unit_cost_type="marginal",
        block_units=1343.2, optimism_bias="0.1", after_low=190.0, after_high=201.5, unit_cost_low_pence=16_000,
        unit_cost_high_pence=21_000, evidence_grade="C", overlap_group="falls", what_stops="The Friday session",
        who_decides="Director", decide_by=date(2027, 3, 31), benefit_class=BenefitClass.WIDER,
    )  # fmt: skip
    for read, line in ((read_cost(cost_texts(cost)), cost), (read_benefit(benefit_texts(benefit)), benefit)):
        assert read.faults == {}
        assert {name: getattr(line, name) for name in read.facts} == read.facts


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("after_low", "9999", "The least cannot lie above the likely value."),
        ("after_high", "1", "The most cannot lie below the likely value."),
        ("unit_low", "£9,999", "The least cannot lie above the likely value."),
        ("block", "0", "Write a number above 0, or leave it blank."),
        ("drop_off", "120 %", "A share lies between 0 % and 100 %."),
    ],
)
def test_a_range_out_of_order_is_answered_at_its_field(answers: Answers, field: str, text: str, words: str) -> None:
    texts = benefit_texts(answers["Care navigator"].economics.facts.benefits[0])
    assert read_benefit({**texts, field: text}).faults == {field: words}


def test_a_range_of_what_is_not_known_is_refused(answers: Answers) -> None:
    texts = cost_texts(answers["Care navigator"].economics.facts.costs[0])
    found = read_cost({**texts, "amount": "not known", "high": "£40,000"})
    assert found.faults == {"high": "A range needs its likely value too."}


def test_costs_that_are_usually_forgotten_are_asked_for_until_a_line_names_them(answers: Answers) -> None:
    facts = answers["Care navigator"].economics.facts
    assert "double running" in forgotten(facts)
    named = replace(facts.costs[0], category="double running")
    assert "double running" not in forgotten(replace(facts, costs=(*facts.costs, named)))
    assert "travel" not in forgotten(facts)


def test_how_likely_a_saving_is_stands_with_its_seed_or_says_what_it_needs(answers: Answers) -> None:
    answer = answers["Care navigator"]
    assert results_state(answer.economics).likelihood.sentence == NO_RANGE
    facts = answer.economics.facts
    wide = replace(facts.benefits[0], after_low=facts.benefits[0].after, after_high=facts.benefits[0].before)
    held = role_economics(replace(facts, benefits=(wide, *facts.benefits[1:])), answer.series, answer.role.timeline)
    card = results_state(held).likelihood
    assert card.table is not None
    assert [row[0].text for row in card.table.rows] == ["All public sector (cash and capacity)", "Cash-releasing"]
    assert held.likelihood is not None
    assert card.sentence.startswith(held.likelihood.sentence)
    assert card.sentence.endswith("10,000 draws, seed 20160601; each input varies apart.")


@pytest.mark.parametrize(("field", "text"), [("draws", "99"), ("draws", "100001"), ("seed", "-1"), ("seed", "x")])
def test_draws_and_seed_are_whole_numbers_within_reason(answers: Answers, field: str, text: str) -> None:
    texts = assumption_texts(answers["Care navigator"].economics.facts)
    assert list(read_assumptions({**texts, field: text}).faults) == [field]
