"""The facts of a role that the Overview shows as a form: some of those of the record, read and written its way."""

from __future__ import annotations

from desktop.pages.record.fields import FactSpec, field

SHOWN = (
    "name",
    "place",
    "launch",
    "phase_in_end",
    "programme",
    "family",
    "people_served",
    "planned_wte",
    "head_count",
    "funding_source",
    "funding_end",
    "decision_asked",
    "selected_on_high_need",
)
FIELDS: tuple[FactSpec, ...] = tuple(field(key) for key in SHOWN)
