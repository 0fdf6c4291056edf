"""Dates and money are put into words in one place, in English whatever the computer speaks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from analysis.periods import date_label, month, month_label, month_name, quarter, week_starting

ROOT = Path(__file__).parents[2]
STRAY = re.compile(r"[{:]?%[aAbB](?![a-zA-Z])|[:\"']%d [%/]|£\{")
"""Names of months and days by the computer's own language, and pounds put together by hand."""


def test_no_room_formats_dates_or_money_by_itself() -> None:
    homes = {ROOT / "analysis" / "wording.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for room in ("analysis", "db", "importers", "exporters", "desktop")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path not in homes
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if STRAY.search(line)
    ]
    assert found == []


def test_months_are_named_in_english_and_at_one_length() -> None:
    days = [date(2024, number, 3) for number in range(1, 13)]
    assert [month_name(day)[:3] for day in days] == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    ]
    assert (date_label(days[8]), month_label(days[8])) == ("3 Sep 2024", "September 2024")
    assert (month(2024, 9).label, month(2024, 9).long_label) == ("Sep 24", "September 2024")
    assert quarter(2024, 2).label == "Apr to Jun 24"
    assert week_starting(date(2024, 6, 3)).label == "w/c 3 Jun 24"
