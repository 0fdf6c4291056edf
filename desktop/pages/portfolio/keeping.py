"""What is chosen in the list of roles, kept with the window for each file and brought back when it is opened again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.frame.remembering import choices_of, digest, remember_choices
from desktop.pages.portfolio.facets import FACETS
from desktop.pages.portfolio.shapes import Chosen, FacetState, Filters, Order


class Kept:
    """The choices of the file that is open. A facet comes back once the roles have been worked out that far."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._waiting: dict[str, str] = {}

    def open(self, path: Path) -> Order:
        """Another file is open: its order at once, its facets as their words turn up."""
        self._path, held = path, choices_of(path)
        self._waiting = {facet.key: held[facet.key] for facet in FACETS if held.get(facet.key)}
        return Order(held.get("order", "role"), down=held.get("way") == "down")

    def chosen(self, chosen: Chosen) -> None:
        """A person chose something: from now on that is kept, and nothing older comes back."""
        self._waiting.clear()
        if self._path is not None:
            facets = {facet.key: getattr(chosen.filters, facet.key) for facet in FACETS}
            words = {key: digest(value) for key, value in facets.items() if value}
            way = "down" if chosen.order.down else "up"
            remember_choices(self._path, {**words, "order": chosen.order.key, "way": way})

    def come_back(self, filters: Filters, facets: Sequence[FacetState]) -> Filters:
        """The filters with what was kept and can be offered by now."""
        held = {facet.key: getattr(filters, facet.key) for facet in facets}
        for facet in facets:
            wanted = self._waiting.get(facet.key)
            found = next((value for value, _ in facet.choices if wanted and digest(value) == wanted), "")
            if found:
                held[facet.key] = found
                del self._waiting[facet.key]
        return Filters(**held)
