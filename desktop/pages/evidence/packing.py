"""What the Evidence page does with packs and places: reads, pools, saves, keeps and removes, off the GUI thread."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from analysis.problems import UserProblem
from db.answers import RoleAnswer, answer_file
from db.operations.changed import Changed
from db.operations.packs import keep_pack, remove_pack
from db.queries.packs import HeldPack, packs
from db.queries.roles import factor_ratings
from db.sites import Ratings, own_results
from db.store import Store
from desktop.asking import What, ask_open, ask_save
from desktop.charts.forest_picture import ForestPicture
from desktop.jobs import Progress
from desktop.pages.evidence.sites import SitesState, sites_state
from desktop.pages.evidence.sites_view import SitesCards
from desktop.registering import keep_export
from desktop.session import Session
from desktop.theme.marks import Kind
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.pack import OTHER_TEAMS, PACK, WrittenPack, pack_of, write_pack
from exporters.policy import POLICIES
from exporters.protected_role import protected_role
from exporters.register import ExportFacts, Leaves, export_facts, facts_of
from exporters.report import report_of
from importers.pack import ReadPack, read_pack
from resources import deflator, load

KEPT = "It was checked and matches its SHA-256. Undo takes it back."
Saved = tuple[WrittenPack, ExportFacts, Store]
Read = tuple[tuple[HeldPack, ...], Ratings, SitesState]


def read_sites(
    store: Store, answers: Mapping[int, RoleAnswer], organisation: str, chosen: str, _progress: Progress
) -> Read:
    """The packs, the ratings and everything about several places."""
    held = packs(store)
    ratings = {role_id: factor_ratings(store, role_id) for role_id in answers}
    own = own_results(answers.values(), ratings, organisation, load("factors"))
    return held, ratings, sites_state(held, own, load("factors"), chosen)


class Packing(QObject):
    """Keeps the cards about places in step with the file."""

    def __init__(self, session: Session, cards: SitesCards) -> None:
        super().__init__(cards)
        self._session, self._cards = session, cards
        self._answers: Mapping[int, RoleAnswer] = {}
        self._held: tuple[HeldPack, ...] = ()
        self._ratings: Ratings = {}
        self._chosen = ""
        self.shown: SitesState = sites_state((), (), load("factors"))
        cards.saved.connect(self._ask_target)
        cards.brought.connect(self._ask_pack)
        cards.removed.connect(self._remove)
        cards.chosen.connect(self._choose)
        cards.leaving = self._leaving

    def renew(self, answers: Mapping[int, RoleAnswer]) -> None:
        """Pool again over these answers and the packs that are held now."""
        if self._session.store is None:
            return
        self._answers = dict(answers)
        self._cards.show_roles(tuple((one.id, _label(one.name, one.place)) for one in self._session.facts.roles))
        organisation = self._session.facts.organisation
        work = partial(read_sites, self._session.store, self._answers, organisation, self._chosen)
        self._session.jobs.read(work, self._show, self._failed, label="Set places side by side", newest=True)

    def _show(self, read: Read) -> None:
        self._held, self._ratings, self.shown = read
        self._cards.show_state(self.shown)

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.renew(self._answers)

    def save(self, target: Path, role_id: int | None) -> None:
        """Write a pack of one role, or of every role."""
        store, today = self._session.need_store(), self._session.today
        only = None if role_id is None else (role_id,)

        def work(_progress: Progress) -> Saved:
            answer = answer_file(store, today=today, deflator=deflator(), only=only)
            choices = Choices(audience=OTHER_TEAMS, group_small=False)
            report = report_of(answer, choices, kept_of(store, (one.role.id for one in answer.roles)))
            written = write_pack(pack_of(report, load("factors")), target, report.count_hidden)
            return written, export_facts(report, PACK, written.path.name, written.sha256), store

        self._session.jobs.read(work, self._written, self._failed, label="Save an evidence pack")

    def bring(self, path: Path) -> None:
        """Check a pack and keep it."""
        self._session.jobs.read(lambda _progress: read_pack(path), self._keep, self._failed, label="Read a pack")

    def _keep(self, read: ReadPack) -> None:
        self._session.change(
            keep_pack,
            self._kept,
            self._failed,
            file_name=read.file_name,
            sha256=read.sha256,
            pack_version=read.version,
            content=read.content,
        )

    def _kept(self, changed: Changed) -> None:
        self._cards.say(Kind.OK, f"{changed.label}: done.", KEPT)
        self.renew(self._answers)

    def _remove(self, pack_id: int) -> None:
        self._session.change(remove_pack, self._removed, self._failed, pack_id=pack_id)

    def _removed(self, changed: Changed) -> None:
        self._cards.say(Kind.OK, f"{changed.label}: done.", "Undo brings it back.")
        self.renew(self._answers)

    def _written(self, saved: Saved) -> None:
        written, facts, store = saved
        keep_export(self._session, facts, self._failed, of=store)
        self._cards.say(Kind.OK, written.sentence, f"SHA-256 {written.sha256}. {written.path.parent}")

    def _failed(self, problem: UserProblem) -> None:
        self._cards.say(Kind.FIX, problem.message, problem.hint)

    def _ask_target(self, role_id: int | None) -> None:
        kinds = {"Evidence pack": ".json"}
        target = ask_save(self._cards, "Save an evidence pack", "evidence-pack", kinds, What.PACK)
        if target is not None:
            self.save(target, role_id)

    def _ask_pack(self) -> None:
        chosen = ask_open(self._cards, "Bring in a pack", "Evidence pack (*.json)", What.PACK)
        if chosen is not None:
            self.bring(chosen)

    def _leaving(self) -> ForestPicture | None:
        """The forest plot with this file's own results made from protected numbers; None where none is left."""
        family = self._chosen.partition("|")[0]
        own = [one for one in self._answers.values() if not family or one.profile.facts.family == family]
        shown = [protected_role(one, 1, POLICIES["hes"], Choices(group_small=False)) for one in own]
        results = own_results(shown, self._ratings, self._session.facts.organisation, load("factors"))
        wanted = self._chosen or str(self._cards.measure.currentData() or "")
        state = sites_state(self._held, results, load("factors"), wanted)
        if state.picture is None or state.chosen != wanted:
            return None
        leaves = Leaves("clipboard", "", hashlib.sha256(state.picture.summary.encode()).hexdigest())
        # A relative change alone tells nobody's number: nothing later has to be hidden because of it.
        keep_export(self._session, {**facts_of(leaves, shown, POLICIES["hes"]), "shown": ""}, self._failed)
        return state.picture


def _label(name: str, place: str) -> str:
    return f"{name}, {place}" if place else name
