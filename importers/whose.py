"""Whose values a file holds: the role's own unless a person says that they are a comparator's or a benchmark's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.vocabulary import Arm
from importers.answers import Answers, choice_of
from importers.found import Question
from importers.plans import ImportPlan
from importers.recipes import WHOSE_KEY

ARMS = (Arm.ROLE, Arm.COMPARATOR, Arm.BENCHMARK)
_CHOICES = ("The role's own", "Those of a comparator", "Those of a benchmark")
WHOSE = Question(WHOSE_KEY, "", "Whose values are these?", _CHOICES, ids=tuple(arm.value for arm in ARMS))
"""No doubt that stops an import: asked beside the matches, and answered by `--answer 'whose values=comparator'`."""


def arm_of(plan: ImportPlan) -> Arm:
    """Whose values a plan takes its series for."""
    return next((target.arm for target in plan.targets), Arm.ROLE)


def with_arm(plan: ImportPlan, arm: Arm) -> ImportPlan:
    """The plan with every series for one arm."""
    return replace(plan, targets=tuple(replace(target, arm=arm) for target in plan.targets))


def as_answered(plan: ImportPlan, answers: Answers) -> ImportPlan:
    """The plan with the answer given to whose values they are; as it is where none was given."""
    return with_arm(plan, ARMS[choice_of(WHOSE, answers)]) if WHOSE.key in answers else plan


def worded(names: Mapping[Arm, str]) -> tuple[str, ...]:
    """The choices with the names of what is recorded, such as `Those of a comparator: Oak PCN`."""
    pairs = zip(ARMS, _CHOICES, strict=True)
    return tuple(f"{words}: {names[arm]}" if names.get(arm) else words for arm, words in pairs)
