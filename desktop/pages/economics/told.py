"""What F4 tells of in Economics: the chosen line of a list, or the results and the frame they rest on. Qt-free."""

from __future__ import annotations

from analysis.plan import BenefitLineFacts, CostLineFacts, OutcomeLineFacts, PayLineFacts
from analysis.wording import plural
from db.answers import RoleAnswer
from db.queries.told import Held
from desktop.pages.role.subject import Subject, rows_subject

Line = PayLineFacts | CostLineFacts | BenefitLineFacts | OutcomeLineFacts
_KINDS = {"Pay": PayLineFacts, "Costs": CostLineFacts, "Benefits": BenefitLineFacts, "Outcomes": OutcomeLineFacts}
TABLES = {"Pay": "pay_line", "Costs": "cost_line", "Benefits": "benefit_line", "Outcomes": "outcome_line"}
_CAPTIONS = {"amount_pence": "Amount", "unit_cost_pence": "Unit cost", "label": "Name", "price_year": "Prices of"}


def line_subject(answer: RoleAnswer, part: str, key: str) -> Subject | None:
    """The line of a list by its key; None where no line is chosen."""
    facts = answer.economics.facts
    lines: tuple[Line, ...] = (*facts.pay, *facts.costs, *facts.benefits, *facts.outcomes)
    kind = _KINDS[part]
    line = next((one for one in lines if isinstance(one, kind) and str(one.id) == key), None)
    if line is None:
        return None
    said = [("Source", str(getattr(line, "source", "")) or "none given")]
    if grade := getattr(line, "evidence_grade", ""):
        said.append(("Evidence", f"grade {grade}"))
    if year := getattr(line, "price_year", ""):
        said.append(("Prices of", str(year).replace("-", "/")))
    return rows_subject(line.label, tuple(said), (Held(TABLES[part], line.id),), captions=_CAPTIONS)


def results_subject(answer: RoleAnswer) -> Subject:
    """The results: what they rest on, and what was changed of the plan."""
    held, facts = answer.economics, answer.economics.facts
    rows = [Held(TABLES["Pay"], one.id) for one in facts.pay]
    rows += [Held(TABLES["Costs"], one.id) for one in facts.costs]
    rows += [Held(TABLES["Benefits"], one.id) for one in facts.benefits]
    lines = plural(len(facts.pay) + len(facts.costs), "cost line") + f", {plural(len(facts.benefits), 'benefit line')}"
    said = (
        ("Source", f"the plan of this role: {lines}"),
        ("Prices of", facts.base_year.replace("-", "/")),
        ("Costs not known", ", ".join(held.not_known) or "none"),
    )
    return rows_subject("Was it worth its cost?", said, rows, captions=_CAPTIONS, notes=held.warnings, how=True)
