"""The checks sheet: sums that must agree, as live formulas that a reader can follow."""

from __future__ import annotations

from analysis.finding_shapes import MeasureFinding
from analysis.vocabulary import Phase
from exporters.declared import Cell, Column, Formula, Kind, Sheet
from exporters.live_levels import average_formula, key_of, sheet_of_measure
from exporters.protected_role import ProtectedRole
from exporters.report import Report
from exporters.sheets_answers import follows
from exporters.values import cell_scale

PENNY = "0.01"
Row = tuple[Cell, ...]


def checks(report: Report) -> Sheet:
    """Every check, TRUE or the export would not exist."""
    rows: list[Row] = []
    answered = 0
    for role in report.roles:
        rows += _money_rows(role, answered + 1)
        rows += _plan_rows(role)
        rows += _mean_rows(report, role)
        answered += len(role.economics.views)
    rows += [*_hidden_rows(report), _personal()]
    return Sheet(
        name="Checks",
        title="Checks of this workbook",
        about="Sums that must agree, hidden values counted, identifiers of people looked for",
        columns=(
            Column("check", "Check", width=44.0),
            Column("how", "What was compared", width=58.0),
            Column("agrees", "Agrees", Kind.TRUTH, unit="TRUE or FALSE", width=16.0),
        ),
        rows=tuple(rows),
        source="Roleworth; formulas are live and hold their result",
    )


def _true(text: str) -> Formula:
    return Formula(f"={text}", value=True)


def _money_rows(role: ProtectedRole, first: int) -> list[Row]:
    if not role.economics.views:
        return []
    cash, public = f"[{first}]", f"[{first + 1}]"
    rows: list[Row] = []
    for key, answer, what in (
        ("costs", f"{{Answers.cost{public}}}", "What organisations pay sums to the cost"),
        ("net_cash", f"{{Answers.net{cash}}}", "Nets of organisations in cash sum to the cash answer"),
        ("net", f"{{Answers.net{public}}}", "Nets of organisations sum to the public answer"),
    ):
        total = f"SUMIFS({{By_organisation.{key}[]}},{{By_organisation.no[]}},{role.number})"
        rows.append(
            (f"{role.label}: {what}", "By_organisation against Answers", _true(f"ABS({total}-{answer})<{PENNY}"))
        )
    for key, net in (("net_cash", "cash"), ("net_public", "cash and capacity")):
        gains = "+".join(
            f"SUMIFS({{By_year.{part}[]}},{{By_year.no[]}},{role.number})"
            for part in (("cash",) if net == "cash" else ("cash", "capacity"))
        )
        both = f"{gains}-SUMIFS({{By_year.cost[]}},{{By_year.no[]}},{role.number})"
        text = f"ABS(SUMIFS({{By_year.{key}[]}},{{By_year.no[]}},{role.number})-({both}))<{PENNY}"
        rows.append((f"{role.label}: years add up, {net}", "By_year: nets against gains less costs", _true(text)))
    return rows + _stored_rows(role, cash, public)


def _stored_rows(role: ProtectedRole, cash: str, public: str) -> list[Row]:
    rows: list[Row] = []
    for place, view in ((cash, role.economics.views[0]), (public, role.economics.views[1])):
        stored = f"{float(view.net):.4f}"
        text = f"ABS({{Answers.net{place}}}-({stored}))<{PENNY}"
        what = f"{role.label}: {view.title.lower()}, recalculated net is the net Roleworth found"
        rows.append((what, f"Answers against {stored}{'' if follows(role) else ' (stored parts)'}", _true(text)))
    if not role.hidden_costs and role.economics.appraisal:
        text = (
            f"ABS(SUMIFS({{Plan_costs.present[]}},{{Plan_costs.no[]}},{role.number})-{{Answers.cost{public}}})<{PENNY}"
        )
        rows.append((f"{role.label}: cost lines sum to the cost", "Plan_costs against Answers", _true(text)))
    return rows


def _plan_rows(role: ProtectedRole) -> list[Row]:
    plan = role.economics.plan
    months = [month for month in plan.months if month.actual is not None] if plan else []
    if plan is None or not months:
        return []
    over = f"SUMIFS({{Plan_and_actual.over[]}},{{Plan_and_actual.no[]}},{role.number})"
    text = f"ABS({over}-({plan.actual_total - plan.planned_total:.4f}))<{PENNY}"
    return [(f"{role.label}: plan against actual adds up", "Plan_and_actual against the total difference", _true(text))]


def _mean_rows(report: Report, role: ProtectedRole) -> list[Row]:
    return [row for found in role.finding.measures if (row := _mean_row(report, role, found)) is not None]


def _mean_row(report: Report, role: ProtectedRole, found: MeasureFinding) -> Row | None:
    if role.series_of(found.measure.id).applies:
        return None
    scale = cell_scale(found.measure)
    formula = average_formula(report, role, found, Phase.AFTER, scale)
    if formula is None:
        return None
    average = formula.text.removeprefix("=").removesuffix("*100")
    text = f"ABS({average}-({found.after_mean * scale!r}))<0.000001"
    what = f"{role.label}: mean after launch, {found.measure.label}"
    return what, f"{sheet_of_measure(role, found.measure.id)} against the mean Roleworth found", _true(text)


def _hidden_rows(report: Report) -> list[Row]:
    rows: list[Row] = []
    for role in report.roles:
        for found in role.finding.measures:
            series = role.series_of(found.measure.id)
            if not series.applies:
                continue
            shown = [hidden for hidden, row in zip(series.hidden, report.rows_of(role, series), strict=True) if row]
            sheet = sheet_of_measure(role, found.measure.id)
            text = f'COUNTIF({{{sheet}.{key_of(found)}[]}},"[c]")={sum(shown)}'
            what = f"{role.label}: {found.measure.label}, hidden values counted"
            rows.append((what, f"{sheet}: {sum(shown)} hidden of {len(shown)}", _true(text)))
    return rows


def _personal() -> Row:
    how = (
        "every text was searched for NHS and National Insurance numbers, local numbers of people, dates of birth, "
        "postcodes, telephone numbers and e-mail addresses; names are not looked for"
    )
    return "No identifier of a person found", how, True
