from __future__ import annotations

import pytest

from analysis.entry_rules import missing_part, sign_differs
from analysis.vocabulary import MeasureKind

RISES = (2.1, 3.0, 1.4, 2.2, 0.0, 1.9, 2.8)


@pytest.mark.parametrize(
    ("value", "others", "found"),
    [
        (-2.0, RISES, True),
        (2.0, RISES, False),
        (0.0, RISES, False),
        (-2.0, (*RISES, -0.1), False),
        (-2.0, RISES[:5], False),
        (float("nan"), RISES, False),
        (3.0, tuple(-one for one in RISES), True),
    ],
)
def test_a_value_on_the_other_side_of_zero_than_all_others_is_asked_about(
    value: float, others: tuple[float, ...], found: bool
) -> None:
    assert sign_differs(value, others) is found


def test_what_stands_behind_a_value_and_was_not_given_is_named_by_its_kind() -> None:
    def missing(kind: MeasureKind, denominator: float | None = None, contributors: float | None = None) -> str:
        return missing_part(kind, denominator=denominator, contributors=contributors)

    assert missing(MeasureKind.PROPORTION) == "the number it is a share of"
    assert missing(MeasureKind.PROPORTION, 40) == ""
    assert missing(MeasureKind.MEAN).startswith("how many people")
    assert missing(MeasureKind.MEAN, None, 31) == ""
    assert missing(MeasureKind.COUNT) == missing(MeasureKind.MONEY) == ""
