"""Unit costs and saved appraisals from a terminal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from db.operations.money import add_pay_line, change_benefit_line, change_cost_line
from db.store import open_store
from desktop.cli.main import main
from desktop.sample import write_sample_to
from tests.desktop.cli.test_commands import run
from tests.importers.test_unit_costs import CARE, VISIT, workbook

ROLE = ("--role", "Care navigator")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "northvale.roleworth"
    write_sample_to(path)
    return path


def test_a_workbook_of_unit_costs_comes_in_and_its_bad_rows_are_listed(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    costs = workbook(tmp_path / "costs.xlsx", [CARE, [*VISIT[:6], -1, *VISIT[7:]]])
    status, out, _ = run(capsys, "unit-costs", str(file), "--bring", str(costs))
    assert (status, out.splitlines()) == (
        0,
        [
            "1 unit cost brought in from sheet Unit costs of costs.xlsx.",
            "  ▲ Unit costs!H6: left out, “-1” is below 0: a unit cost is what one costs, whoever gains",
        ],
    )
    held = json.loads(run(capsys, "unit-costs", str(file), "--json")[1])["unit_costs"]
    assert [one["label"] for one in held if one["own_id"]] == ["Home care hour"]


def test_what_is_out_of_date_is_named_with_where_the_new_one_stands(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    assert run(capsys, "unit-costs", str(file), "--old")[1] == "Nothing in use is out of date.\n"
    store = open_store(file)
    change_benefit_line(store, line_id=1, price_year="2020-21")
    store.close()
    old = run(capsys, "unit-costs", str(file), "--old")[1]
    assert old.startswith("Cost of one: A&E attendances (A&E attendances, Care navigator): it is of 2020/21, 5 years")
    assert "New one: Fictional local price" in old


def test_an_appraisal_is_saved_listed_and_compared(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert run(capsys, "appraisals", str(file), *ROLE)[1] == "Care navigator has no saved appraisal.\n"
    assert run(capsys, "appraisals", str(file), *ROLE, "--save", "May")[1] == "Save appraisal May: done.\n"
    assert "May, saved " in run(capsys, "appraisals", str(file), *ROLE)[1]
    store = open_store(file)
    change_cost_line(store, line_id=1, amount_pence=4_000_000)
    store.close()
    _, out, _ = run(capsys, "appraisals", str(file), *ROLE, "--compare", "May", "now")
    assert out.splitlines()[1] == "  Cost “Pay with on-costs”: amount: £36,120.00 | £40,000.00"
    document = json.loads(run(capsys, "appraisals", str(file), *ROLE, "--compare", "may", "now", "--json")[1])
    assert len(document["inputs"]) == 1
    assert "inputs changed since" in run(capsys, "appraisals", str(file), *ROLE)[1]


def test_a_name_that_is_not_saved_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    run(capsys, "appraisals", str(file), *ROLE, "--save", "May")
    status = main(["appraisals", str(file), *ROLE, "--compare", "June", "now"])
    assert status == 1
    assert "There is no saved appraisal called June. Saved for this role: May." in capsys.readouterr().err
    assert run(capsys, "appraisals", str(file), *ROLE, "--save", "May")[0] == 1


def test_the_record_lists_the_plan_for_money_with_what_its_lines_lack_and_are_warned_of(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    store = open_store(file)
    change_benefit_line(store, line_id=1, method="measure", before=None, after=None)
    change_cost_line(store, line_id=6, kind="per contact", amount_pence=500)
    add_pay_line(store, role_id=1, label="Navigators", start=date(2024, 4, 1), pay_year="2024-25")
    store.close()
    _, out, _ = run(capsys, "record", str(file), *ROLE)
    assert "A&E attendances: taken from A&E attendances, aged 75+. Early: 11 of 12 months." in out
    assert "Room at the practice lacks its volume (choose the measure that gives the number of contacts)" in out
    assert "▲ Pay with on-costs: pay stands under Pay as well, so it is counted twice." in out
    plan = json.loads(run(capsys, "record", str(file), *ROLE, "--json")[1])["roles"][0]["plan"]
    assert plan["benefits"][0]["taken"]["measure"] == "A&E attendances, aged 75+"
    assert [line["label"] for line in plan["pay"]] == ["Navigators"]


def test_an_own_rate_is_kept_listed_and_removed(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    listed = run(capsys, "rates", str(file))[1]
    assert "ni-rate-2026-27: Employer's national insurance 2026/27, 15\u00a0% (share of pay above the thr" in listed
    kept = run(capsys, "rates", str(file), "--keep", "ni-rate-2026-27", "16 %", "--source", "Letter, page 1")
    assert kept[:2] == (0, "Own figure for Employer's national insurance 2026/27: done.\n")
    held = json.loads(run(capsys, "rates", str(file), "--json")[1])["rates"]
    assert [(one["key"], one["value"]) for one in held if one["own_id"]] == [("ni-rate-2026-27", "0.16")]
    run(capsys, "rates", str(file), "--keep", "green_book-0", "2 %", "--source", "Board, May")
    assert "1 reference value of your own" in run(capsys, "analyse", str(file), "--json", *ROLE)[1]
    assert run(capsys, "rates", str(file), "--remove", "green_book-0")[0] == 0
    assert run(capsys, "rates", str(file), "--remove", "ni-rate-2026-27")[0] == 0
    status, _, err = run(capsys, "rates", str(file), "--remove", "ni-rate-2026-27")
    assert (status, "Own figures of this file: none." in err) == (1, True)
