"""Benefit less cost when both are unsure: how probable a net saving is, and what knowing for certain would be worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.economics.distributions import distributions


@dataclass(frozen=True)
class MonteCarlo:
    """Share of draws with a gain, mean gain, and the expected value of perfect information, each with its error.

    `mcse` are Monte Carlo standard errors: how far another seed would move the figure.
    """

    p_positive: float
    mean_net: float
    evpi: float
    mcse_p_positive: float
    mcse_mean_net: float
    draws: int
    seed: int


def monte_carlo(benefit: Mapping[str, Any], cost: Mapping[str, Any], draws: int, seed: int) -> MonteCarlo:
    """Draw benefit and cost apart (each a distribution as `distributions` takes it) and look at their difference.

    EVPI is the mean of the better choice of each draw less the better choice on average.
    """
    import numpy as np

    random = np.random.default_rng(seed)
    gained, spent = distributions(**benefit).draw(random, draws), distributions(**cost).draw(random, draws)
    net = gained - spent
    share, mean = float(np.mean(net > 0)), float(net.mean())
    return MonteCarlo(
        p_positive=share,
        mean_net=mean,
        evpi=float(np.maximum(net, 0.0).mean() - max(mean, 0.0)),
        mcse_p_positive=float(np.sqrt(share * (1 - share) / draws)),
        mcse_mean_net=float(net.std(ddof=1) / np.sqrt(draws)) if draws > 1 else float("nan"),
        draws=draws,
        seed=seed,
    )
