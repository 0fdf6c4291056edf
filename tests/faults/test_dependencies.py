"""What needs no network of an audit: every dependency is pinned with its hashes, none is left out, each may be used."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
OURS = ("project", "dependencies")
LOCKS = {"requirements.lock": (OURS,), "requirements-dev.lock": (OURS, ("dependency-groups", "dev"))}
MAY_BE_USED = ("MIT", "BSD", "0BSD", "Apache", "Python Software Foundation", "PSF", "LGPL", "Zlib", "CC0")


@cache
def pinned(lock: str) -> dict[str, Requirement]:
    """What a lock asks for on this computer, by name; every line of it must be a version with its hashes."""
    found: dict[str, Requirement] = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text(encoding="utf-8").strip()):
        asked, *hashes = re.split(r"\s*\\\n\s*--hash=", entry.strip())
        assert hashes, entry
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), entry
        requirement = Requirement(asked)
        assert [clause.operator for clause in requirement.specifier] == ["=="], asked
        if requirement.marker is None or requirement.marker.evaluate():
            found[canonicalize_name(requirement.name)] = requirement
    return found


def needed(held: Distribution, extras: tuple[str, ...] = ("",)) -> list[Requirement]:
    """What a package says it needs on this computer."""
    asked = [Requirement(line) for line in held.requires or ()]
    return [one for one in asked if one.marker is None or any(one.marker.evaluate({"extra": at}) for at in extras)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_everything_that_is_needed_and_all_of_it_is_installed_as_it_says(lock: str) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [line for place in LOCKS[lock] for line in told[place[0]][place[1]]]
    waiting, held, seen = [Requirement(line) for line in lines], pinned(lock), set[tuple[str, frozenset[str]]]()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if (name, frozenset(one.extras)) in seen or (one.marker is not None and not one.marker.evaluate({"extra": ""})):
            continue
        seen.add((name, frozenset(one.extras)))
        assert name in held, f"{name} is needed and not in {lock}"
        assert distribution(name).version in held[name].specifier, name
        assert distribution(name).version in one.specifier, name
        waiting += needed(distribution(name), ("", *one.extras))
    assert len(seen) > 20


def licence(held: Distribution) -> str:
    """The licence a package names: as an expression, else by its classifiers, else in its own words."""
    told = {name: held.metadata.get_all(name) or [] for name in ("License-Expression", "Classifier", "License")}
    classified = [line for line in told["Classifier"] if line.startswith("License")]
    return "; ".join(told["License-Expression"] or classified or told["License"])


def test_every_package_that_goes_out_with_the_program_has_a_licence_that_lets_it() -> None:
    told = {name: licence(distribution(name)) for name in pinned("requirements.lock")}
    ways = {name: words.split(" OR ") for name, words in told.items()}
    assert [
        name for name, any_of in ways.items() if not any(kind in way for way in any_of for kind in MAY_BE_USED)
    ] == []
    bound = [name for name, any_of in ways.items() if all("GPL" in way and "LGPL" not in way for way in any_of)]
    assert bound == []
