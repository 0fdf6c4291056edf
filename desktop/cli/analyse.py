"""`roleworth analyse`: every impact and economic result the app would show, with true and not protected numbers."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.economics.reviewer import checks_sentence
from analysis.finding_further import FittedChange
from analysis.finding_shapes import Effect, EvidenceLevel, MeasureFinding
from analysis.plain import Plain, as_plain
from db.answers import RoleAnswer
from desktop.cli.opening import answers_of, opened, print_json


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `analyse`."""
    parser.epilog = (
        "Numbers stand as recorded, small ones too; what may leave this computer is made by `roleworth export`."
        '\n\nexample:\n  roleworth analyse elm.roleworth --role "Care navigator" --json'
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--role", action="append", default=[], metavar="NAME", help="only this role; may be repeated")
    parser.add_argument("--measure", metavar="NAME", help="only this measure")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(_name: str, options: argparse.Namespace) -> int:
    """Print the results; returns the exit status."""
    with opened(options.file) as store:
        answer = answers_of(store, options.role)
    if options.json:
        roles: list[Plain] = [role_document(role, options.measure) for role in answer.roles]
        engine = answer.roles[0].finding.engine if answer.roles else ""
        print_json({"file": answer.file_name, "engine": engine, "roles": roles})
    else:
        for role in answer.roles:
            print("\n".join(role_lines(role, options.measure)), end="\n\n")
    return 0


def role_lines(role: RoleAnswer, only: str | None = None) -> list[str]:
    """One role's findings as lines of text: the same sentences the screens show."""
    level = f", evidence {role.finding.evidence.label.lower()}" if role.finding.evidence else ""
    lines = [", ".join(part for part in (role.role.name, role.role.place) if part) + level]
    for found in role.finding.measures:
        if only in (None, found.measure.name):
            lines.append(f"  {found.verdict.mark} {found.texts.statement}")
            lines += [f"      {text}" for text in _beside(found)]
            lines += [f"      ▲ {caution.text}" for caution in found.cautions]
    lines += [f"  {gap.sentence}" for gap in role.gaps if only is None]
    if role.finding.multiplicity is not None:
        lines.append(f"  {role.finding.multiplicity.text}")
    lines += [f"  ▲ {caution.text}" for caution in role.finding.cautions]
    likely = role.economics.likelihood
    money = [f"  £ {role.economics.worth_it}", f"    {role.economics.break_even_sentence}"]
    money.append(f"    Reviewer: {checks_sentence(role.reviewer)}")
    money += [f"    ▲ {words}" for words in role.economics.warnings]
    return [*lines, *money, *([f"    {likely.sentence}"] if likely else [])]


def _beside(found: MeasureFinding) -> list[str]:
    """What stands beside the change: comparators, fitted trend, what came after the end, what more time would show."""
    lines = [one.sentence for one in found.compared]
    lines += [found.fitted.text] if isinstance(found.fitted, FittedChange) else []
    lines += [found.after_end.sentence] if found.after_end else []
    return [*lines, found.plan.text] if found.plan else lines


def role_document(role: RoleAnswer, only: str | None = None) -> dict[str, Plain]:
    """One role's results as plain data, with the output names of the reference cases."""
    finding = role.finding
    measures: list[Plain] = [measure_document(f) for f in finding.measures if only in (None, f.measure.name)]
    launch = role.role.timeline.launch
    return {
        "name": role.role.name,
        "place": role.role.place,
        "launch": launch.isoformat() if launch else None,
        "evidence": _evidence(finding.evidence),
        "measures": measures,
        "several_measures": as_plain(finding.multiplicity),
        "gaps": as_plain(role.gaps),
        "cautions": as_plain(finding.cautions),
        "economics": economics_document(role),
    }


def measure_document(found: MeasureFinding) -> dict[str, Plain]:
    """One finding as plain data."""
    effect = found.effect
    return {
        "name": found.measure.name,
        "population": found.measure.population,
        "kind": found.measure.kind.value,
        "unit": found.measure.unit,
        "direction": found.measure.direction.value,
        "n_before": found.n_before,
        "n_after": found.n_after,
        "finding": found.texts.statement,
        "verdict": found.verdict.value,
        "evidence": _evidence(found.evidence),
        "results": {
            "xmr": as_plain(found.xmr),
            "before_after": as_plain(effect) if isinstance(effect, Effect) else None,
            "too_early": None if isinstance(effect, Effect) else as_plain(effect),
            "interrupted_series": as_plain(found.fitted),
            "difference_in_differences": as_plain(found.compared),
            "after_end": as_plain(found.after_end),
        },
        "icons": as_plain(found.icons),
        "plan": as_plain(found.plan),
        "cautions": as_plain(found.cautions),
        "detectable": as_plain(found.detectable),
        "input_hash": found.input_hash,
    }


def economics_document(role: RoleAnswer) -> dict[str, Plain]:
    """One role's money as plain data."""
    held = role.economics
    return {
        "can_say": [step.title for step in held.ladder if step.done],
        "missing": [f"{step.title}: {step.gives}" for step in held.ladder if not step.done],
        "not_known": list(held.not_known),
        "withheld": list(held.withheld),
        "warnings": list(held.warnings),
        "sentence": held.worth_it,
        "cost_before": as_plain(held.cost_before),
        "cost_after": as_plain(held.cost_after),
        "plan_against_actual": as_plain(held.plan),
        "posts": as_plain(held.posts),
        "unit_costs": as_plain(held.unit_costs),
        "break_even": {"yearly_cost": as_plain(held.yearly_cost), "lines": as_plain(held.break_even)},
        "views": as_plain(held.views),
        "years": as_plain(held.years),
        "reviewer_checks": as_plain(role.reviewer),
        "likelihood": as_plain(held.likelihood),
        "appraisal": as_plain(held.appraisal),
        "by_organisation": as_plain(held.appraisal.organisations) if held.appraisal else None,
    }


def _evidence(level: EvidenceLevel | None) -> Plain:
    if level is None:
        return None
    reasons: list[Plain] = [f"{'met' if r.met else 'not met'}: {r.text}" for r in level.reasons]
    return {"level": level.level, "scale": level.scale, "reasons": reasons, "to_raise": level.to_raise}
