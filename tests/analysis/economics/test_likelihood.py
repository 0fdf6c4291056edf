"""How likely a net saving is: from the ranges that were given, and nothing without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.economics.role_economics import role_economics
from analysis.economics.role_shapes import RoleEconomics
from analysis.plan import AppraisalFacts, BenefitLineFacts, CostLineFacts
from analysis.vocabulary import CostKind, Direction, Timeline

START = date(2024, 4, 1)
PAY = CostLineFacts(1, "Pay", "pay", CostKind.ANNUAL, 3_600_000, "2024-25", START, "Trust")
VISITS = BenefitLineFacts(
    1, "A&E attendances", None, Direction.DECREASE, 62, 50, 28_000, "2024-25", "ICB", deadweight="0", attribution="0.9"
)


def answer(cost: CostLineFacts = PAY, benefit: BenefitLineFacts = VISITS, **frame: int) -> RoleEconomics:
    facts = AppraisalFacts(START, 36, "2024-25", costs=(cost,), benefits=(benefit,), **frame)  # type: ignore[arg-type]  # seed and draws
    return role_economics(facts, [], Timeline(START))


def test_without_a_range_nothing_is_simulated() -> None:
    assert answer().likelihood is None
    assert answer(replace(PAY, low_pence=3_600_000, high_pence=3_600_000)).likelihood is None


def test_a_range_gives_the_chance_of_a_net_saving_apart_from_cash() -> None:
    held = answer(benefit=replace(VISITS, after_low=46, after_high=56)).likelihood
    assert held is not None
    assert held.varied == ("A&E attendances, volume after",)
    assert 0.05 < held.public.p_positive < 0.95
    assert held.cash.p_positive == 0
    assert (held.draws, held.seed) == (10_000, 20160601)
    assert held.sentence.startswith("With 1 uncertain input, the public sector comes out above cost in ")


def test_the_recorded_seed_and_number_of_draws_are_used() -> None:
    wide = replace(VISITS, unit_cost_low_pence=20_000)
    one, same, other = (
        answer(benefit=wide, seed=seed, draws=draws).likelihood for seed, draws in ((1, 500), (1, 500), (2, 800))
    )
    assert one == same
    assert other is not None
    assert one is not None
    assert (other.seed, other.draws) == (2, 800)
    assert one.public.mean != other.public.mean


def test_the_middle_of_the_draws_lies_at_the_one_answer() -> None:
    found = answer(replace(PAY, low_pence=3_500_000, high_pence=3_700_000))
    assert found.likelihood is not None
    assert found.appraisal is not None
    net = float(found.appraisal.npv)
    assert abs(found.likelihood.public.mean - net) < 4 * found.likelihood.public.mcse_mean


def test_a_range_of_a_cost_by_volume_goes_with_its_volume() -> None:
    low, high = (answer(replace(PAY, low_pence=low, high_pence=high)) for low, high in ((None, 7_200_000), (0, None)))
    assert low.likelihood is not None
    assert high.likelihood is not None
    assert low.likelihood.public.mean < high.likelihood.public.mean


@pytest.mark.parametrize("ends", [(52.0, 56.0), (40.0, 45.0)])
def test_ends_that_do_not_hold_the_likely_value_are_left_out(ends: tuple[float, float]) -> None:
    assert answer(benefit=replace(VISITS, after_low=ends[0], after_high=ends[1])).likelihood is None


def test_beds_released_in_whole_blocks_give_no_cash_before_a_block_is_full() -> None:
    cashed = replace(VISITS, cashability="1", cashability_reason="A ward closes")
    assert answer(benefit=replace(cashed, block_units=500)).views[0].benefit == 0
    assert answer(benefit=replace(cashed, block_units=100)).views[0].benefit > 0
