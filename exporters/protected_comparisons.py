"""Comparisons as they may leave the app: a comparator of which a small number is hidden takes no part in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.evidence import without_figures
from analysis.finding_comparator import values_beside
from analysis.finding_further import ComparatorFinding
from analysis.finding_shapes import Caution, MeasureFinding
from analysis.vocabulary import Arm, Series
from analysis.wording import plural
from exporters.policy import Policy
from exporters.protection import protect

WITHHELD_CODE = "comparison hidden"


def protected_compared(
    finding: MeasureFinding, series: Series, beside: Sequence[Series], policy: Policy
) -> MeasureFinding:
    """The finding with the values of its comparators as they may be shown.

    A comparison is withheld, and that is said, where a period of the comparator is hidden: the extra change would give
    it back. The same object where nothing is compared or nothing protected.
    """
    if not finding.compared or not policy.protects:
        return finding
    kept: list[ComparatorFinding] = []
    gone: list[str] = []
    for one in finding.compared:
        shown = protect(_series_of(one, finding, beside), policy)
        if shown.count_hidden:
            gone.append(f"{one.facts.name} ({plural(shown.count_hidden, 'period')} hidden as small numbers)")
        else:
            kept.append(replace(one, values=values_beside(series, shown.shown, one.months_earlier)))
    if not gone:
        return replace(finding, compared=tuple(kept))
    words = f"Not shown: the comparison with {' and '.join(gone)}."
    cautions = (*finding.cautions, Caution(WITHHELD_CODE, words))
    bare = without_figures(finding.evidence)
    return replace(finding, compared=tuple(kept), cautions=cautions, evidence=bare)


def _series_of(one: ComparatorFinding, finding: MeasureFinding, beside: Sequence[Series]) -> Series:
    arm = Arm.BENCHMARK if one.is_benchmark else Arm.COMPARATOR
    return next(held for held in beside if held.measure.id == finding.measure.id and held.arm is arm)
