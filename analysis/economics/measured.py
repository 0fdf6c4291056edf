"""What is said of volumes that were taken from measures, and of an effect that is corrected twice."""

from __future__ import annotations

from analysis.plan import BenefitLineFacts
from analysis.vocabulary import CostKind

BY_VOLUME = {CostKind.PER_CLIENT: "clients", CostKind.PER_CONTACT: "contacts", CostKind.PER_POST: "posts"}
"""The kinds of cost that go by a measure, and what it counts."""


def taken_words(line: BenefitLineFacts) -> str:
    """Where the volumes of a line come from, in one sentence; empty for a line that was typed."""
    held = line.taken
    if held is None:
        return ""
    if held.why_not:
        return f"{line.label}: no effect can be taken from {held.measure or 'a measure'} yet ({held.why_not})."
    how = f"the extra change of {held.measure} against {held.against}" if held.against else f"{held.measure}"
    early = f" Early: {held.early}." if held.early else ""
    settled = "" if held.is_prespecified else " How to judge it was not settled before launch: not pre-specified."
    return f"{line.label}: taken from {how}.{early}{settled}"


def twice_corrected(line: BenefitLineFacts) -> str:
    """The warning where a controlled effect is corrected again; empty where nothing is wrong."""
    if not line.is_controlled:
        return ""
    parts = [
        words
        for words, held, right in (
            ("what would have happened anyway", line.deadweight, 0),
            ("the share due to the role", line.attribution, 1),
        )
        if held is not None and float(held) != right
    ]
    if not parts:
        return ""
    against = line.taken.against if line.taken else ""
    return (
        f"{line.label}: the effect is already held against {against}, so {' and '.join(parts)} "
        f"{'is' if len(parts) == 1 else 'are'} taken off twice. Leave 0\u00a0% and 100\u00a0%, or type the volumes."
    )
