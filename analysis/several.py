"""Allowing for several measures: the primary ones by Holm, the others by Benjamini and Hochberg."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from analysis.finding_further import Adjusted, Multiplicity
from analysis.finding_shapes import Caution, Effect, MeasureFinding
from analysis.impact.adjust_p import adjust_p
from analysis.prespecified import MOST_PRIMARY
from analysis.wording import plural

CODES = ("several_measures", "many_primary", "multiplicity")


def multiplicity_of(findings: Sequence[MeasureFinding]) -> Multiplicity | None:
    """P values before and after adjusting; None with fewer than two estimates."""
    with_p = [(one, one.effect.p) for one in findings if isinstance(one.effect, Effect) and isfinite(one.effect.p)]
    if len(with_p) < 2:
        return None
    primary = [pair for pair in with_p if pair[0].measure.is_primary]
    rest = [pair for pair in with_p if not pair[0].measure.is_primary]
    held = (*_adjusted(primary, "holm", is_primary=True), *_adjusted(rest, "bh", is_primary=False))
    return Multiplicity(len(with_p), held, _text(len(with_p), held))


def several_cautions(findings: Sequence[MeasureFinding], held: Multiplicity | None) -> tuple[Caution, ...]:
    """What looking at several measures asks to bear in mind."""
    found = list(several_measures(len(findings)))
    declared = sum(one.measure.is_primary for one in findings)
    if declared > MOST_PRIMARY:
        found.append(
            Caution("many_primary", f"{declared} measures are called primary; {MOST_PRIMARY} at most can lead.")
        )
    fallen = [one.name for one in (held.measures if held else ()) if one.p < 0.05 and not one.holds]
    if fallen:
        text = f"Allowing for how many measures are looked at, chance is not ruled out for {', '.join(fallen)}."
        found.append(Caution("multiplicity", text))
    return tuple(found)


def several_measures(count: int) -> tuple[Caution, ...]:
    """The caution for a role with many measures: some will look changed by chance."""
    if count < 6:
        return ()
    expected = max(1, round(count * 0.05))
    text = f"{count} measures are looked at: about {expected} would look changed by chance alone."
    return (Caution("several_measures", text),)


def _adjusted(
    pairs: Sequence[tuple[MeasureFinding, float]], adjustment: str, *, is_primary: bool
) -> tuple[Adjusted, ...]:
    if not pairs:
        return ()
    values = adjust_p(p=[min(1.0, p) for _, p in pairs], adjustment=adjustment).adjusted
    return tuple(
        Adjusted(one.measure.id, one.measure.label, p, adjusted, is_primary)
        for (one, p), adjusted in zip(pairs, values, strict=True)
    )


def _text(examined: int, held: tuple[Adjusted, ...]) -> str:
    primary = sum(one.is_primary for one in held)
    lead = f"{plural(primary, 'primary measure')} by Holm" if primary else "no primary measure"
    rest = f", {plural(examined - primary, 'other')} by Benjamini and Hochberg" if examined > primary else ""
    kept = sum(one.holds for one in held)
    looked = f"{plural(examined, 'measure')} with an estimate ({lead}{rest})"
    return f"{looked}: {kept} still beyond chance after allowing for it."
