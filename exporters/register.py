"""What the register of exports keeps of one: who it was for, under which policy, and what it told, as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.periods import Period, month_end
from analysis.wording import plural
from exporters.collecting import collecting_put_off
from exporters.told import Strands, Told

if TYPE_CHECKING:
    from exporters.policy import Policy
    from exporters.protected_role import ProtectedRole
    from exporters.report import Report

Earlier = Mapping[int, Mapping[int, Strands]]
"""What earlier exports told, by role and measure."""

ExportFacts = dict[str, Any]  # Any: columns of one row of the register
PORTFOLIO, ROLE = "portfolio", "role"
_DAY = timedelta(days=1)


def export_facts(report: Report, kind: str, file_name: str, sha256: str) -> ExportFacts:
    """The facts of one export for the register."""
    leaves = Leaves(kind, file_name, sha256, report.choices.audience)
    return facts_of(leaves, report.roles, report.policy)


@dataclass(frozen=True)
class Leaves:
    """One thing that leaves: what it is, its name if it has one, the SHA-256 of what left, and for whom."""

    kind: str
    file_name: str
    sha256: str
    audience: str = ""


def facts_of(leaves: Leaves, roles: Sequence[ProtectedRole], policy: Policy) -> ExportFacts:
    """The facts of something that leaves and shows these roles under this policy."""
    days = [period for role in roles for one in role.series for period in one.shown.periods]
    grains = [str(offer.frequency) for role in roles for offer in role.offers.values()]
    return {
        "kind": leaves.kind,
        "audience": leaves.audience,
        "policy": policy.key,
        "policy_reason": policy.reason,
        "period_start": min((one.start for one in days), default=None),
        "period_end": max((one.end for one in days), default=None),
        "roles": "; ".join(role.label for role in roles),
        **named(leaves.file_name, leaves.sha256),
        "data_hash": data_hash(roles),
        "shown": shown_text(roles),
        "edition": ROLE if len(roles) == 1 else PORTFOLIO,
        "grain": max(grains, key=_LENGTHS.index, default=""),
    }


def named(file_name: str, sha256: str) -> ExportFacts:
    """The facts of the file that left."""
    return {"file_name": file_name[-255:], "file_sha256": sha256}


def data_hash(roles: Sequence[ProtectedRole]) -> str:
    """SHA-256 of the facts that are shown: the same while neither they nor the choice of measures change."""
    return hashlib.sha256("".join(role.finding.input_hash for role in roles).encode()).hexdigest()


_LENGTHS = ("quarter", "year")


def register_words(report: Report) -> list[str]:
    """What earlier exports made it necessary to hide, and what they gave away already, in sentences."""
    words = []
    if report.count_more:
        one = report.count_more == 1
        words.append(
            f"{plural(report.count_more, 'value')} of these {'is' if one else 'are'} hidden only because an "
            "earlier export of this file would otherwise give small numbers back."
        )
    if report.count_given_away:
        words.append(
            f"{plural(report.count_given_away, 'hidden value')} can be worked out from earlier exports alone; "
            "this one adds nothing to that."
        )
    return words


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as it was written."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def shown_text(roles: Sequence[ProtectedRole]) -> str:
    """What is told of every measure that counts people, as JSON; "" where there is none."""
    held = {
        str(role.role.id): {str(key): _plain(one.told) for key, one in role.beside.items() if one.told}
        for role in roles
    }
    kept = {role: measures for role, measures in held.items() if measures}
    return json.dumps(kept, separators=(",", ":"), sort_keys=True) if kept else ""


def _plain(told: Strands) -> dict[str, list[list[object]]]:
    return {name: [[_days(one.days), one.low, one.high, one.most] for one in held] for name, held in told.items()}


def _days(days: Iterable[Period]) -> str:
    """`2024-04`, `2024-04/2025-03` and, for days that are no whole months, `2024-04-01/2024-04-07`."""
    return " ".join([_stretch(one.start, one.end) for one in days])


@lru_cache(maxsize=4096)
def _stretch(start: date, end: date) -> str:
    if start.day != 1 or (end + _DAY).day != 1:
        return f"{start}/{end}"
    return f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{start:%Y-%m}/{end:%Y-%m}"


@collecting_put_off()
def earlier_of(texts: Sequence[str]) -> Earlier:
    """What all earlier exports told together, from the texts the register keeps; each thing once."""
    found: dict[int, dict[int, dict[str, dict[_Plain, None]]]] = {}
    for text in texts:
        for role, measures in (json.loads(text) if text else {}).items():
            of_role = found.setdefault(int(role), {})
            for measure, strands in measures.items():
                of_measure = of_role.setdefault(int(measure), {})
                for name, held in strands.items():
                    of_measure.setdefault(name, {}).update(dict.fromkeys(map(tuple, held)))
    return {
        role: {
            key: {
                name: tuple([Told(_read(days), low, high, most) for days, low, high, most in held])
                for name, held in strands.items()
            }
            for key, strands in measures.items()
        }
        for role, measures in found.items()
    }


_Plain = tuple[str, int, int | None, int]
"""One thing told as the register keeps it: its days as text, the least, the most, the largest count hidden."""


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Period, ...]:
    return tuple([_read_stretch(part) for part in text.split(" ")])


def _read_stretch(text: str) -> Period:
    first, _, last = text.partition("/")
    if len(first) == len("2024-04"):
        start = date.fromisoformat(f"{first}-01")
        end = date.fromisoformat(f"{last}-01") if last else start
        return Period(start, month_end(end))
    return Period(date.fromisoformat(first), date.fromisoformat(last))
