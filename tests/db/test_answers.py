from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.finding_shapes import Effect, MeasureFinding
from analysis.periods import Frequency
from analysis.vocabulary import Arm, ComparatorKind, RoleFacts, Series
from db import answers
from db.answers import RoleAnswer, answer_role
from db.operations.comparisons import add_comparator
from db.operations.measures import add_measure, change_use
from db.operations.observations import record_observations
from db.queries.series import measures
from db.store import Store
from db.tables import PopulationGroup
from tests.analysis.making import AFTER, BEFORE, TODAY, months_from
from tests.db.making import ATTENDANCES, value


def answer(store: Store, role: int) -> RoleAnswer:
    return answer_role(store, role, today=TODAY, deflator={})


def record(store: Store, role: int, measure: int, numbers: list[float], **facts: object) -> None:
    periods = months_from(2023, 4, len(numbers))
    entries = [value(role, measure, p, n, **facts) for p, n in zip(periods, numbers, strict=True)]
    record_observations(store, entries=entries, label="Typed")


def test_a_comparator_with_values_stands_beside_the_finding(store: Store, role: int, measure: int) -> None:
    record(store, role, measure, [*BEFORE, 212, *AFTER])
    record(store, role, measure, [*BEFORE, 212, *BEFORE], arm=Arm.COMPARATOR)
    add_comparator(
        store, role_id=role, measure_id=measure, name="Ash PCN", kind=ComparatorKind.OTHER_PLACE, why_chosen="Like list"
    )
    found = answer(store, role)
    assert [one.arm for one in found.beside] == [Arm.COMPARATOR]
    (compared,) = found.finding.measures[0].compared
    assert (compared.facts.name, compared.facts.why_chosen) == ("Ash PCN", "Like list")
    assert isinstance(compared.effect, Effect)
    assert len(found.series) == 1


def test_months_of_a_quarterly_measure_are_rolled_up_in_the_answer_and_kept_in_the_record(
    store: Store, role: int
) -> None:
    added = add_measure(store, role_id=role, measure=ATTENDANCES, use={"frequency": Frequency.QUARTER}).new_id or 0
    record(store, role, added, [10, 20, 30, 40])
    held = answer(store, role).series[0]
    assert held.values.tolist() == [60, 40]
    assert [period.months for period in held.periods] == [3, 1]


def test_a_finding_is_worked_out_once_for_the_same_facts(
    store: Store, role: int, measure: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, role, measure, [*BEFORE, 212, *AFTER])
    first = answer(store, role).finding.measures[0]

    def never(*_: Series | RoleFacts | date) -> MeasureFinding:
        pytest.fail("worked out again")

    monkeypatch.setattr("analysis.finding.analyse_measure", never)
    assert answer(store, role).finding.measures[0] is first
    monkeypatch.undo()
    record(store, role, measure, [*BEFORE, 212, *AFTER[:-1], 150])
    assert answer(store, role).finding.measures[0].input_hash != first.input_hash


def test_the_oldest_findings_are_forgotten_first() -> None:
    known = answers._Known(most=2)
    for name in ("a", "b", "c"):
        known[name, TODAY] = object()  # type: ignore[assignment]  # anything will do
    assert list(known) == [("b", TODAY), ("c", TODAY)]


def test_a_choice_altered_after_it_was_settled_comes_from_the_history(store: Store, role: int, measure: int) -> None:
    def altered() -> date | None:
        return measures(store, role)[0].choice_changed_on

    change_use(store, role_id=role, measure_id=measure, impact_model="slope")
    assert altered() is None
    change_use(store, role_id=role, measure_id=measure, chosen_on=date(2024, 1, 5))
    assert altered() is None
    change_use(store, role_id=role, measure_id=measure, impact_model="step")
    assert altered() is not None


def test_groups_of_people_give_a_gap(store: Store, role: int, measure: int) -> None:
    with store.step("Groups") as step:
        ids = [step.insert(PopulationGroup, {"name": name, "dimension": "IMD"}) for name in ("Poorest", "Richest")]
    for group, change in zip(ids, (0.8, 1.0), strict=True):
        after = [float(round(v * change)) for v in BEFORE]
        record(store, role, measure, [*BEFORE, 212, *after], group_id=group)
    (gap,) = answer(store, role).gaps
    assert (gap.first, gap.second) == ("Poorest", "Richest")
    assert isinstance(gap.effect, Effect)
    assert gap.effect.relative == pytest.approx(-0.2, abs=0.01)
    assert replace(gap, sentence="") != gap
