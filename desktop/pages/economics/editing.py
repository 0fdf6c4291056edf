"""Typing the plan for money: posts, costs and benefits with their forms. Every change is one undoable step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from analysis.economics.unit_costs import UnitCostFacts
from analysis.measured_plan import effect_for_money
from analysis.plan import FROM_MEASURE, AppraisalFacts
from analysis.problems import UserProblem
from analysis.wording import pence_as_pounds
from db.answers import RoleAnswer
from db.operations import money
from db.operations.changed import Changed
from db.queries.unit_costs import unit_costs
from desktop.pages.economics import benefit_lines, cost_lines, lines, posts
from desktop.pages.economics.lines_view import LinesView
from desktop.pages.economics.prompts_view import PromptsCard
from desktop.pages.economics.reading import Reading
from desktop.pages.facts_form import FactsForm
from desktop.session import Session

COST_NOTE = "A cost that is not known is counted as not known, never as nothing. ▲ marks it."
BENEFIT_NOTE = (
    "Nothing is assumed: what would have happened anyway and the share due to the role have no default. "
    "Only a share with a reason counts as cash; the rest is capacity."
)


class PlanEditing:
    """The three lists of the plan and what happens when a line is given or removed."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._answer: RoleAnswer | None = None
        self._measures: dict[str, int] = {}
        self._controlled: frozenset[int] = frozenset()
        self._unit_costs: dict[str, UnitCostFacts] = {}
        self.prompts = PromptsCard()
        self.posts = LinesView("Pay", "post", posts.NOTE, posts.FIELDS, self._post_texts)
        self.costs = LinesView("Costs", "cost", COST_NOTE, cost_lines.FIELDS, self._cost_texts, below=self.prompts)
        self.benefits = LinesView("Benefits", "benefit", BENEFIT_NOTE, benefit_lines.FIELDS, self._benefit_texts)
        self.posts.given.connect(self._give_post)
        self.posts.removed.connect(self._remove_post)
        self.costs.given.connect(self._give_cost)
        self.costs.removed.connect(self._remove_cost)
        self.benefits.given.connect(self._give_benefit)
        self.benefits.removed.connect(self._remove_benefit)
        self.benefits.form.chosen.connect(self._chosen)
        self.prompts.wanted.connect(self._add_prompted)
        self.prompts.dismissed.connect(self._dismiss)
        self.prompts.asked_again.connect(self._ask_again)

    @property
    def forms(self) -> tuple[FactsForm, ...]:
        """The forms of the three lists."""
        return self.posts.form, self.costs.form, self.benefits.form

    def show_answer(self, answer: RoleAnswer) -> None:
        """Show a role's plan."""
        self._answer = answer
        held, facts = answer.economics, answer.economics.facts
        found = answer.finding.measures
        self._measures = {one.measure.label: one.measure.id for one in found}
        self._controlled = frozenset(one.measure.id for one in found if effect_for_money(one)[1])
        for view in (self.costs, self.benefits):
            view.form.offer("measure", (lines.NO_MEASURE, *self._measures))
        self.posts.show_table(posts.post_table(held))
        self.posts.say(posts.lacking_words(held) or posts.NOTE)
        self.costs.say(" ".join(part for part in (COST_NOTE, cost_lines.volume_sentence(facts)) if part))
        self.costs.show_table(cost_lines.cost_table(facts))
        self.prompts.show_prompts(cost_lines.prompts(facts), len(facts.dismissed))
        said = (benefit_lines.taken_sentence(facts), *held.warnings, BENEFIT_NOTE)
        self.benefits.say(" ".join(part for part in said if part))
        self.benefits.show_table(benefit_lines.benefit_table(facts))
        store = self.session.need_store()
        self.session.jobs.read(
            lambda _progress: unit_costs(store), self._offer, label="Read the unit costs", newest=True
        )

    def _offer(self, held: Sequence[UnitCostFacts]) -> None:
        """Offer the unit costs that have a value."""
        self._unit_costs = {unit_cost_words(one): one for one in held if one.amount_pence is not None}
        self.benefits.form.offer("pick", (benefit_lines.NO_PICK, *self._unit_costs))

    def _chosen(self, key: str, text: str) -> None:
        """A unit cost chosen from the library goes into the form with its citation; measured volumes are not typed."""
        if key == "method" and benefit_lines.METHODS[text] == FROM_MEASURE:
            self.benefits.form.fill(dict.fromkeys(benefit_lines.TAKEN, ""))
        one = self._unit_costs.get(text)
        if key == "pick" and one is not None:
            self.benefits.form.fill(
                {
                    "unit_cost": lines.pence_text(one.amount_pence),
                    "source": one.citation,
                    "price_year": one.price_year.replace("-", "/"),
                    "cost_type": lines.word_of(benefit_lines.COST_TYPES, one.kind),
                }
            )

    @property
    def _facts(self) -> AppraisalFacts | None:
        return self._answer.economics.facts if self._answer else None

    @property
    def _years(self) -> frozenset[str]:
        """The price years that can be brought to the base year."""
        return frozenset((*self._facts.deflator, self._facts.base_year)) if self._facts else frozenset()

    def _post_texts(self, key: str) -> Mapping[str, str]:
        facts = self._facts
        line = next((one for one in facts.pay if str(one.id) == key), None) if facts else None
        if line is not None:
            return posts.post_texts(line)
        new = self._new_line(facts)
        return {**new, "pay_year": new.get("price_year", "")}

    def _cost_texts(self, key: str) -> Mapping[str, str]:
        facts = self._facts
        line = next((one for one in facts.costs if str(one.id) == key), None) if facts else None
        return self._new_line(facts) if line is None else cost_lines.cost_texts(line, self._measures)

    def _benefit_texts(self, key: str) -> Mapping[str, str]:
        facts = self._facts
        line = next((one for one in facts.benefits if str(one.id) == key), None) if facts else None
        return self._new_line(facts) if line is None else benefit_lines.benefit_texts(line, self._measures)

    @staticmethod
    def _new_line(facts: AppraisalFacts | None) -> Mapping[str, str]:
        """A new line starts with the frame's first month and prices."""
        if facts is None:
            return {}
        return {"start": lines.day_text(facts.start), "price_year": facts.base_year.replace("-", "/")}

    def _give_post(self, key: str, texts: Mapping[str, str]) -> None:
        self._give(self.posts, key, posts.read_post(texts), money.add_pay_line, money.change_pay_line)

    def _remove_post(self, key: str) -> None:
        self.session.change(money.remove_pay_line, line_id=int(key))

    def _give_cost(self, key: str, texts: Mapping[str, str]) -> None:
        paid = {line.phase for line in self._facts.pay} if self._facts else set()
        read = cost_lines.read_cost(texts, self._measures, paid, self._years)
        self._give(self.costs, key, read, money.add_cost_line, money.change_cost_line)

    def _remove_cost(self, key: str) -> None:
        self.session.change(money.remove_cost_line, line_id=int(key))

    def _give_benefit(self, key: str, texts: Mapping[str, str]) -> None:
        read = benefit_lines.read_benefit(texts, self._measures, self._controlled, self._years)
        self._give(self.benefits, key, read, money.add_benefit_line, money.change_benefit_line)

    def _remove_benefit(self, key: str) -> None:
        self.session.change(money.remove_benefit_line, line_id=int(key))

    def _give(
        self, view: LinesView, key: str, read: Reading, add: Callable[..., Changed], change: Callable[..., Changed]
    ) -> None:
        view.form.show_faults(read.faults)
        if read.faults or self._answer is None or view.holds_back(read.warnings):
            return
        whose: dict[str, Any] = {"line_id": int(key)} if key else {"role_id": self._answer.role.id}
        told = Told(view.form, view.settle)
        self.session.change(change if key else add, told.done, told.refused, **whose, **read.facts)

    def _add_prompted(self, category: str) -> None:
        """Open a new cost line of a kind that was asked for."""
        if self._facts is not None:
            facts = self._facts
            self.costs.add_line(cost_lines.prompted_texts(category, facts.start, facts.base_year))

    def _dismiss(self, category: str) -> None:
        if self._facts is not None:
            self._set_dismissed((*self._facts.dismissed, category))

    def _ask_again(self) -> None:
        self._set_dismissed(())

    def _set_dismissed(self, categories: Sequence[str]) -> None:
        if self._answer is not None:
            facts = self._answer.economics.facts
            self.session.change(
                money.dismiss_prompts,
                role_id=self._answer.role.id,
                categories=tuple(categories),
                start=facts.start,
                base_year=facts.base_year,
            )


def unit_cost_words(one: UnitCostFacts) -> str:
    """A unit cost as one choice: what it is, its amount and unit, and the year of its prices."""
    amount = pence_as_pounds(one.amount_pence or 0, 2 if (one.amount_pence or 0) % 100 else 0)
    unit = one.unit.removeprefix("£").strip()
    year = f", {one.price_year.replace('-', '/')}" if one.price_year else ""
    own = ", own" if one.own_id is not None else ""
    return f"{one.label}: {amount} {unit}{year}{own}"


class Told:
    """What happens when an operation has settled: put the form away, or say in it what was refused."""

    def __init__(self, form: FactsForm, after: Callable[[], None]) -> None:
        self._form, self._after = form, after

    def done(self, _changed: Changed) -> None:
        """It is recorded."""
        self._after()

    def refused(self, problem: UserProblem) -> None:
        """It was not taken."""
        self._form.show_faults({"": problem.sentence()})
