"""Aggregate tables of the shapes real ones have, full of things that look like identifiers and are none."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from benchmarks.invented import MEASURES, MONTHS, ORGANISATIONS, full_postcode, phone_number


def _periods(source: random.Random, count: int) -> list[str]:
    year, month = source.randint(2015, 2022), source.randrange(12)
    return [f"{MONTHS[(month + n) % 12]}-{(year + (month + n) // 12) % 100}" for n in range(count)]


def small_table(source: random.Random) -> list[list[object]]:
    """Twelve months of one count."""
    body = [[period, source.randint(0, 400)] for period in _periods(source, 12)]
    return [["Month", source.choice(MEASURES)], *(list(row) for row in body)]


def any_table(source: random.Random) -> list[list[object]]:
    """A table of any of the shapes."""
    return source.choice((small_table, _by_organisation, _across, _ledger, _directory, _districts, _completeness))(
        source
    )


def _amount(source: random.Random) -> object:
    """A count or a sum of money up to ten digits, as a number or as text with commas."""
    size = source.choice((100, 10_000, 10**6, 10**8, 10**9, 10**10))
    number = source.randrange(size // 10, size)
    return source.choice((number, float(number), f"{number:,}", f"£{number:,}"))


def _by_organisation(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [
        ["ODS code", source.choice(("Practice", "Organisation name", "Ward", "Provider")), "Month"]
    ]
    rows[0] += [source.choice(MEASURES), source.choice(("Spend £", "Population", "Cost", "List size"))]
    for name in source.sample(ORGANISATIONS, 8):
        for period in _periods(source, 3):
            code = source.choice((f"E{source.randrange(10**8):08d}", f"Y{source.randrange(10**5):05d}", "RJ1", "5QT"))
            rows.append([code, name, period, source.randint(0, 400), _amount(source)])
    return rows + _footer(source)


def _across(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Line", *_periods(source, 12)]]
    for measure in source.sample(MEASURES, 4):
        size = source.choice((100, 10**6, 9 * 10**9))
        rows.append([measure, *(source.randrange(size, size * 2) for _ in range(12))])
    return rows + _footer(source)


def _ledger(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Cost centre", "Subjective", "Description", "Date", "Invoice", "Amount"]]
    for at in range(30):
        day = datetime(2022, 4, 1) + timedelta(days=9 * at)  # noqa: DTZ001 - as openpyxl takes it
        what = source.choice(
            ("Agency nursing", "Travel", "Preston depot", "Kelly Services Ltd", "Mobile phones", "NHS Supply Chain")
        )
        invoice = source.choice((f"INV{source.randrange(10**7)}", str(source.randrange(10**6, 10**7)), f"PO {at}/22"))
        rows.append([f"E{100 + at % 5}", 5100 + at % 3, what, day, invoice, source.randrange(10**6) / 100])
    return rows


def _directory(source: random.Random) -> list[list[object]]:
    """Sites with their postcodes and telephone numbers beside their figures."""
    rows: list[list[object]] = [["Practice name", "Practice postcode", "Practice telephone", "Month", "Referrals"]]
    for name in source.sample(ORGANISATIONS, 6):
        where, line = full_postcode(source), phone_number(source)
        rows += [[name, where, line, period, source.randint(0, 90)] for period in _periods(source, 4)]
    return rows + _footer(source)


def _districts(source: random.Random) -> list[list[object]]:
    rows: list[list[object]] = [["Postcode district", "LSOA", "Age band", "Sex", "Month", "Number of patients"]]
    for period in _periods(source, 8):
        for district in ("LS6", "BD18", "M14", "SW1A"):
            rows.append([district, f"E0100{source.randrange(10**4):04d}", "65-74", "F", period, source.randint(0, 99)])
    return rows


def _completeness(source: random.Random) -> list[list[object]]:
    """How complete the fields of a record are: the words for identifiers, with percentages beside them."""
    fields = ("NHS number", "Surname", "Date of birth", "Postcode", "Ethnicity", "GP practice", "Telephone", "E-mail")
    periods = _periods(source, 6)
    return [["Field, % complete", *periods], *([name, *[source.uniform(80, 100) for _ in periods]] for name in fields)]


def _footer(source: random.Random) -> list[list[object]]:
    if source.random() < 0.4:
        return []
    lines: tuple[list[object], ...] = (
        ["Contact: Jo Birchwood, 0113 254 6000, enquiries@stats.gov.uk"],
        ["Responsible statistician: Margaret Thompson"],
        ["Published by Health Statistics, Quarry House, Leeds LS2 7UE"],
        ["E-mail:", "jo.birchwood@nhs.net"],
        ["Notes: 1. Figures are provisional. 2. Preston and Lincoln joined in 2019."],
        ["Source: 0300 123 4567 or www.example.org"],
        ["Copyright © 2023, Lancaster"],
    )
    return [[""], *[list(line) for line in source.sample(lines, 2)]]
