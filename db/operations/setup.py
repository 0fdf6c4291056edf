"""Setting up a role with its measures and its first cost line, as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db.operations.changed import Changed, Thing
from db.operations.measures import use_measure
from db.operations.possible import refuse_impossible
from db.operations.roles import refuse_twin
from db.operations.validation import checked
from db.store import Store
from db.tables import CostLine, CostLineBase, Implementation, ImplementationBase

SET_UP = frozenset({Thing.ROLES, Thing.MEASURES, Thing.MONEY})


def set_up_role(
    store: Store,
    *,
    role: Mapping[str, Any],
    measures: Sequence[tuple[dict[str, Any], dict[str, Any]]] = (),
    cost: Mapping[str, Any] | None = None,
) -> Changed:
    """Set up a role: `measures` are pairs of a measure and its use, `cost` the columns of a cost line without its role.

    Raises UserProblem when a role of that name and place exists or a fact cannot be; nothing is written then.
    """
    record = checked(ImplementationBase, role)
    refuse_impossible(record, role)
    label = f"Set up {record.name}"
    with store.step(label) as step:
        refuse_twin(step.connection, record.name, record.place)
        role_id = step.insert(Implementation, record)
        for measure, use in measures:
            use_measure(step, role_id, measure, use)
        if cost is not None:
            step.insert(CostLine, checked(CostLineBase, {"implementation_id": role_id, **cost}))
        return Changed(label, SET_UP, role_id)
