"""Fitting a line with the error structures an interrupted series needs; estimates with their covariance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np

from analysis.arrays import FloatArray

BOUNDARY = 0.99
_REACH = 0.99999
_FARTHEST = 300.0
"""Log of a fitted count beyond which squares of it leave what a float holds."""
_ROUNDS = 100


@dataclass(frozen=True)
class Fit:
    """Coefficients and their covariance; `df` is NaN where the normal distribution is used for intervals.

    `residuals` are ordinary (Poisson: deviance) residuals, `transformed` those of the last weighted step.
    """

    coefficients: FloatArray
    covariance: FloatArray
    df: float
    fitted: FloatArray
    residuals: FloatArray
    transformed: FloatArray
    dispersion: float = nan
    deviance: float = nan
    rho: float = nan


def ordinary(x: FloatArray, y: FloatArray) -> Fit:
    """Least squares with equal, independent errors."""
    n, k = x.shape
    inverse, beta = _solve(x, y)
    residuals = y - x @ beta
    variance = float(residuals @ residuals) / (n - k)
    return Fit(beta, inverse * variance, n - k, x @ beta, residuals, residuals)


def newey_west(x: FloatArray, y: FloatArray, lag: int | None) -> Fit:
    """Least squares, covariance robust to autocorrelation: Bartlett weights, factor n/(n - k), no prewhitening."""
    n, k = x.shape
    reach = int(4 * (n / 100) ** (2 / 9)) if lag is None else lag
    plain = ordinary(x, y)
    scores = x * plain.residuals[:, None]
    middle = scores.T @ scores
    for step in range(1, reach + 1):
        across = scores[step:].T @ scores[:-step]
        middle += (1 - step / (reach + 1)) * (across + across.T)
    inverse, _ = _solve(x, y)
    covariance = inverse @ middle @ inverse * n / (n - k)
    return Fit(plain.coefficients, covariance, n - k, plain.fitted, plain.residuals, plain.residuals)


def poisson(x: FloatArray, y: FloatArray, exposure: FloatArray, quasi: bool) -> Fit:
    """Log link, offset log(exposure), iterated weighted least squares; quasi multiplies by Pearson X2/(n - k).

    Raises ValueError when the counts are so far apart that the rounds run out of all bounds.
    """
    offset = np.log(exposure)
    eta = np.log(np.maximum(y, 0.1))
    beta = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        mu = np.exp(eta)
        root = np.sqrt(mu)
        _, new = _solve(x * root[:, None], (eta - offset + (y - mu) / mu) * root)
        moved, beta = float(np.abs(new - beta).max()), new
        eta = x @ beta + offset
        if float(np.abs(eta).max()) > _FARTHEST:
            text = "the counts are too far apart for this model"
            raise ValueError(text)
        if moved < 1e-12:
            break
    mu = np.exp(eta)
    inverse, _ = _solve(x * np.sqrt(mu)[:, None], y)
    ratio = np.where(y > 0, y / mu, 1.0)
    parts = 2 * (y * np.log(ratio) - (y - mu))
    dispersion = float(((y - mu) ** 2 / mu).sum()) / (len(y) - x.shape[1]) if quasi else 1.0
    deviance_residuals = np.sign(y - mu) * np.sqrt(np.maximum(parts, 0))
    return Fit(
        beta,
        inverse * dispersion,
        nan,
        mu,
        deviance_residuals,
        deviance_residuals,
        dispersion,
        float(parts.sum()),
    )


def autoregressive(x: FloatArray, y: FloatArray, restricted: bool) -> Fit:
    """Generalised least squares with correlation rho^|i - j|, rho by (restricted) maximum likelihood."""
    from scipy.optimize import minimize_scalar

    loss = _Likelihood(x, y, restricted)
    grid = np.concatenate([np.linspace(-0.99, 0.99, 67), [0.999, 0.9999, _REACH]])
    losses = loss.at(grid)
    best = int(np.argmin(losses))
    bounds = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)]))
    found = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-12})
    rho = float(found.x) if found.fun < losses[best] else float(grid[best])
    return _generalised(x, y, rho, _whiten)


def prais_winsten(x: FloatArray, y: FloatArray) -> Fit:
    """Least squares on quasi-differences, the first row kept, repeated until rho stands still."""
    fit, rho = ordinary(x, y), 0.0
    for _ in range(10 * _ROUNDS):
        e = fit.residuals
        new = float(e[1:] @ e[:-1] / (e[:-1] @ e[:-1]))
        moved, rho = abs(new - rho), new
        fit = _generalised(x, y, rho, _quasi_differences)
        if moved < 1e-10:
            break
    return fit


def _solve(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(X'X)^-1 and the least squares coefficients, by QR. Raises ValueError when columns depend on one another."""
    q, r = np.linalg.qr(x)
    if np.abs(np.diag(r)).min() <= 1e-12 * np.abs(np.diag(r)).max():
        text = "too few points before or after launch for this model"
        raise ValueError(text)
    inverse = np.linalg.inv(r)
    return inverse @ inverse.T, inverse @ (q.T @ y)


def _whiten(a: FloatArray, rho: float) -> FloatArray:
    """Rows with unit variance and no correlation, if the errors have correlation rho^|i - j|."""
    out = np.asarray(a, dtype=np.float64).copy()
    out[1:] = (a[1:] - rho * a[:-1]) / np.sqrt(1 - rho**2)
    return out


def _quasi_differences(a: FloatArray, rho: float) -> FloatArray:
    out = np.asarray(a, dtype=np.float64).copy()
    out[0] = a[0] * np.sqrt(max(0.0, 1 - rho**2))
    out[1:] = a[1:] - rho * a[:-1]
    return out


def _generalised(x: FloatArray, y: FloatArray, rho: float, transform: Callable[[FloatArray, float], FloatArray]) -> Fit:
    n, k = x.shape
    inside = ordinary(transform(x, rho), transform(y, rho))
    fitted = x @ inside.coefficients
    return Fit(inside.coefficients, inside.covariance, n - k, fitted, y - fitted, inside.residuals, rho=rho)


class _Likelihood:
    """Minus the log likelihood of a correlation rho^|i - j|, by rho alone, up to a constant.

    Sums of squares and products of whitened columns are quadratic in rho, so they are made once. The columns are first
    made orthonormal and the outcome freed of them, which changes neither likelihood and keeps the sums accurate.
    """

    def __init__(self, x: FloatArray, y: FloatArray, restricted: bool) -> None:
        q, _ = np.linalg.qr(x)
        z = np.column_stack([q, y - q @ (q.T @ y)])
        late, early = z[1:], z[:-1]
        self._first = np.outer(z[0], z[0])
        self._late, self._across, self._early = late.T @ late, late.T @ early + early.T @ late, early.T @ early
        self._n, self._k, self._restricted = *x.shape, restricted

    def __call__(self, rho: float) -> float:
        return float(self.at(np.array([rho]))[0])

    def at(self, rhos: FloatArray) -> FloatArray:
        """The loss at several correlations at once."""
        rho = rhos[:, None, None]
        sums = self._first + (self._late - rho * self._across + rho**2 * self._early) / (1 - rho**2)
        information, cross, whole = sums[:, :-1, :-1], sums[:, :-1, -1:], sums[:, -1, -1]
        squares = whole - (cross * np.linalg.solve(information, cross)).sum(axis=(1, 2))
        freedom = self._n - self._k if self._restricted else self._n
        loss = freedom / 2 * np.log(np.maximum(squares, np.finfo(float).tiny)) + (self._n - 1) / 2 * np.log(1 - rhos**2)
        if self._restricted:
            loss = loss + np.linalg.slogdet(information)[1] / 2
        return np.asarray(loss, dtype=np.float64)
