"""From a spreadsheet to the commissioner's workbook, by the commands a person would type."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.operations.money import add_benefit_line, add_cost_line
from db.store import open_store
from desktop.cli.main import main
from tests.reference import needs

SHEET = "Month,Unplanned stays,Role cost (£)\n" + "".join(
    f"01/{(index % 12) + 1:02d}/{2023 + index // 12},{(52, 47, 55, 49)[index % 4] - (9 if index > 12 else 0)},"
    f"{3400 + index % 3 * 15 if index >= 12 else 0}\n"
    for index in range(30)
)


def plan(path: Path, year: int) -> None:
    """What the role is planned to cost and thought to release over three years."""
    store, role_id = open_store(path), 1
    term = {"start": date(year, 1, 1), "end": date(year + 2, 12, 31)}
    facts = {"label": "Pay", "kind": "annual", "amount_pence": 4_000_000, "price_year": "2024-25", "payer": "Trust"}
    add_cost_line(store, role_id=role_id, **facts, **term)
    add_benefit_line(
        store,
        role_id=role_id,
        label="Unplanned stays",
        before=50,
        after=42,
        unit_cost_pence=90_000,
        price_year="2024-25",
        recipient="ICB",
        deadweight="0.2",
        attribution="0.6",
        unit_cost_source="Local price list 2024",
    )
    store.close()


def test_a_sheet_is_brought_in_judged_costed_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet, target, book = tmp_path / "activity.csv", tmp_path / "ward.roleworth", tmp_path / "summary.xlsx"
    sheet.write_text(SHEET, encoding="utf-8")
    into = ["import", str(sheet), "--into", str(target), "--role", "Ward navigator", "--launch", "2024-01-01"]
    assert main([*into, "--direction", "decrease"]) == 0
    plan(target, 2024)
    capsys.readouterr()
    assert main(["analyse", str(target), "--json"]) == 0
    role = json.loads(capsys.readouterr().out)["roles"][0]
    stays, cost = role["measures"]
    assert (stays["kind"], cost["kind"]) == ("count", "money")
    effect = stays["results"]["before_after"]
    assert effect["absolute_upper"] < 0
    assert cost["results"]["before_after"]["absolute"] == pytest.approx(3400, abs=250)
    assert [v["key"] for v in role["economics"]["views"]] == ["cash-releasing", "all public sector"]
    assert main(["export", str(target), "--to", str(book)]) == 0
    held = openpyxl.load_workbook(book, data_only=True)
    assert held.sheetnames[0] == "Cover"
    cells = [cell.value for name in held.sheetnames for row in held[name].iter_rows() for cell in row]
    texts = [value for value in cells if isinstance(value, str)]
    assert any("Ward navigator" in text for text in texts)
    checks = held["Checks"]
    assert not any(cell.value is False for row in checks.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("name", "launch", "extra"),
    [
        ("trafford-claimant-count.csv", "2022-10-01", ["--answer", "organisation (csv) 0=Trafford"]),
        ("rtt-overview-ts.xlsx", "2014-04-01", []),
    ],
)
def test_a_published_sheet_is_brought_in_judged_and_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, launch: str, extra: list[str]
) -> None:
    target, book = tmp_path / "real.roleworth", tmp_path / "summary.xlsx"
    sheet = str(needs(f"sheets/{name}"))
    into = ["import", sheet, "--into", str(target), "--role", "Navigator", "--launch", launch, *extra]
    assert main([*into, "--accept-checks"]) == 0
    plan(target, int(launch[:4]))
    assert main(["analyse", str(target)]) == 0
    assert "95\u00a0% interval" in capsys.readouterr().out
    assert main(["export", str(target), "--to", str(book)]) == 0
    assert openpyxl.load_workbook(book, read_only=True).sheetnames[0] == "Cover"
