"""Several files as one import: files of the same shape follow the decisions made for the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.vocabulary import MeasureFacts
from importers.answers import Answers, choice_of
from importers.appending import identity_of
from importers.found import Question
from importers.inspection import Inspection
from importers.plans import ImportPlan, propose

SITES = "organisation of the files"


def follow(
    first: ImportPlan, inspection: Inspection, measures: Sequence[MeasureFacts] = (), answers: Answers | None = None
) -> ImportPlan:
    """The plan for a further file: the decisions of the first where the headings are the same, else its own."""
    recipe = first.as_recipe(first.recipe or "", answers)
    alone = propose(inspection, measures)
    if alone.fingerprint != first.fingerprint:
        return alone
    return propose(inspection, measures, recipe=recipe)


def site_question(inspections: Sequence[Inspection], wanted: str | None = None) -> Question | None:
    """Whose files are wanted, where each file is about one organisation and they are not all about the same."""
    sites = {name: words for found in inspections if (site := site_of(found)) for name, words in [site]}
    if len(sites) < 2:
        return None
    names = tuple(sites.values())
    preselected = next((at for at, name in enumerate(names) if wanted and wanted.lower() in name.lower()), 0)
    ask = f"The files are about {len(names)} organisations. Whose figures belong to this role?"
    return Question(SITES, "", ask, names, preselected, ids=tuple(sites))


def site_of(inspection: Inspection) -> tuple[str, str] | None:
    """Identity and words of the one organisation a file is about; None where it has several or names none."""
    found = organisations_in(inspection)
    return next(iter(found.items())) if len(found) == 1 else None


def organisations_in(inspection: Inspection) -> dict[str, str]:
    """Whose figures a file holds: identity and words of each organisation its tables name, in the order they come."""
    found: dict[str, str] = {}
    for table in inspection.tables:
        for label in table.labels:
            if name := label.code or label.organisation or "":
                found[name] = label.organisation or name
        for series in table.series if not table.labels else ():
            if name := identity_of(series):
                found[name] = series.organisation or name
    return found


def wanted_files(
    inspections: Sequence[Inspection], question: Question | None, answers: Mapping[str, int | str]
) -> list[Inspection]:
    """The files of the chosen organisation, with those that name none."""
    if question is None:
        return list(inspections)
    chosen = question.ids[choice_of(question, answers)]
    return [found for found in inspections if (site := site_of(found)) is None or site[0] == chosen]
