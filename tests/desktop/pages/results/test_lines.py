"""The whole of a cost and a benefit line: ranges in order, what is usually forgotten, and how likely a saving is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.economics.role_economics import role_economics
from analysis.vocabulary import BenefitClass, CostKind, CostPhase
from db.answers import RoleAnswer
from desktop.pages.economics.assumptions import assumption_texts, read_assumptions
from desktop.pages.economics.benefit_lines import LEAVE_BLANK, NEEDS_MEASURE, TWICE, benefit_texts, read_benefit
from desktop.pages.economics.cost_lines import NOT_BY_VOLUME, PAID_TWICE, cost_texts, prompts, read_cost
from desktop.pages.economics.state import NO_RANGE, results_state

Answers = dict[str, RoleAnswer]


def test_every_part_of_a_line_reads_back_as_it_was(answers: Answers) -> None:
    facts = answers["Care navigator"].economics.facts
    cost = replace(
        facts.costs[0], low_pence=3_400_050, high_pence=3_900_000, evidence_grade="B", source="Budget", category="pay",
        optimism_bias="0.1", real_growth="0.015", kind=CostKind.PER_CLIENT, measure_id=7,
    )  # fmt: skip
    benefit = replace(
        facts.benefits[0], displacement="0.05", drop_off="0.1", marginal_share="0.6", unit_cost_type="marginal",
        block_units=1343.2, optimism_bias="0.1", after_low=190.0, after_high=201.5, unit_cost_low_pence=16_000,
        unit_cost_high_pence=21_000, evidence_grade="C", overlap_group="falls", what_stops="The Friday session",
        who_decides="Director", decide_by=date(2027, 3, 31), benefit_class=BenefitClass.WIDER, measure_id=7,
        deadweight_low="0.1", deadweight_high="0.3", attribution_low="0.5", attribution_high="0.8", cashability_low="0",
        cashability_high="0.2", deadweight_source="Trend", attribution_source="List", displacement_source="Nearby",
        drop_off_source="Study",
    )  # fmt: skip
    known = {"People seen": 7}
    pairs = (
        (read_cost(cost_texts(cost, known), known), cost),
        (read_benefit(benefit_texts(benefit, known), known), benefit),
    )
    for read, line in pairs:
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


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"before": "", "after": "", "measure": "A&E"}, {}),
        ({"after": ""}, {"before": LEAVE_BLANK, "measure": NEEDS_MEASURE}),
        ({"before": "", "after": "", "after_low": "9"}, {"after_low": LEAVE_BLANK, "measure": NEEDS_MEASURE}),
    ],
)
def test_what_comes_from_a_measure_is_never_typed_too(
    answers: Answers, change: dict[str, str], faults: dict[str, str]
) -> None:
    texts = benefit_texts(answers["Care navigator"].economics.facts.benefits[0])
    read = read_benefit({**texts, "method": "Taken from the measure", **change}, {"A&E": 1})
    assert read.faults == faults


def test_attribution_on_top_of_a_controlled_effect_is_warned_of_at_its_field(answers: Answers) -> None:
    texts = benefit_texts(answers["Care navigator"].economics.facts.benefits[0])
    taken = {**texts, "method": "Taken from the measure", "measure": "A&E", "before": "", "after": ""}
    assert read_benefit(taken, {"A&E": 1}, {1}).warnings == {"deadweight": TWICE, "attribution": TWICE}
    assert read_benefit({**taken, "deadweight": "", "attribution": "100 %"}, {"A&E": 1}, {1}).warnings == {}
    assert read_benefit(taken, {"A&E": 1}, ()).warnings == {}
    assert read_benefit({**taken, "method": "Typed here"}, {"A&E": 1}, {1}).warnings == {}


def test_pay_among_the_costs_beside_posts_is_warned_of_at_its_field(answers: Answers) -> None:
    texts = cost_texts(answers["Care navigator"].economics.facts.costs[0])
    assert read_cost(texts, {}, {CostPhase.AFTER}).warnings == {"category": PAID_TWICE}
    assert read_cost(texts, {}, {CostPhase.BEFORE}).warnings == {}
    assert read_cost({**texts, "category": "travel"}, {}, {CostPhase.AFTER}).warnings == {}


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("amount", "-£5", "An amount cannot be below 0; money released belongs to the benefits."),
        ("end", "Mar 2020", "A cost cannot end before it starts."),
        ("growth", "2", "Write a growth such as 1.5 %, or leave it blank."),
        ("growth", "40 %", "Growth above prices lies between -20 % and 20 % a year."),
        ("measure", "A&E", NOT_BY_VOLUME),
    ],
)
def test_a_cost_that_cannot_be_is_answered_at_its_field(answers: Answers, field: str, text: str, words: str) -> None:
    texts = cost_texts(answers["Care navigator"].economics.facts.costs[0])
    assert read_cost({**texts, field: text}, {"A&E": 1}).faults == {field: words}


def test_a_price_year_without_an_index_is_warned_of_at_its_field(answers: Answers) -> None:
    facts = answers["Care navigator"].economics.facts
    years = facts.deflator.keys()
    for read, texts in ((read_cost, cost_texts(facts.costs[0])), (read_benefit, benefit_texts(facts.benefits[0]))):
        old = {**texts, "price_year": "1985/86"}
        assert read(old, years=years).warnings == {
            "price_year": "There is no price index for 1985/86: every net value is then withheld. "
            "Save again to keep it all the same."
        }
        assert read(texts, years=years).warnings == {}


def test_a_range_of_what_is_not_known_is_refused(answers: Answers) -> None:
    texts = cost_texts(answers["Care navigator"].economics.facts.costs[0])
    found = read_cost({**texts, "amount": "not known", "high": "£40,000"})
    assert found.faults == {"high": "A range needs its likely value too."}


def test_costs_that_are_usually_forgotten_are_asked_for_until_a_line_names_them_or_they_do_not_apply(
    answers: Answers,
) -> None:
    facts = answers["Care navigator"].economics.facts
    asked = [prompt.category for prompt in prompts(facts)]
    assert "double running" in asked
    assert "travel" not in asked
    named = replace(facts.costs[0], category="double running")
    assert "double running" not in [p.category for p in prompts(replace(facts, costs=(*facts.costs, named)))]
    assert "double running" not in [p.category for p in prompts(replace(facts, dismissed=("double running",)))]


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
    texts = assumption_texts(answers["Care navigator"].economics.facts, {})
    assert list(read_assumptions({**texts, field: text}, {}).faults) == [field]
