"""`roleworth record`: what is recorded of a role besides its figures, and what a commissioner will miss."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import resources
from analysis.economics.measured import taken_words
from analysis.economics.role_lines import lacking, lacking_of_cost
from analysis.plain import Plain, as_plain
from db.answers import RoleAnswer
from db.queries.record import facts_by_key
from desktop.cli.opening import answers_of, opened, print_json


def describe(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `record`."""
    parser.epilog = (
        "Numbers stand as recorded, those of single posts too; what may leave this computer is made by "
        '`roleworth export`.\n\nexample:\n  roleworth record elm.roleworth --role "Care navigator"'
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--role", action="append", default=[], metavar="NAME", help="only this role; may be repeated")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(_name: str, options: argparse.Namespace) -> int:
    """Print the record; returns the exit status."""
    with opened(options.file) as store:
        answer = answers_of(store, options.role)
    if options.json:
        roles: list[Plain] = [record_document(role) for role in answer.roles]
        print_json({"file": answer.file_name, "roles": roles})
    else:
        for role in answer.roles:
            print("\n".join(record_lines(role)), end="\n\n")
    return 0


def record_lines(role: RoleAnswer) -> list[str]:
    """One role's record as lines of text, in the words of the screens; what is not recorded is left out."""
    held = facts_by_key(role.profile, role.record)
    lines = [", ".join(part for part in (role.role.name, role.role.place) if part), f"  {role.completeness.sentence}"]
    lines += [
        f"  {'▲' if one.required else '–'} {one.number}. {one.words}. {one.said}" for one in role.completeness.missing
    ]
    for section in resources.load("role_record")["sections"]:
        told = [(field["caption"], held[field["key"]]) for field in section["fields"]]
        known = [(caption, value) for caption, value in told if value not in (None, "")]
        if known:
            lines += [f"  {section['title']}", *(f"    {caption}: {_text(value)}" for caption, value in known)]
    return lines + _money_lines(role)


def _money_lines(role: RoleAnswer) -> list[str]:
    """The plan for money: its lines, what each still lacks, where measured ones come from, and warnings."""
    held, facts = role.economics, role.economics.facts
    lacks = [(post.line.label, post.lacking) for post in held.posts]
    lacks += [(line.label, lacking_of_cost(line)) for line in facts.costs]
    lacks += [(line.label, lacking(line)) for line in facts.benefits]
    lines = [f"    {label} lacks {' and '.join(gaps)}" if gaps else f"    {label}" for label, gaps in lacks]
    lines += [f"    {words}" for line in facts.benefits if (words := taken_words(line))]
    lines += [f"    ▲ {words}" for words in held.warnings]
    return ["  Plan for money", *lines] if lines else []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(as_plain(value))


def record_document(role: RoleAnswer) -> dict[str, Plain]:
    """One role's record as plain data; keys of facts are those of the record."""
    held, record = facts_by_key(role.profile, role.record), role.record
    facts = {
        part: {field["key"]: as_plain(held[field["key"]]) for section in sections for field in section["fields"]}
        for part, sections in _by_part().items()
    }
    done = role.completeness
    return {
        "name": role.role.name,
        "place": role.role.place,
        "profile": facts["Profile"],
        "case": facts["Case for the role"],
        "judgement": facts["Completeness"],
        "tasks": [_row(row) for row in role.profile.tasks],
        "alternatives": [_row(row) for row in record.alternatives],
        "measures": [as_plain(use) for use in record.uses],
        "staffing": [as_plain(row) for row in record.staffing],
        "notes": [_row(row) for row in role.profile.notes],
        "plan": {part: as_plain(getattr(role.economics.facts, part)) for part in ("pay", "costs", "benefits")},
        "case_changes": [as_plain(change) for change in record.case_changes],
        "completeness": {
            "required": done.required,
            "required_done": done.required_done,
            "sentence": done.sentence,
            "items": [as_plain(item) for item in done.items],
        },
    }


def _by_part() -> dict[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for section in resources.load("role_record")["sections"]:
        found.setdefault(section["part"], []).append(section)
    return found


def _row(row: Mapping[str, Any]) -> Plain:
    return as_plain({name: value for name, value in row.items() if name not in ("id", "uuid", "implementation_id")})
