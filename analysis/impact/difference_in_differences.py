"""Change in the role's place less the change elsewhere over the same time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, nan, sqrt

from analysis.beyond import power_of_e
from analysis.distributions import Z95, normal_two_sided, t_quantile, t_two_sided

Cell = Mapping[str, float]
"""`mean`, `sd`, `n` of one place and phase, or `count` and `exposure`."""

Arms = Mapping[str, Cell]
"""The cells `before` and `after` of one place."""


@dataclass(frozen=True)
class DifferenceInDifferences:
    """The extra change (means), or the ratio of two rate ratios (counts); NaN for what the design does not give."""

    estimate: float = nan
    se: float = nan
    ci_lower: float = nan
    ci_upper: float = nan
    t: float = nan
    df: float = nan
    p: float = nan
    log_ratio: float = nan
    ratio: float = nan
    ratio_lower: float = nan
    ratio_upper: float = nan


def difference_in_differences(
    *,
    design: str,
    treated: Arms,
    comparator: Arms,
    variance: str = "separate",
    dispersion: float = 1.0,
) -> DifferenceInDifferences:
    """How much more changed where the role was than where it was not.

    Method: `means`: (m11 - m10) - (m01 - m00) of four cells; variance `separate` (sum of sd^2/n, z), `pooled` or `hc1`
    (t with N - 4 degrees of freedom). `counts`: ratio of two rate ratios, variance of its log sum of 1/count times the
    dispersion (at least 1). Not unless both places would have moved alike without the role: look at the time before.

    Without sds only the estimate is given. Raises ValueError for an unknown design or variance, or counts of 0.
    Example: 10 to 7 here and 10 to 9 there is -2.
    """
    cells = [treated["after"], treated["before"], comparator["after"], comparator["before"]]
    if design == "counts":
        return _counts(cells, max(1.0, dispersion))
    if design != "means":
        text = f"the design is means or counts, not {design!r}"
        raise ValueError(text)
    estimate = (cells[0]["mean"] - cells[1]["mean"]) - (cells[2]["mean"] - cells[3]["mean"])
    if any(cell.get("sd") is None for cell in cells):
        return DifferenceInDifferences(estimate=estimate)
    return _means(estimate, cells, variance)


def _means(estimate: float, cells: list[Cell], variance: str) -> DifferenceInDifferences:
    total = sum(cell["n"] for cell in cells)
    spread = {
        "separate": sum(cell["sd"] ** 2 / cell["n"] for cell in cells),
        "pooled": sum((cell["n"] - 1) * cell["sd"] ** 2 for cell in cells)
        / (total - 4)
        * sum(1 / cell["n"] for cell in cells),
        "hc1": sum((cell["n"] - 1) * cell["sd"] ** 2 / cell["n"] ** 2 for cell in cells) * total / (total - 4),
    }
    if variance not in spread:
        text = f"the variance is separate, pooled or hc1, not {variance!r}"
        raise ValueError(text)
    se = sqrt(spread[variance])
    score, df = estimate / se, total - 4
    normal = variance == "separate"
    half = (Z95 if normal else t_quantile(0.975, df)) * se
    return DifferenceInDifferences(
        estimate=estimate,
        se=se,
        ci_lower=estimate - half,
        ci_upper=estimate + half,
        t=score,
        df=nan if normal else df,
        p=normal_two_sided(score) if normal else t_two_sided(score, df),
    )


def _counts(cells: list[Cell], dispersion: float) -> DifferenceInDifferences:
    if any(cell["count"] <= 0 or cell["exposure"] <= 0 for cell in cells):
        text = "a ratio of rate ratios needs events in every cell"
        raise ValueError(text)
    logs = [log(cell["count"] / cell["exposure"]) for cell in cells]
    estimate = (logs[0] - logs[1]) - (logs[2] - logs[3])
    se = sqrt(dispersion * sum(1 / cell["count"] for cell in cells))
    return DifferenceInDifferences(
        se=se,
        p=normal_two_sided(estimate / se),
        log_ratio=estimate,
        ratio=power_of_e(estimate),
        ratio_lower=power_of_e(estimate - Z95 * se),
        ratio_upper=power_of_e(estimate + Z95 * se),
    )
