"""Writes resources/sample_northvale.json: the sample evaluation, from a fixed seed with known truth.

python -m tools.build_sample            writes the file
python -m tools.build_sample --check    fails when the file is not what the seed gives
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from analysis.periods import Period, parse_code

RESOURCES = Path(__file__).parent.parent / "resources"
TARGET = RESOURCES / "sample_northvale.json"

CONTACTS = (38, 74, 96, 112, 118, 121, 126, 131, 119, 134, 129, 138, 142, 136)
CASELOAD = (9, 17, 24, 29, 33, 36, 38, 41, 40, 42, 44, 45, 46, 47)
DECLINED = ("not collected", "not collected", "<5", "<5", "6", "<5", "7", "<5", "5", "<5", "0", "<5", "6", "<5")
ACTIVATION = (None, 51.2, None, 52.0, None, 53.4, None, 54.1, None, 54.9, None, 55.3, None, None)
ROLE_COST = (4180, 3310, 3310, 3310, 3310, 3310, 3405, 3310, 3310, 3405, 3310, 3310, 3360, None)


def months_from(first: str, count: int) -> list[Period]:
    """Consecutive months from a code such as `2023-04`."""
    periods = [parse_code(first)]
    while len(periods) < count:
        periods.append(periods[-1].next())
    return periods


def drawn(rng: np.random.Generator, given: dict[str, Any]) -> list[list[Any]]:
    """Monthly counts: Poisson about the mean, times the ratio after the month of launch."""
    rows = []
    for index, period in enumerate(months_from(given["from"], given["months"])):
        mean = given["mean"] * (given["ratio"] if index > given["launch_month"] else 1.0)
        rows.append([period.code, str(int(rng.poisson(mean)))])
    return rows


def listed(first: str, values: tuple[Any, ...]) -> list[list[Any]]:
    """Values as given, months without one left out."""
    periods = months_from(first, len(values))
    return [[p.code, str(v)] for p, v in zip(periods, values, strict=True) if v is not None]


def build() -> dict[str, Any]:
    """The whole sample as plain data."""
    parameters = json.loads((RESOURCES / "sample_parameters.json").read_text(encoding="utf-8"))
    rng = np.random.default_rng(parameters["seed"])
    series = {name: drawn(rng, given) for name, given in parameters["series"].items()}
    return {
        "title": "SAMPLE: Northvale, a fictional place. No person, organisation or figure in it is real.",
        "as_of": parameters["as_of"],
        "organisation": "Northvale (fictional)",
        "programme": {"name": "Northvale joined-up care", "started": "2023-10-02"},
        "roles": [
            with_record(one)
            for one in (navigator(series), link_worker(series), case_manager(series), support_worker(series))
        ],
    }


def with_record(given: dict[str, Any]) -> dict[str, Any]:
    """A role with what `sample_record.json` holds of it: facts, how measures were chosen, and what surrounds it."""
    held = json.loads((RESOURCES / "sample_record.json").read_text(encoding="utf-8"))["roles"]
    record = dict(held.get(given["role"]["name"], {}))
    uses = record.pop("uses", {})
    measures = [{**one, "use": {**one["use"], **uses.get(one["key"], {})}} for one in given["measures"]]
    return {**given, "role": {**given["role"], **record.pop("role", {})}, "measures": measures, "record": record}


def navigator(series: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """A role with a clear effect."""
    uses: dict[str, Any] = {"provisional_periods": 2}
    return {
        "role": {
            "name": "Care navigator",
            "place": "Elm PCN",
            "catalogue_key": "care-navigator",
            "launch": "2024-04-08",
            "method_chosen_on": "2024-03-01",
            "people_served": "People aged 75 and over with two or more long-term conditions",
            "eligible_number": 1240,
            "head_count": 1,
            "planned_wte": "1.0",
            "selected_on_high_need": False,
            "lifecycle": "running",
            "in_programme": True,
        },
        "measures": [
            measure("ae-attendances", series["navigator-ae"], population="aged 75+", is_primary=True, **uses),
            measure("emergency-admissions", series["navigator-admissions"], population="aged 75+", **uses),
            measure("gp-contacts", series["navigator-gp"], **uses),
            measure("role-contacts", listed("2024-04", CONTACTS), **uses),
            measure("caseload", listed("2024-04", CASELOAD), **uses),
            measure("referrals-declined", listed("2024-04", DECLINED), **uses),
            measure("pam", listed("2024-04", ACTIVATION)),
            measure("role-cost", [*listed("2023-04", (0,) * 12), *listed("2024-04", ROLE_COST)], provisional_periods=1),
        ],
        "set_aside": [["Emergency admissions", "2024-01", "Counted twice in the January extract"]],
        "events": [
            ["2023-12-04", "Second urgent-care hub opened", "other", None],
            ["2024-12-02", "Winter scheme started", "scheme", "2025-03-31"],
        ],
        "costs": navigator_costs(),
        "benefits": navigator_benefits(),
        "factors": [
            ["cc-01", "met", "2024-03-01"],
            ["cc-02", "in hand", "2024-04-08"],
            ["cc-03", "barrier", "2024-04-08"],
        ],
    }


def navigator_costs() -> list[dict[str, Any]]:
    """What the care navigator is planned to cost; one amount is not known."""
    return [
        cost("Pay with on-costs", "pay", "annual", 3_612_000, "Northvale Community Trust"),
        cost("Supervision, 0.05 of a Band 7", "supervision", "annual", 330_000, "Northvale Community Trust"),
        cost("Induction and training", "training", "one-off", 87_000, "Northvale ICB", end=None),
        cost("Set-up and laptop", "set-up", "one-off", 190_000, "Elm PCN practices", end=None),
        cost("Travel", "travel", "monthly", 9_500, "Northvale Community Trust"),
        cost("Room at the practice", "accommodation", "annual", None, "Elm PCN practices"),
    ]


def navigator_benefits() -> list[dict[str, Any]]:
    """What the care navigator is thought to release."""
    return [
        benefit("A&E attendances", "A&E attendances", 214, 195, 18_000, "Northvale ICB", "0.25", "0.7", cash="0.1"),
        benefit(
            "Emergency admissions", "Emergency admissions", 42, 38, 70_000, "Northvale ICB", "0.3", "0.6", cash="0"
        ),
        benefit("GP contacts", "GP contacts", 198, 178, 3_800, "Elm PCN practices", "0.2", "0.8", cash="0"),
    ]


def link_worker(series: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """A role with no effect that can be told from chance, two months missing."""
    return {
        "role": {
            "name": "Link worker",
            "place": "Oak PCN",
            "catalogue_key": "link-worker",
            "launch": "2024-09-02",
            "funding_source": "Northvale ICB",
            "funding_end": "2025-08-31",
            "head_count": 1,
            "planned_wte": "1.0",
            "lifecycle": "running",
        },
        "measures": [
            measure("gp-contacts", series["link-gp"], is_primary=True),
            measure("role-contacts", listed("2024-09", (22, 61, 84, 79, 92, 97, 101))),
            measure(
                "role-cost",
                [*listed("2023-11", (0,) * 10), *listed("2024-09", (3350, 2980, 2980, 2980, 3060, 2980, 2980))],
            ),
        ],
        "events": [["2024-11-04", "Online booking introduced", "change", None]],
        "costs": [
            cost(
                "Pay with on-costs", "pay", "annual", 3_480_000, "Northvale ICB", start="2024-09-01", end="2027-08-31"
            ),
            cost(
                "Supervision", "supervision", "annual", None, "Oak PCN practices", start="2024-09-01", end="2027-08-31"
            ),
        ],
        "benefits": [benefit("GP contacts", "GP contacts", None, None, 3_800, "Oak PCN practices", None, None)],
        "factors": [["cc-01", "barrier", "2024-09-02"]],
    }


def case_manager(series: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """A role that began too recently to judge."""
    return {
        "role": {
            "name": "Case manager",
            "place": "Northvale Community Trust",
            "catalogue_key": "case-manager",
            "launch": "2025-01-06",
            "phase_in_end": "2025-03-31",
            "head_count": 2,
            "planned_wte": "1.6",
            "selected_on_high_need": True,
            "lifecycle": "running",
        },
        "measures": [
            measure("emergency-admissions", series["case-admissions"], is_primary=True, provisional_periods=1),
            measure("role-cost", [*listed("2024-04", (0,) * 9), *listed("2025-01", (6900, 5860, 5860, 5860, 5860))]),
        ],
        "events": [],
        "costs": [
            cost(
                "Pay with on-costs",
                "pay",
                "annual",
                7_030_000,
                "Northvale Community Trust",
                start="2025-01-06",
                end="2028-01-05",
            )
        ],
        "benefits": [
            benefit("Emergency admissions", "Emergency admissions", None, None, 210_000, "Northvale ICB", None, None)
        ],
        "factors": [],
    }


def support_worker(series: dict[str, list[list[Any]]]) -> dict[str, Any]:
    """A role that is planned."""
    return {
        "role": {
            "name": "Extended support worker",
            "place": "Northvale Council",
            "catalogue_key": "intermediate-care-worker",
            "head_count": 3,
            "planned_wte": "3.0",
            "lifecycle": "planned",
            "need": "Home-care starts rose while hospital discharges waited for assessments",
        },
        "measures": [measure("home-care-starts", series["support-starts"], is_primary=True)],
        "events": [],
        "costs": [
            cost(
                "Pay with on-costs",
                "pay",
                "annual",
                9_240_000,
                "Northvale Council",
                start="2025-10-01",
                end="2028-09-30",
            )
        ],
        "benefits": [],
        "factors": [
            [f"cc-{n:02d}", state, "2025-06-02"] for n, state in enumerate(("met", "met", "in hand", "barrier"), 1)
        ],
    }


def measure(key: str, values: list[list[Any]], population: str = "", **use: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of the use
    """One measure of the library in use, with its values as they would be typed."""
    return {"key": key, "population": population, "use": use, "values": values}


def cost(
    label: str,
    category: str,
    kind: str,
    pence: int | None,
    payer: str,
    *,
    start: str = "2024-04-01",
    end: str | None = "2027-03-31",
) -> dict[str, Any]:
    """One cost line."""
    year = "2025-26" if start >= "2025-04-01" else "2024-25"
    facts = {"label": label, "category": category, "kind": kind, "amount_pence": pence, "payer": payer}
    return {**facts, "start": start, "end": end, "price_year": year, "source": "Fictional"}


def benefit(
    label: str,
    measure_name: str,
    before: float | None,
    after: float | None,
    pence: int,
    recipient: str,
    deadweight: str | None,
    attribution: str | None,
    *,
    cash: str = "0",
) -> dict[str, Any]:
    """One benefit line."""
    facts = {"label": label, "measure": measure_name, "before": before, "after": after, "unit_cost_pence": pence}
    why = "One evening session of agency cover was closed in October 2024" if cash != "0" else ""
    believed = {"deadweight": deadweight, "attribution": attribution, "cashability": cash, "cashability_reason": why}
    held = {"recipient": recipient, "price_year": "2024-25", "lag_months": 1, "ramp_months": 3 if before else 0}
    return {**facts, **believed, **held, "unit_cost_source": "Fictional local price"}


def main(arguments: list[str]) -> int:
    """Write the sample, or check that the file is what the seed gives."""
    text = json.dumps(build(), ensure_ascii=False, indent=1) + "\n"
    if "--check" in arguments:
        return 0 if TARGET.read_text(encoding="utf-8") == text else 1
    TARGET.write_text(text, encoding="utf-8")
    print(f"Wrote {TARGET.relative_to(RESOURCES.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
