"""What an export holds comes back as what it is: marks as marks, hidden values as hidden, quarters as quarters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.maturity import maturities_of
from analysis.periods import Frequency
from analysis.vocabulary import Maturity, Series, State
from db.queries.series import series
from db.store import open_store
from desktop.cli.main import main
from exporters.choices import Choices
from exporters.report import report_of
from importers.examine import examine
from tests.analysis.making import AFTER, BEFORE
from tests.exporters.conftest import workbook_of
from tests.exporters.making import counts, file_answer, role_answer

Back = Callable[..., Series]
FEW = [6.0, 7, 5, 6, 7, 6, 5, 7, 6, 6, 7, 5, 6, *[4.0, 5, 4, 5, 4, 5] * 2]
OPEN = Choices(audience="Team", policy="none", reason="a test of the way back")


@pytest.fixture
def back(tmp_path: Path) -> Back:
    """Exports a series under choices and imports the workbook into a new file."""

    def made(given: Series, choices: Choices) -> Series:
        path, _ = workbook_of(report_of(file_answer(role_answer(given)), choices), tmp_path)
        file = tmp_path / "back.roleworth"
        command = ["import", str(path), "--into", str(file), "--role", "Navigator", "--launch", "2024-04-08"]
        assert main(command) == 0
        store = open_store(file, read_only=True)
        try:
            (found,) = (one for one in series(store, 1) if one.measure.name.startswith("Referrals"))
        finally:
            store.close()
        return found

    return made


def test_provisional_values_come_back_provisional_and_the_others_final(back: Back) -> None:
    given = counts([*BEFORE, 212, *AFTER, 196, 183], provisional=(24, 25))
    found = back(given, OPEN)
    assert maturities_of(found) == maturities_of(given)
    assert [place for place, one in enumerate(maturities_of(found)) if one is Maturity.PROVISIONAL] == [24, 25]
    assert list(found.values) == list(given.values)


def test_hidden_values_come_back_as_suppressed_and_never_as_numbers(back: Back) -> None:
    values = [*BEFORE, 212.0, *AFTER]
    values[3] = values[15] = 4.0
    found = back(counts(values), Choices(group_small=False))
    hidden = [place for place, state in enumerate(found.states) if state is State.SUPPRESSED]
    assert hidden == [3, 15]
    assert [float(found.values[place]) for place in hidden] == pytest.approx([float("nan")] * 2, nan_ok=True)
    assert len(found) == len(values)


@pytest.mark.parametrize(
    ("each", "frequency"), [(1.0, Frequency.QUARTER), (0.3, Frequency.YEAR)], ids=["quarters", "years"]
)
def test_longer_periods_come_back_as_what_they_are(back: Back, each: float, frequency: Frequency) -> None:
    given = counts([float(round(value * each)) for value in [*FEW, *FEW[13:], *FEW[13:]]])
    found = back(given, Choices(audience="Team"))
    assert found.measure.frequency is frequency
    assert {period.frequency for period in found.periods} == {frequency}
    assert [float(value) % 5 for value in found.values] == [0.0] * len(found)


def test_values_set_aside_come_back_with_a_word_that_they_were(tmp_path: Path) -> None:
    given = role_answer(counts([*BEFORE, 212, *AFTER], set_aside={5: "counted twice"}))
    path, _ = workbook_of(report_of(file_answer(given), OPEN), tmp_path)
    said = [one for one in examine(path).issues if one.message.endswith("had been set aside when this was exported.")]
    assert [one.message.split(" had ")[0] for one in said] == ["1 value on sheet Measures_1"]
