"""`roleworth pack`, `add-pack` and `places`: evidence packs out and in, and results over several places."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.sites import SiteResult, SitesFinding, over_sites
from db.operations.packs import keep_pack
from db.queries.packs import packs
from db.queries.roles import factor_ratings
from db.sites import own_results
from db.store import Store
from desktop.cli.opening import answers_of, keep_export, opened, print_json
from exporters.choices import Choices
from exporters.kept import kept_of
from exporters.pack import OTHER_TEAMS, PACK, pack_of, write_pack
from exporters.policy import POLICIES
from exporters.register import export_facts
from exporters.report import report_of
from importers.pack import checked_pack, read_pack
from resources import load

EXAMPLES = {
    "pack": 'roleworth pack elm.roleworth --to elm-pack.json --role "Care navigator"',
    "add-pack": "roleworth add-pack oak-pack.json --into elm.roleworth",
    "places": "roleworth places elm.roleworth --json",
}
PROTECTING = tuple(key for key, policy in POLICIES.items() if policy.protects)


def describe(name: str, parser: argparse.ArgumentParser) -> None:
    """Add a command's arguments to its parser."""
    parser.epilog = f"example:\n  {EXAMPLES[name]}"
    if name == "add-pack":
        parser.add_argument("pack", type=Path, metavar="PACK.json", nargs="+")
        parser.add_argument("--into", type=Path, metavar="FILE", required=True, help="the evaluation file")
        return
    parser.add_argument("file", type=Path, metavar="FILE")
    if name == "places":
        parser.add_argument("--json", action="store_true", help="print one JSON document")
        return
    parser.add_argument("--to", type=Path, metavar="PACK.json", required=True, help="the pack to write")
    parser.add_argument("--role", action="append", default=[], metavar="NAME", help="only this role; may be repeated")
    parser.add_argument("--small-numbers", choices=PROTECTING, default="hes", help="which small numbers are hidden")


def run(name: str, options: argparse.Namespace) -> int:
    """Run one of the commands; returns the exit status."""
    return {"pack": _pack, "add-pack": _add, "places": _places}[name](options)


def _pack(options: argparse.Namespace) -> int:
    with opened(options.file, read_only=False) as store:
        answer = answers_of(store, options.role)
        choices = Choices(audience=OTHER_TEAMS, policy=options.small_numbers, group_small=False)
        report = report_of(answer, choices, kept_of(store, (role.role.id for role in answer.roles)))
        written = write_pack(pack_of(report, load("factors")), options.to, report.count_hidden)
        print(written.sentence)
        keep_export(store, export_facts(report, PACK, written.path.name, written.sha256))
    print(f"SHA-256 {written.sha256}")
    return 0


def _add(options: argparse.Namespace) -> int:
    read = [read_pack(path) for path in options.pack]
    with opened(options.into, read_only=False) as store:
        for one in read:
            keep_pack(store, file_name=one.file_name, sha256=one.sha256, pack_version=one.version, content=one.content)
            print(f"{one.file_name} is kept: {len(one.results)} results of {one.organisation or 'another team'}.")
    return 0


def _places(options: argparse.Namespace) -> int:
    with opened(options.file) as store:
        found = over_sites(_results(store))
    if options.json:
        print_json({"file": options.file.name, "measures": [_plain(one) for one in found]})
        return 0
    if not found:
        print("No measure is held for two places of one role family.")
    for one in found:
        print(f"{one.family}. {one.sentence}")
        for left in one.left_out:
            print(f"  left out: {left.result.site}: {left.why}")
    return 0


def _results(store: Store) -> list[SiteResult]:
    """The results of the packs, then of this file's own roles."""
    found = [result for pack in packs(store) for result in checked_pack(pack.content, pack.file_name).results]
    answer = answers_of(store)
    ratings = {role.role.id: factor_ratings(store, role.role.id) for role in answer.roles}
    return [*found, *own_results(answer.roles, ratings, answer.organisation, load("factors"))]


def _plain(found: SitesFinding) -> dict[str, object]:
    pooled = found.pooled
    return {
        "family": found.family,
        "measure": found.measure.name,
        "scale": "relative" if found.measure.is_ratio else "absolute",
        "sentence": found.sentence,
        "places": [
            {"site": one.site, "estimate": one.estimate, "lower": one.lower, "upper": one.upper, "level": one.level}
            for one in found.included
        ],
        "left_out": [{"site": one.result.site, "why": one.why} for one in found.left_out],
        "average": None if pooled is None else found.centre,
        "interval": None if found.estimate is None else list(found.estimate),
        "prediction_interval": None if found.prediction is None else list(found.prediction),
        "tau2": None if pooled is None else pooled.tau2,
        "i_squared": None if pooled is None else pooled.i_squared,
    }
