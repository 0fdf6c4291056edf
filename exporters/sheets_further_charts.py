"""Native charts of the further money answers: what is paid back by month, scale, and how likely an outcome is worth it.

The first two stand on their own tables where the workbook is of one role; of several roles one chart would mix them.
"""

from __future__ import annotations

from string import ascii_lowercase

from analysis.economics.further_shapes import Curve, OutcomeView, PlaneCloud, ScaleView
from analysis.wording import percent, plural, pounds, signed_pounds
from exporters.declared import Chart, Column, Kind, Line, Sheet
from exporters.protected_role import ProtectedRole
from exporters.report import Report


def payback_chart(report: Report) -> Chart | None:
    """Cost, cash, and cash and capacity put together, month by month."""
    role, curve = report.roles[0], report.roles[0].economics.further.curve
    if len(report.roles) > 1 or curve is None:
        return None
    return Chart(
        kind="lines",
        title=f"Cost and benefit put together by month, {role.label}",
        category="month",
        lines=(
            Line("cost", "Cost so far", "values"),
            Line("cash", "Cash so far", "expected"),
            Line("public", "Cash and capacity so far", "fitted"),
        ),
        alt_text=f"{_paid(curve)} Lines of cost and benefits put together month by month, {role.label}.",
        value_title="£ so far",
        low=0.0,
    )


def _paid(curve: Curve) -> str:
    ends = f"By {curve.months[-1]} the cost together is {pounds(curve.cost[-1])}, cash {pounds(curve.cash[-1])}"
    return f"{curve.sentence} {ends}, cash and capacity {pounds(curve.public[-1])}."


def scale_chart(report: Report) -> Chart | None:
    """Saving less cost by number of posts; it jumps where another block can close."""
    role, view = report.roles[0], report.roles[0].economics.further.scale
    if len(report.roles) > 1 or view is None:
        return None
    return Chart(
        kind="columns",
        title=f"Net saving a year by number of posts, {role.label}",
        category="posts",
        lines=(Line("net", "Saving less cost, a year", "cost"),),
        alt_text=f"{_scale(view)} Columns of saving less cost a year by number of posts, {role.label}.",
        value_title="£ a year, saving less cost",
    )


def _scale(view: ScaleView) -> str:
    posts = tuple(view.found.net)
    ends = " and ".join(
        f"{signed_pounds(view.found.net[at])} with {plural(at, 'post')}" for at in (posts[0], posts[-1])
    )
    return f"{view.sentence} It is {ends}."


def outcome_charts(report: Report) -> list[Sheet]:
    """For each outcome that was drawn: in what share of draws it is worth it, by what one unit is held worth."""
    return [
        _acceptability(report, role, view, view.cloud, f"Chart_outcome_{role.number}_{letter}")
        for role in report.roles
        for letter, view in zip(ascii_lowercase, role.economics.further.outcomes, strict=False)
        if view.cloud is not None
    ]


def _acceptability(report: Report, role: ProtectedRole, view: OutcomeView, cloud: PlaneCloud, name: str) -> Sheet:
    what = f"how likely {view.label} is worth it, {role.label}"
    return Sheet(
        name=name,
        title=f"Chart: {what}",
        about=f"Chart of the share of draws in which {view.label} is worth its cost for {role.label}",
        columns=(
            Column("held", f"One {view.unit or 'unit'} held worth", width=20.0),
            Column("worth", "Worth it", Kind.SHARE, 0, "% of draws"),
            Column("best", "Best on average", width=18.0),
            Column("likely", "Likely best", Kind.SHARE, 0, "% of draws"),
        ),
        rows=tuple(
            (pounds(held), worth, best, likely)
            for held, worth, best, likely in zip(
                cloud.thresholds, cloud.probability, cloud.optimal, cloud.frontier, strict=True
            )
        ),
        source=f"{report.came_from}; calculated by Roleworth",
        lines=(f"{view.sentence} From {plural(cloud.draws, 'draw')}.",),
        chart=Chart(
            kind="lines",
            title=f"{what[:1].upper()}{what[1:]}",
            category="held",
            lines=(Line("worth", "With the role", "values"), Line("likely", "Best on average", "expected")),
            alt_text=f"{_likely(view, cloud)} Lines of the share of draws, by what one unit is held worth: {what}.",
            value_title="Share of draws",
            low=0.0,
            high=1.0,
            shares=True,
        ),
    )


def _likely(view: OutcomeView, cloud: PlaneCloud) -> str:
    ends = dict.fromkeys(float(end) for end in view.worth) if view.worth else {cloud.thresholds[-1]: None}
    said = []
    for end in ends:
        at = min(range(len(cloud.thresholds)), key=lambda place: abs(cloud.thresholds[place] - end))
        said.append(f"held worth {pounds(cloud.thresholds[at])}, it is worth it in {percent(cloud.probability[at])}")
    return f"With one {view.unit or 'unit'} {' of draws; '.join(said)} of draws."
