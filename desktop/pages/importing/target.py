"""Into which role an import goes: one that is recorded, or a new one named on the Match step."""

from __future__ import annotations

from desktop.pages.importing.doing import Into
from desktop.pages.importing.match_panel import MatchPanel
from desktop.session import Session
from importers.grammar import parse_period_text


class Target:
    """Reads the Match step's choice against the roles there are."""

    def __init__(self, session: Session, match: MatchPanel) -> None:
        self._session, self._match = session, match

    @property
    def role_id(self) -> int | None:
        """The recorded role, None for a new one."""
        roles, at = self._session.facts.roles, self._match.role.currentIndex()
        return roles[at].id if 0 <= at < len(roles) else None

    @property
    def words(self) -> str:
        """The recorded role and its place, by which its organisation is guessed in a file of several; "" for none."""
        return self._match.role.currentText() if self.role_id is not None else ""

    def list_roles(self, *, keep: bool) -> None:
        """Offer the roles there are, the one worked on first; `keep` leaves a choice already made."""
        roles = self._session.facts.roles
        names = [f"{r.name}, {r.place}" if r.place else r.name for r in roles]
        own = next((i for i, r in enumerate(roles) if r.id == self._session.role_id), len(roles))
        self._match.list_roles(names, own, keep=keep)

    def choose(self, role_id: int) -> bool:
        """Choose a recorded role; False where there is none of that id."""
        at = next((i for i, r in enumerate(self._session.facts.roles) if r.id == role_id), -1)
        if at >= 0:
            self._session.choose_role(role_id)
            self._match.role.setCurrentIndex(at)
        return at >= 0

    def into(self) -> Into:
        """What the import is told: role, name and launch."""
        role = next((r for r in self._session.facts.roles if r.id == self.role_id), None)
        found = parse_period_text(self._match.launch.text) if self._match.launch.text else None
        return Into(self.role_id, self._match.name.text, role.launch if role else found.start if found else None)
