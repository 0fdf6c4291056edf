"""Further answers as pictures: payback, scale, the plane, acceptability, who pays and who gains. Qt-free."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.axis import label_every, nice_ticks, tick_decimals
from analysis.economics.further_outcomes import cloud_words
from analysis.economics.further_shapes import Curve, OutcomeView, ScaleView
from analysis.economics.role_shapes import RoleEconomics
from analysis.wording import number, percent, pounds, signed_pounds
from desktop.charts.curves import Axis, CurveLine, CurvesPicture, Rule
from desktop.charts.picture import Dash
from desktop.charts.tornado import Bar, TornadoPicture

THOUSAND = 1000.0


def money_axis(values: Sequence[float], title: str) -> Axis:
    """An axis of pounds over these values and nothing."""
    low, high = min(0.0, *values), max(0.0, *values)
    air = 0.06 * (high - low) or 1.0
    low, high = (low - air if low < 0 else 0.0), high + air
    ticks = nice_ticks(low, high, 5)
    return Axis(low, high, ticks, tuple(pounds(tick) for tick in ticks), title)


def number_axis(low: float, high: float, title: str, wanted: int = 6) -> Axis:
    """An axis of numbers."""
    ticks = nice_ticks(low, high, wanted)
    places = tick_decimals(ticks)
    return Axis(low, high, ticks, tuple(number(tick, places) for tick in ticks), title)


def payback_picture(curve: Curve) -> CurvesPicture:
    """Cost and benefit put together month by month; the rule stands where benefit overtakes cost for good."""
    count = len(curve.months)
    xs = tuple(float(at) for at in range(1, count + 1))
    every = label_every(count, 7)
    ticks = tuple(float(at) for at in range(1, count + 1, every))
    across = Axis(1, count, ticks, tuple(curve.months[int(at) - 1] for at in ticks), "Month")
    rules = [(curve.paid_back, "Paid back"), (curve.cash_paid_back, "Paid back in cash")]
    rows = tuple(
        (month, pounds(cost), pounds(cash), pounds(public), signed_pounds(public - cost))
        for month, cost, cash, public in zip(curve.months, curve.cost, curve.cash, curve.public, strict=True)
    )
    return CurvesPicture(
        title="Cost and benefit put together",
        across=across,
        up=money_axis((*curve.cost, *curve.public, *curve.cash), "£ so far, prices of the base year"),
        lines=(
            CurveLine("Cost", xs, curve.cost, "s2", Dash.DASHED),
            CurveLine("All public benefit", xs, curve.public, "s1"),
            CurveLine("Cash", xs, curve.cash, "s3", Dash.CHAINED),
        ),
        rules=tuple(Rule(float(at), words) for at, words in rules if at is not None),
        summary=curve.sentence,
        read_out=tuple(f"{row[0]}: cost {row[1]}, cash {row[2]}, all public benefit {row[3]}" for row in rows),
        table=(("Month", "Cost so far", "Cash so far", "All public benefit so far", "Benefit less cost"), *rows),
    )


def scale_picture(view: ScaleView) -> CurvesPicture:
    """Net saving a year by number of posts; it jumps where another block can close."""
    posts = tuple(view.found.net)
    values = tuple(view.found.net.values())
    first = view.found.first_viable
    rules = (Rule(float(first), f"First pays: {first}"),) if first else ()
    rows = tuple((str(at), str(view.found.blocks[at]), signed_pounds(view.found.net[at])) for at in posts)
    return CurvesPicture(
        title="Net saving by number of posts",
        across=number_axis(min(posts), max(posts), "Posts"),
        up=money_axis(values, "£ a year, saving less cost"),
        lines=(CurveLine("Net", tuple(map(float, posts)), values, "s1"),),
        rules=rules,
        summary=view.sentence,
        read_out=tuple(f"{row[0]} posts: {row[1]} blocks closed, net {row[2]}" for row in rows),
        table=(("Posts", "Blocks closed", "Net a year"), *rows),
    )


def plane_picture(view: OutcomeView) -> CurvesPicture:
    """What is gained across, what it costs up; the line is where the cost is what the gain is held worth."""
    cloud = view.cloud
    point = (float(view.gained_discounted), float(view.net_cost))
    dots = cloud.points if cloud else (point,)
    xs, ys = [x for x, _ in dots], [y for _, y in dots]
    low, high = min(0.0, *xs), max(0.0, *xs)
    air = 0.06 * (high - low) or 1.0
    across = number_axis(low - air if low < 0 else 0.0, high + air, f"{view.unit} gained, present value")
    up = money_axis(ys, "£, net public cost")
    lines = []
    if view.worth:
        dashes = (Dash.DASHED, Dash.CHAINED)
        for end, dash in zip(dict.fromkeys(view.worth), dashes, strict=False):
            name = f"{pounds(float(end) / THOUSAND)}k" if end >= THOUSAND else pounds(float(end))
            ends = (max(across.low, up.low / float(end)), min(across.high, up.high / float(end)))
            lines.append(CurveLine(name, ends, tuple(x * float(end) for x in ends), "s3", dash))
    quadrants = dict(cloud.quadrants) if cloud else {}
    rows = [(name, str(count), percent(count / cloud.draws)) for name, count in quadrants.items()] if cloud else []
    return CurvesPicture(
        title=f"{view.label}: cost against gain",
        across=across,
        up=up,
        lines=tuple(lines),
        dots=dots,
        summary=view.sentence,
        read_out=(view.sentence,),
        table=(
            ("Quadrant", "Draws", "Share"),
            *(rows or [(view.quadrant, "as planned", f"{number(point[0], 2)} for {pounds(point[1])}")]),
        ),
    )


def acceptability_picture(view: OutcomeView) -> CurvesPicture | None:
    """The probability of being worth it by what one unit is held worth, and that of the option best on average."""
    cloud = view.cloud
    if cloud is None:
        return None
    ticks = nice_ticks(0.0, 1.0, 4)
    most = cloud.thresholds[-1]
    steps = nice_ticks(0.0, most, 4)
    rows = tuple(
        (pounds(at), percent(p), best, percent(f))
        for at, p, best, f in zip(cloud.thresholds, cloud.probability, cloud.optimal, cloud.frontier, strict=True)
    )
    return CurvesPicture(
        title=f"{view.label}: how likely it is worth it",
        across=Axis(0.0, most, steps, tuple(pounds(step) for step in steps), f"What one {view.unit} is held worth"),
        up=Axis(0.0, 1.0, ticks, tuple(percent(tick) for tick in ticks), "Share of draws"),
        lines=(
            CurveLine("With the role", cloud.thresholds, cloud.probability, "s1"),
            CurveLine("Best on average", cloud.thresholds, cloud.frontier, "s2", Dash.DASHED),
        ),
        rules=tuple(Rule(float(end), pounds(float(end))) for end in dict.fromkeys(view.worth or ())),
        summary=cloud_words(view),
        read_out=tuple(f"at {row[0]}: worth it in {row[1]} of draws; best on average {row[2].lower()}" for row in rows),
        table=((f"One {view.unit} held worth", "Worth it", "Best on average", "Likely best"), *rows),
    )


def payers_picture(held: RoleEconomics) -> TornadoPicture | None:
    """Who pays to the left, who gains to the right, present value; cash and capacity together on the gaining side."""
    if held.appraisal is None:
        return None
    rows = held.appraisal.organisations.items()
    bars = tuple(
        Bar(
            name or "not named",
            -float(one.pv_costs),
            float(one.pv_cash_releasing + one.pv_non_cash_releasing),
            pounds(float(one.pv_costs)) if one.pv_costs else "",
            pounds(float(one.pv_cash_releasing + one.pv_non_cash_releasing)) if one.net + one.pv_costs else "",
        )
        for name, one in rows
    )
    ordered = tuple(sorted(bars, key=lambda bar: -(bar.better - bar.worse)))
    ends = [value for bar in ordered for value in (bar.worse, bar.better)] or [0.0]
    ticks = nice_ticks(min(0.0, *ends), max(0.0, *ends), 5)
    said = "; ".join(
        f"{bar.name} pays {bar.worse_words or 'nothing'} and gains {bar.better_words or 'nothing'}" for bar in ordered
    )
    return TornadoPicture(
        ordered,
        0.0,
        "",
        f"{said}.",
        ticks,
        tuple(pounds(abs(tick)) for tick in ticks),
        title="Who pays, who gains",
        key=("pays", "gains", ""),
        head=("Organisation", "Pays", "Gains"),
    )
