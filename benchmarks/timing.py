"""Interleaved pairs and their ratio, so that a machine that slows down slows both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def processor(work: Callable[[], object]) -> float:
    """Processor seconds of one call: what stays the same where other programs share the cores."""
    began = time.process_time()
    work()
    return time.process_time() - began


def pairs(ours: Callable[[], float], floor: Callable[[], float], runs: int) -> list[tuple[float, float]]:
    """Run both in turn, `runs` times after one warm-up each; seconds as each reports them."""
    ours(), floor()
    return [(ours(), floor()) for _ in range(runs)]


def report(name: str, held: Sequence[tuple[float, float]], most: float) -> bool:
    """Print medians, the ratio pair by pair and the aim; returns whether the median ratio keeps to it."""
    ratio = statistics.median(a / b for a, b in held)
    ours, floor = (statistics.median(column) for column in zip(*held, strict=True))
    kept = ratio <= most
    word = "kept" if kept else "MISSED"
    print(f"{name}: {ours:.3f} s against {floor:.3f} s, ratio {ratio:.2f} (aim at most {most}) {word}")
    return kept
