"""Answers to questions: by number, by text, by the stable id of a choice, or typed where a question allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.periods import Period
from analysis.problems import UserProblem
from importers.found import Question
from importers.grammar import parse_period_text
from importers.recipes import masked

Answers = Mapping[str, int | str]


def matched(question: Question, given: int | str | None) -> int | None:
    """The index of the choice that an answer names, or None: by index, by the whole text, by its id, by its start."""
    if given is None:
        return None
    if isinstance(given, int):
        return given if 0 <= given < len(question.choices) else None
    if given in question.ids:
        return question.ids.index(given)
    texts = [choice.lower() for choice in question.choices]
    if given.lower() in texts:
        return texts.index(given.lower())
    if given.isdecimal() and int(given) < len(texts):
        return int(given)
    starts = [index for index, text in enumerate(texts) if given and text.startswith(given.lower())]
    return starts[0] if starts else None


def choice_of(question: Question, answers: Answers) -> int:
    """The index of the answer given, else the preselected one."""
    found = matched(question, answers.get(question.key))
    return question.preselected if found is None else found


def typed_period(question: Question, answers: Answers) -> Period | None:
    """The period typed for a question that allows one, where no choice was named."""
    given = answers.get(question.key)
    if question.free != "period" or not isinstance(given, str) or matched(question, given) is not None:
        return None
    return parse_period_text(given)


def saved(question: Question, answers: Answers) -> str:
    """An answer as a recipe keeps it: the stable id of the choice where it has one, else its text."""
    typed = typed_period(question, answers)
    if typed is not None:
        return typed.code
    index = choice_of(question, answers)
    return question.ids[index] if question.ids else question.choices[index]


def stable_key(question: Question, sheets: Iterable[str]) -> str:
    """The key of a question with the period in a sheet's name masked, so that next month's sheet has the same."""
    for name in sheets:
        if name and name in question.key:
            return question.key.replace(name, masked(name))
    return question.key


def check_answers(questions: Iterable[Question], answers: Answers) -> None:
    """Raise UserProblem for an answer to no question, or one that names none of its choices."""
    asked = {question.key: question for question in questions}
    for key, given in answers.items():
        question = asked.get(key)
        if question is None:
            listed = ", ".join(f"'{name}'" for name in asked) or "none"
            raise UserProblem(f"There is no question '{key}' about this file.", f"Its questions are: {listed}.")
        if matched(question, given) is None and typed_period(question, answers) is None:
            choices = " / ".join(question.choices[:20])
            more = ", or a period such as 2024-04" if question.free == "period" else ""
            raise UserProblem(f"'{given}' is no answer to '{key}'.", f"The choices are: {choices}{more}.")
