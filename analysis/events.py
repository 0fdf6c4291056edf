"""Which events concern a measure, in the order their numbers have everywhere."""

from __future__ import annotations

from datetime import timedelta

from analysis.vocabulary import EventFacts, EventKind, MeasureFacts, RoleFacts

NEAR = timedelta(days=92)
"""Three months on either side of launch."""

OF_THE_CHART = (EventKind.BASELINE, EventKind.RECALCULATION)
"""Decisions about limits: they move no value."""


def numbered_events(measure: MeasureFacts, role: RoleFacts) -> tuple[EventFacts, ...]:
    """The events that concern a measure by date; event 1 of the chart is the first of them."""
    return tuple(sorted((e for e in role.events if e.measure_id in (None, measure.id)), key=lambda e: (e.when, e.id)))


def definition_events(measure: MeasureFacts, role: RoleFacts) -> tuple[EventFacts, ...]:
    """New definitions of the measure within three months of launch."""
    launch = role.timeline.launch
    if launch is None:
        return ()
    near = (e for e in numbered_events(measure, role) if e.kind is EventKind.DEFINITION)
    return tuple(event for event in near if abs(event.when - launch) <= NEAR)
