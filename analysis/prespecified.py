"""What was settled before launch: measure, expected direction, impact model."""

from __future__ import annotations

from datetime import date

from analysis.periods import date_label
from analysis.vocabulary import Direction, MeasureFacts, RoleFacts

MOST_PRIMARY = 3


def chosen_on(measure: MeasureFacts, role: RoleFacts) -> date | None:
    """When the way of judging this measure was settled: the measure's own date, else the role's."""
    return measure.chosen_on or role.method_chosen_on


def chosen_first(measure: MeasureFacts, role: RoleFacts) -> bool:
    """Whether the way of judging was settled before launch and not altered since."""
    settled, launch = chosen_on(measure, role), role.timeline.launch
    if settled is None or (launch is not None and settled >= launch):
        return False
    return not changed_after_launch(measure, role)


def changed_after_launch(measure: MeasureFacts, role: RoleFacts) -> bool:
    """Whether the choice was altered on or after the day of launch."""
    launch = role.timeline.launch
    return launch is not None and measure.choice_changed_on is not None and measure.choice_changed_on >= launch


def late_choice(measure: MeasureFacts, role: RoleFacts) -> str | None:
    """A sentence where the way of judging was settled or altered after launch; None where it was not."""
    settled, launch = chosen_on(measure, role), role.timeline.launch
    if launch is None:
        return None
    if settled is not None and settled >= launch:
        return (
            f"What to judge by was chosen on {date_label(settled)}, after launch: the result may have led the choice."
        )
    if settled is not None and changed_after_launch(measure, role) and measure.choice_changed_on is not None:
        return f"What to judge by was changed on {date_label(measure.choice_changed_on)}, after launch."
    return None


def against_expectation(measure: MeasureFacts, rose: bool) -> str | None:
    """A sentence where a change went the other way than was expected beforehand."""
    if measure.expected is None or measure.expected is Direction.NEUTRAL:
        return None
    if rose == (measure.expected is Direction.INCREASE):
        return None
    return f"The opposite was expected beforehand: {'a fall' if rose else 'a rise'}."
