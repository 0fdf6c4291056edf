"""The engine proved against reference cases: what other programs printed, or what follows from a closed form.

Pure: cases come in as dictionaries, tables through a callable. Each method is named by a "module:function" text and
found when first used, so that families of methods stay independent of one another; anyone may add to `METHODS`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from analysis.plain import Plain, as_plain

LoadCsv = Callable[[str], Sequence[Mapping[str, str]]]
"""Reads a table whose path is relative to the case file: rows of texts by column name."""

Case = Mapping[str, Any]  # Any: a case is free-form JSON until it has been checked here

METHODS: dict[str, str] = {
    "xmr": "analysis.impact.xmr:xmr",
    "run_chart": "analysis.impact.run_chart:run_chart",
    "rate_chart": "analysis.impact.rate_chart:rate_chart",
    "interrupted_series": "analysis.impact.interrupted_series:interrupted_series",
    "difference_in_differences": "analysis.impact.difference_in_differences:difference_in_differences",
    "pool": "analysis.impact.pool:pool",
    "rate_ratio": "analysis.impact.rate_ratio:rate_ratio",
    "proportion_difference": "analysis.impact.proportion_difference:proportion_difference",
    "paired_proportions": "analysis.impact.proportion_difference:paired_proportions",
    "mean_difference": "analysis.impact.mean_difference:mean_difference",
    "paired_mean": "analysis.impact.paired_mean:paired_mean",
    "detectable_change": "analysis.impact.detectable_change:detectable_change",
    "adjust_p": "analysis.impact.adjust_p:adjust_p",
    "regression_to_mean": "analysis.impact.regression_to_mean:regression_to_mean",
    "employer_cost": "analysis.economics.pay:employer_cost",
    "prorate": "analysis.economics.months:prorate",
    "price_rebase": "analysis.economics.prices:price_rebase",
    "discount": "analysis.economics.discounting:discount",
    "break_even": "analysis.economics.break_even:break_even",
    "payback": "analysis.economics.break_even:payback",
    "efficiency": "analysis.economics.efficiency:efficiency",
    "appraisal": "analysis.economics.appraisal_results:appraisal",
    "frontier": "analysis.economics.frontier:frontier",
    "icer_plane": "analysis.economics.icer_plane:icer_plane",
    "scale": "analysis.economics.scale:scale",
    "additionality": "analysis.economics.additionality:additionality",
    "distributions": "analysis.economics.distributions:distributions",
    "monte_carlo": "analysis.economics.monte_carlo:monte_carlo",
    "probabilistic": "analysis.economics.probabilistic:probabilistic",
}
"""Method name of a case to the function that answers it; its parameters are the inputs a case may give."""

_NEEDED = frozenset({"id", "method", "inputs", "expected", "tolerance"})
_CASE_KEYS = _NEEDED | {"title", "tolerances", "source", "licence", "third_party_data", "notes"}

_UNKNOWN_KEY = "unknown key in the case:"
_LACKING = "the case lacks"
_UNKNOWN_INPUT = "unknown input:"
_UNKNOWN_METHOD = "unknown method:"
_REFUSED = "the method refused the inputs:"


@dataclass(frozen=True)
class Mismatch:
    """One expected answer that the engine did not give. `path` like `phases.2.mean`."""

    path: str
    expected: Plain
    computed: Plain
    why: str


@dataclass(frozen=True)
class CaseResult:
    """What came of one case. `problem` says why it could not be run; passed means no problem and no mismatch."""

    id: str
    title: str
    method: str
    mismatches: tuple[Mismatch, ...] = ()
    problem: str | None = None
    compared: int = 0

    @property
    def passed(self) -> bool:
        """Whether every expected answer was given."""
        return self.problem is None and not self.mismatches


@dataclass(frozen=True)
class _Tolerance:
    absolute: float
    relative: float

    def allows(self, computed: float, expected: float) -> bool:
        return abs(computed - expected) <= max(self.absolute, self.relative * abs(expected))


def run_case(case: Case, load_csv: LoadCsv, methods: Mapping[str, str] = METHODS) -> CaseResult:
    """Runs one case and compares every expected answer.

    An unknown method, an unknown key or inputs the method refuses fail the case; they never raise. Only what is
    expected is compared: extra outputs are ignored, a case that expects nothing fails.
    """
    name = str(case.get("method"))
    head = (str(case.get("id")), str(case.get("title", "")), name)
    try:
        computed = _compute(case, load_csv, methods)
        comparison = _Comparison(case)
        comparison.compare(case["expected"], computed, (), "")
    except _CannotRun as problem:
        return CaseResult(*head, problem=str(problem))
    if not comparison.compared:
        return CaseResult(*head, problem="the case expects nothing")
    return CaseResult(*head, tuple(comparison.mismatches), compared=comparison.compared)


def run_cases(
    document: Mapping[str, Any], load_csv: LoadCsv, only: frozenset[str] | None = None
) -> tuple[CaseResult, ...]:
    """Runs the cases of a file (a `roleworth-cases/1` document), of the named methods only if any are named."""
    cases = document.get("cases", [])
    return tuple(run_case(case, load_csv) for case in cases if only is None or case.get("method") in only)


class _CannotRun(Exception):  # noqa: N818 - not an error of the program: the case is wrong
    def __init__(self, what: str, *names: str) -> None:
        super().__init__(f"{what} {', '.join(names)}".strip())


def _compute(case: Case, load_csv: LoadCsv, methods: Mapping[str, str]) -> Plain:
    if unknown := sorted(set(case) - _CASE_KEYS):
        raise _CannotRun(_UNKNOWN_KEY, *unknown)
    if missing := sorted(_NEEDED - set(case)):
        raise _CannotRun(_LACKING, *missing)
    function = _method(str(case["method"]), methods)
    inputs = {key: _with_tables(value, load_csv) for key, value in case["inputs"].items()}
    if strange := sorted(set(inputs) - set(inspect.signature(function).parameters)):
        raise _CannotRun(_UNKNOWN_INPUT, *strange)
    try:
        return as_plain(function(**inputs))
    except (ValueError, TypeError, ArithmeticError) as error:
        raise _CannotRun(_REFUSED, str(error)) from error


def _method(name: str, methods: Mapping[str, str]) -> Callable[..., object]:
    if name not in methods:
        raise _CannotRun(_UNKNOWN_METHOD, name)
    module, _, function = methods[name].partition(":")
    found: Callable[..., object] = getattr(import_module(module), function)
    return found


def _with_tables(value: Any, load_csv: LoadCsv) -> Any:  # noqa: ANN401 - free-form JSON in and out
    if isinstance(value, Mapping):
        if "csv" in value:
            return _table(value, load_csv)
        return {key: _with_tables(item, load_csv) for key, item in value.items()}
    return [_with_tables(item, load_csv) for item in value] if isinstance(value, list) else value


def _table(where: Mapping[str, Any], load_csv: LoadCsv) -> list[object]:
    rows = load_csv(str(where["csv"]))
    if "column" in where:
        return [_cell(row[where["column"]]) for row in rows]
    return [[_cell(row[name]) for name in where["columns"]] for row in rows]


def _cell(text: str) -> float | str | None:
    if not text.strip():
        return None
    try:
        return float(text)
    except ValueError:
        return text


class _Comparison:
    """Walks the expected answers and collects what does not match."""

    def __init__(self, case: Case) -> None:
        self._general = _tolerance(case["tolerance"])
        given = case.get("tolerances") or {}
        self._special = {tuple(path.split(".")): _tolerance(value) for path, value in given.items()}
        self.mismatches: list[Mismatch] = []
        self.compared = 0

    def compare(self, expected: Plain, computed: Plain, path: tuple[str, ...], shown: str) -> None:
        """Compares one expected answer; `path` has no list positions, `shown` has them."""
        if isinstance(expected, dict):
            self._compare_objects(expected, computed, path, shown)
        elif isinstance(expected, list):
            self._compare_lists(expected, computed, path, shown)
        else:
            self.compared += 1
            if not self._equal(expected, computed, path):
                self._miss(expected, computed, shown, "differs")

    def _compare_objects(self, expected: dict[str, Plain], computed: Plain, path: tuple[str, ...], shown: str) -> None:
        if not isinstance(computed, dict):
            self._miss(expected, computed, shown, "an object was expected")
            return
        for key, value in expected.items():
            place = f"{shown}.{key}" if shown else key
            if key in computed:
                self.compare(value, computed[key], (*path, key), place)
            else:
                self._miss(value, None, place, "not among the answers")

    def _compare_lists(self, expected: list[Plain], computed: Plain, path: tuple[str, ...], shown: str) -> None:
        if not isinstance(computed, list) or len(computed) != len(expected):
            self._miss(expected, computed, shown, "a list of another length")
            return
        self.compared += not expected
        for place, (one, other) in enumerate(zip(expected, computed, strict=True)):
            self.compare(one, other, path, f"{shown}.{place}")

    def _equal(self, expected: Plain, computed: Plain, path: tuple[str, ...]) -> bool:
        if _is_number(expected) and _is_number(computed):
            return self._tolerance_at(path).allows(float(computed), float(expected))  # type: ignore[arg-type]  # both are numbers here
        return type(expected) is type(computed) and expected == computed

    def _tolerance_at(self, path: tuple[str, ...]) -> _Tolerance:
        reaches = [path[:length] for length in range(len(path), 0, -1)]
        return next((self._special[reach] for reach in reaches if reach in self._special), self._general)

    def _miss(self, expected: Plain, computed: Plain, shown: str, why: str) -> None:
        self.mismatches.append(Mismatch(shown, expected, computed, why))


def _tolerance(given: Mapping[str, float]) -> _Tolerance:
    return _Tolerance(given.get("abs", 0.0), given.get("rel", 0.0))


def _is_number(value: Plain) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
