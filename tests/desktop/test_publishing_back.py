"""A local copy of a file on a drive goes back there with each backup, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.problems import UserProblem
from db.operations.roles import add_role
from db.queries.roles import roles
from db.store import Store, create, open_store
from desktop import safety


@pytest.fixture
def origin(tmp_path: Path, own_folder: Path) -> Path:
    """A file on a drive."""
    (tmp_path / "drive").mkdir()
    path = tmp_path / "drive" / "elm.roleworth"
    create(path).close()
    return path


@pytest.fixture
def local(origin: Path) -> Iterator[Store]:
    with open_store(safety.work_locally(origin)) as held:
        yield held


def names(path: Path) -> list[str]:
    with open_store(path, read_only=True) as held:
        return [role.name for role in roles(held)]


def test_what_was_published_when_the_program_was_killed_is_known_as_ours_the_next_time(
    origin: Path, local: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = safety.choose

    def killed(path: Path, what: str, value: str) -> None:
        if what == safety.PUBLISHED:
            raise KeyboardInterrupt
        choose(path, what, value)

    add_role(local, name="Care navigator")
    with monkeypatch.context() as patched:
        patched.setattr(safety, "choose", killed)
        with pytest.raises(KeyboardInterrupt):
            safety.publish_back(local)
    add_role(local, name="Link worker")
    safety.publish_back(local)
    assert names(origin) == ["Care navigator", "Link worker"]
    assert [path.name for path in origin.parent.glob("*.roleworth")] == ["elm.roleworth"]


def test_beside_a_file_that_others_changed_one_copy_of_ours_is_kept_up_to_date(origin: Path, local: Store) -> None:
    with open_store(origin) as theirs:
        add_role(theirs, name="Health coach")
    for name in ("Care navigator", "Link worker"):
        add_role(local, name=name)
        with pytest.raises(UserProblem, match=r"elm\.roleworth was changed by someone else"):
            safety.publish_back(local)
    assert names(origin) == ["Health coach"]
    beside = origin.with_name("elm published.roleworth")
    assert sorted(path.name for path in origin.parent.glob("*.roleworth")) == [beside.name, origin.name]
    assert names(beside) == ["Care navigator", "Link worker"]
