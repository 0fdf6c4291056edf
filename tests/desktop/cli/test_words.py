"""Every command that anything written names is one, with the options that are named."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from desktop.cli.main import COMMANDS, parser_for

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    page
    for place in (
        "README.md",
        "CONTRIBUTING.md",
        "docs/**/*.md",
        "benchmarks/*.md",
        "faults/*.md",
        "resources/help/*.md",
    )
    for page in ROOT.glob(place)
)
ROW = re.compile(r"^\| (`.*?`) \|", re.MULTILINE)
"""The first cell of a row of the README's table of commands."""


def options_of(name: str) -> set[str]:
    return set(parser_for(name)._option_string_actions)


def unknown_in(words: str) -> list[str]:
    """What of a command, written as `export FILE --to SUMMARY.xlsx`, its parser does not know."""
    name, *rest = re.split(r"[\s\[\]|\\]+", words.strip())
    if name not in COMMANDS:
        return [name]
    return [f"{name} {word}" for word in rest if word.startswith("--") and word not in options_of(name)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_a_page_names_is_one_and_takes_what_is_named(page: Path) -> None:
    named = re.findall(r"`roleworth ([^`]+)`", page.read_text(encoding="utf-8"))
    assert [wrong for words in named if not words.startswith("COMMAND") for wrong in unknown_in(words)] == []


def test_the_readme_lists_every_command_with_what_it_must_be_given() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## From a terminal")[2].partition("## ")[0]
    rows = [re.findall(r"`([^`]+)`", cell) for cell in ROW.findall(text)]
    listed = [command for cells in rows for command in cells]
    assert {command.split()[0] for command in listed} == set(COMMANDS)
    assert [wrong for command in listed for wrong in unknown_in(command)] == []
    for command in listed:
        name = command.split()[0]
        needed = [one.metavar for one in parser_for(name)._actions if one.required and not one.option_strings]
        assert [word for word in needed if str(word).partition(".")[0] not in command] == [], command


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_are_taken_as_they_stand(name: str) -> None:
    parser = parser_for(name)
    examples = re.findall(rf"^  roleworth {name}(?: (.*))?$", parser.epilog or "", re.MULTILINE)
    assert examples
    for example in examples:
        parser.parse_args(shlex.split(example))
