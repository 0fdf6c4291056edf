"""All sheets of the commissioner's workbook, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporters.declared import Sheet
from exporters.editions import audience_key, edition_of, for_audience
from exporters.notes import with_notes
from exporters.report import Report
from exporters.sheets_answers import answers, by_year
from exporters.sheets_change_charts import change_charts
from exporters.sheets_chart import chart_sheets
from exporters.sheets_checks import checks
from exporters.sheets_compared import compared_sheets
from exporters.sheets_front import contents, cover, summary
from exporters.sheets_further import further_sheets
from exporters.sheets_likelihood import likelihoods
from exporters.sheets_measures import effects, levels, measure_sheets
from exporters.sheets_money import actual_costs, benefits, break_even, organisations, plan_and_actual, plan_costs
from exporters.sheets_money_charts import money_charts
from exporters.sheets_record import assumptions, cell_notes, definitions, events, provenance, readiness, voices
from exporters.sheets_reviewer import reviewer_checks_sheet
from exporters.sheets_role import role_sheets
from exporters.sheets_switching import switching


def all_sheets(report: Report) -> list[Sheet]:
    """Cover, contents and notes, then the summary and what it rests on, as the audience is given it."""
    body = [
        summary(report),
        *chart_sheets(report),
        *change_charts(report),
        effects(report),
        *compared_sheets(report),
        levels(report),
        *measure_sheets(report),
        answers(report),
        *money_charts(report),
        by_year(report),
        *likelihoods(report),
        organisations(report),
        break_even(report),
        *switching(report),
        *further_sheets(report),
        plan_costs(report),
        actual_costs(report),
        plan_and_actual(report),
        benefits(report),
        reviewer_checks_sheet(report),
        *role_sheets(report),
        events(report),
        definitions(report),
        assumptions(report),
        readiness(report),
        voices(report),
        *cell_notes(report),
        provenance(report),
        checks(report),
    ]
    given = for_audience(body, audience_key(report.choices.audience), edition_of(report.roles))
    marked, notes = with_notes(report, told_apart(given))
    following = [notes, *marked]
    return [cover(report), contents(following), *following]


def told_apart(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Sheets whose titles are all different: one that repeats a title, of two roles of one name, adds its own name."""
    seen: set[str] = set()
    made = []
    for sheet in sheets:
        title = sheet.title if sheet.title not in seen else f"{sheet.title} ({sheet.name.replace('_', ' ')})"
        seen.add(title)
        made.append(replace(sheet, title=title))
    return made
