"""The evidence pack: a role's results for other teams, as JSON with its schema version and SHA-256.

Everything is taken from the protected role, so a pack never holds a small number, and never one person's hours. It is
always protected: the policy that shows every number is not offered here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from analysis.factors import rating_keys, standings
from analysis.finding_shapes import Effect, MeasureFinding
from analysis.problems import UserProblem
from analysis.sites import definition_hash
from analysis.wording import plural
from db.sqlite import forget, sync_file, sync_folder
from exporters.personal import refuse_in_texts
from exporters.policy import Policy
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.staffing import people_band

FORMAT, VERSION = "roleworth evidence pack", 1
PACK, OTHER_TEAMS = "evidence pack", "Other teams"
Plain = dict[str, Any]  # Any: what JSON holds
PROFILE = (
    "family",
    "catalogue_key",
    "mechanism",
    "activity_change",
    "what_it_does",
    "people_served",
    "how_introduced",
    "adaptations",
)
SETTING = ("setting", "team", "co_located", "boundary")


@dataclass(frozen=True)
class WrittenPack:
    """A pack that was written: where, its hash, and what is in it."""

    path: Path
    sha256: str
    roles: int
    measures: int
    hidden: int

    @property
    def sentence(self) -> str:
        """What was written, in one sentence."""
        held = f"{plural(self.roles, 'role')} with {plural(self.measures, 'measure')}"
        hidden = f"{plural(self.hidden, 'small number')} hidden" if self.hidden else "no small number had to be hidden"
        return f"{self.path.name} is written: {held}, {hidden}."


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything but the digest itself, keys in order and no blanks."""
    bare = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pack_of(report: Report, factors: Mapping[str, Any]) -> Plain:
    """The pack of a report. Raises UserProblem under a policy that protects nothing, or where a person shows through.

    `factors` is the list of factors, for the states at launch.
    """
    if not report.policy.protects:
        raise UserProblem("A pack goes to other teams, so small numbers stay hidden.", "Choose another policy.")
    content: Plain = {
        "format": FORMAT,
        "version": VERSION,
        "made_on": report.today.isoformat(),
        "app": report.app_version,
        "organisation": report.organisation,
        "sample": report.is_sample,
        "data_to": report.data_to.isoformat() if report.data_to else None,
        "policy": {"key": report.policy.key, "words": report.policy.words, "hides_up_to": report.policy.hide_up_to},
        "roles": [_role(role, report.policy, rating_keys(factors["factors"])) for role in report.roles],
    }
    refuse_in_texts("The pack", _texts(content))
    return {**content, "sha256": digest_of(content)}


def write_pack(content: Plain, target: Path, hidden: int = 0) -> WrittenPack:
    """Write a pack beside the name, then put it in place. Raises UserProblem when it cannot be written."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        forget(part)
        raise UserProblem(
            f"{target.name} cannot be written there: {error.strerror}.", "Choose another folder. Nothing was changed."
        ) from error
    measures = sum(len(role["measures"]) for role in content["roles"])
    return WrittenPack(target, content["sha256"], len(content["roles"]), measures, hidden)


def _role(role: ProtectedRole, policy: Policy, kept_under: Mapping[str, str]) -> Plain:
    facts, launch = role.profile.facts, role.role.timeline.launch
    at_launch = standings(role.ratings, kept_under, launch) if launch else {}
    return {
        "name": role.role.name,
        "place": role.role.place,
        "family": facts.family,
        "lifecycle": role.role.lifecycle.value,
        "launch": launch.isoformat() if launch else None,
        "profile": {name: getattr(facts, name) for name in PROFILE},
        "setting": {name: getattr(facts, name) for name in SETTING},
        "dose": {
            "intended": facts.dose,
            "people_in_post": people_band(facts.head_count, policy),
            "planned_wte": role.role.planned_wte,
            "actual_wte": role.role.actual_wte,
        },
        "factors_at_launch": [{"key": key, "state": held.state} for key, held in sorted(at_launch.items())],
        "measures": [_measure(role, finding) for finding in role.finding.measures],
    }


def _measure(role: ProtectedRole, finding: MeasureFinding) -> Plain:
    measure = finding.measure
    made = definition_hash(measure.kind.value, measure.unit, measure.multiplier, measure.population, measure.definition)
    shown = role.series_of(measure.id).shown
    return {
        "name": measure.label,
        "library_key": measure.library_key,
        "kind": measure.kind.value,
        "unit": measure.unit,
        "direction": measure.direction.value,
        "counts_people": measure.people_count,
        "definition": measure.definition,
        "definition_version": measure.definition_version,
        "definition_hash": made,
        "is_primary": measure.is_primary,
        "n_before": finding.n_before,
        "n_after": finding.n_after,
        "effect": _effect(finding),
        "evidence": {"level": finding.evidence.level, "scale": finding.evidence.scale},
        "sentence": finding.texts.statement,
        "cautions": [caution.text for caution in finding.cautions],
        "engine": finding.engine,
        "values": [
            {
                "start": point.period.start.isoformat(),
                "end": point.period.end.isoformat(),
                "phase": point.phase.value,
                "left_out": point.left_out.value if point.left_out else None,
                "value": _number(float(shown.values[point.position])),
            }
            for point in finding.points
        ],
    }


def _effect(finding: MeasureFinding) -> Plain:
    effect = finding.effect
    if not isinstance(effect, Effect):
        return {"none": effect.reason}
    names = ("absolute", "absolute_lower", "absolute_upper", "relative", "relative_lower", "relative_upper")
    return {
        **{name: _number(getattr(effect, name)) for name in names},
        "unit": effect.unit,
        "method": effect.method,
        "early": effect.early,
    }


def _number(value: float) -> float | None:
    return value if isfinite(value) else None


def _texts(held: object) -> list[str]:
    if isinstance(held, str):
        return [held]
    parts = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    return [text for part in parts for text in _texts(part)]
