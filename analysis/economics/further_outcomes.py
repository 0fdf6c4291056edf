"""Outcomes valued beside money, how far a role must spread, and staff time: cheaper is not always less costly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from analysis.economics.amounts import exact, share_of, total
from analysis.economics.appraisal import Frame
from analysis.economics.discounting import month_factor
from analysis.economics.efficiency import Efficiency, efficiency
from analysis.economics.further_shapes import OutcomeView, PlaneCloud, ScaleView, StaffTimeView
from analysis.economics.months import covered_share
from analysis.economics.outcomes import HEALTH_SCHEDULE, quadrant
from analysis.economics.scale import Scale, scale
from analysis.plan import AppraisalFacts, OutcomeLineFacts, ScaleFacts, StaffTimeFacts
from analysis.wording import interval, number, percent, plural, pounds, signed_pounds

if TYPE_CHECKING:
    from analysis.arrays import FloatArray

WITHOUT, WITH = "Without the role", "With the role"
STEPS = 21
DRAWN = 400
"""Draws that the plane shows; the shares are of all of them."""
_SCALE_WORDS = {
    "units_per_post": "what one post avoids a year",
    "block": "how much makes one block that can close",
    "block_saving_pence": "what closing a block saves a year",
    "post_cost_pence": "what a post costs a year",
}
_TIME_WORDS = {
    "contacts_before": "contacts for each client before",
    "minutes_before": "minutes a contact before",
    "hourly_before_pence": "cost of an hour before",
    "contacts_after": "contacts for each client after",
    "minutes_after": "minutes a contact after",
    "hourly_after_pence": "cost of an hour after",
}
_QUADRANTS = {
    "NE": "It costs more and gains more",
    "SE": "It costs less and gains more: better on both counts",
    "NW": "It costs more and gains less: worse on both counts",
    "SW": "It costs less and gains less",
}


def outcome_views(
    facts: AppraisalFacts, frame: Frame, net: Decimal, draws: FloatArray | None
) -> tuple[OutcomeView, ...]:
    """Every outcome with a gain and people, against the net public cost; outcomes are never added to one another.

    `net` is the net public value, `draws` its simulation where one was run.
    """
    known = [line for line in facts.outcomes if line.gain is not None and line.people_a_year is not None]
    return tuple(_view(line, facts, frame, -net, draws) for line in known)


def _view(
    line: OutcomeLineFacts, facts: AppraisalFacts, frame: Frame, cost: Decimal, draws: FloatArray | None
) -> OutcomeView:
    gain = exact(line.gain or 0)
    people = _people(line, frame)
    reached = total(people)
    discounted = total(a * b for a, b in zip(people, frame.factors, strict=True))
    health = total(
        a * month_factor(facts.own_health_rates or HEALTH_SCHEDULE, frame.timing, at) for at, a in enumerate(people)
    )
    gained = gain * discounted
    where = quadrant(cost, gained)
    worth = _worth(line, facts)
    icer = cost / gained if where in ("NE", "SW") else None
    nmb = (worth[0] * gained - cost, worth[1] * gained - cost) if worth else None
    needed = share_of(cost, worth[0] * discounted) if worth else None
    return OutcomeView(
        label=line.label,
        kind=line.kind,
        unit=line.unit or line.kind,
        gained=gain * reached,
        gained_discounted=gained,
        gained_health_rate=gain * health,
        net_cost=cost,
        quadrant=where,
        icer=icer,
        worth=worth,
        nmb=nmb,
        break_even_gain=needed,
        cloud=_cloud(line, float(discounted), cost, draws, facts, worth),
        sentence=_outcome_words(line, gained, cost, where, icer, worth, nmb, needed),
    )


def _people(line: OutcomeLineFacts, frame: Frame) -> list[Decimal]:
    """People who gain, month by month."""
    monthly = exact(line.people_a_year or 0) / 12
    start = line.start or frame.start
    return [monthly * covered_share(start, line.end, first)[0] for first in frame.firsts]


def _worth(line: OutcomeLineFacts, facts: AppraisalFacts) -> tuple[Decimal, Decimal] | None:
    """Pounds for one unit: the line's own figure, else the range held for its kind; None where there is neither."""
    if line.worth_pence:
        own = Decimal(line.worth_pence) / 100
        return own, own
    held = facts.worth.get(line.kind)
    return (Decimal(held[0]) / 100, Decimal(held[1]) / 100) if held else None


def _outcome_words(
    line: OutcomeLineFacts,
    gained: Decimal,
    cost: Decimal,
    where: str,
    icer: Decimal | None,
    worth: tuple[Decimal, Decimal] | None,
    nmb: tuple[Decimal, Decimal] | None,
    needed: Decimal | None,
) -> str:
    unit = line.unit or line.kind
    parts = [
        f"{number(float(gained), 2)} {unit} gained (present value) for a net public cost of {pounds(float(cost))}."
    ]
    if worth and nmb:
        ends = interval(*(signed_pounds(round(float(end) / 100) * 100.0) for end in nmb))
        at = pounds(float(worth[0])) if worth[0] == worth[1] else interval(*(pounds(float(end)) for end in worth))
        said = signed_pounds(round(float(nmb[0]) / 100) * 100.0) if worth[0] == worth[1] else ends
        parts.append(f"Net monetary benefit {said} with one {unit} held worth {at}.")
    else:
        parts.append(f"What one {unit} is held to be worth is not given, so no net benefit can be said.")
    parts.append(f"{_QUADRANTS.get(where, 'It lies on an axis of the plane')}.")
    if icer is not None:
        parts.append(f"{pounds(float(icer))} for each {unit}.")
    if needed is not None and needed > 0:
        parts.append(f"It breaks even at a gain of {number(float(needed), 4)} for each person.")
    return " ".join(parts)


def _cloud(
    line: OutcomeLineFacts,
    reached: float,
    cost: Decimal,
    draws: FloatArray | None,
    facts: AppraisalFacts,
    worth: tuple[Decimal, Decimal] | None,
) -> PlaneCloud | None:
    """All that is uncertain at once: the net cost drawn with the plan, the gain with its own range."""
    low, high = (line.gain if end is None else end for end in (line.gain_low, line.gain_high))
    likely = line.gain or 0.0
    ranged = low is not None and high is not None and low <= likely <= high and low < high
    if worth is None or (draws is None and not ranged):
        return None
    import numpy as np

    from analysis.economics.distributions import between, certain
    from analysis.economics.probabilistic import probabilistic

    random = np.random.default_rng(facts.seed + 1)
    spread = between(low, likely, high) if ranged and low is not None and high is not None else certain(likely)
    costs = -draws if draws is not None else np.full(facts.draws, float(cost))
    gains = spread.draw(random, len(costs)) * reached
    most = 2 * float(worth[1])
    thresholds = [most * step / (STEPS - 1) for step in range(STEPS)]
    nothing = np.zeros(len(costs))
    found = probabilistic(
        (WITHOUT, WITH),
        np.column_stack([nothing, costs]),
        np.column_stack([nothing, gains]),
        thresholds,
        {"option": WITH, "reference": WITHOUT},
    )
    pair = found.pair
    assert pair is not None  # noqa: S101 - a pair was asked for
    every = max(1, len(costs) // DRAWN)
    shown = zip(gains[::every].tolist(), costs[::every].tolist(), strict=True)
    return PlaneCloud(
        points=tuple(shown),
        thresholds=tuple(thresholds),
        probability=tuple(at.p_cost_effective for at in pair.by_threshold),
        frontier=tuple(at.ceaf for at in found.by_threshold),
        optimal=tuple(at.optimal for at in found.by_threshold),
        quadrants=tuple(pair.quadrants.items()),
        draws=len(costs),
    )


def cloud_words(view: OutcomeView) -> str:
    """What the draws say: the share worth it at both ends of the range, and the share in each quadrant."""
    cloud, worth = view.cloud, view.worth
    if cloud is None or worth is None:
        return ""
    shares = [cloud.probability[_nearest(cloud.thresholds, float(end))] for end in worth]
    at = [pounds(float(end)) for end in worth]
    first = f"worth it in {percent(shares[0])} of draws at {at[0]} for one {view.unit}"
    second = f", in {percent(shares[1])} at {at[1]}" if worth[0] != worth[1] else ""
    parts = [f"{percent(count / cloud.draws)} {name}" for name, count in cloud.quadrants if count]
    return f"With all that is uncertain at once it is {first}{second}. Draws by quadrant: {', '.join(parts)}."


def _nearest(values: Sequence[float], wanted: float) -> int:
    return min(range(len(values)), key=lambda at: abs(values[at] - wanted))


def scale_view(facts: ScaleFacts) -> ScaleView:
    """Net saving by number of posts. Raises ValueError where `scale_lacks` names something."""
    found = scale(
        units_per_post=facts.units_per_post or 0.0,
        block_units=facts.block or 0.0,
        block_saving=(facts.block_saving_pence or 0) / 100,
        variable_saving_per_unit=(facts.unit_saving_pence or 0) / 100,
        cost_per_post=(facts.post_cost_pence or 0) / 100,
        fixed_cost=(facts.programme_cost_pence or 0) / 100,
        maximum_posts=facts.most_posts,
    )
    posts = math.ceil((facts.block or 0.0) / facts.units_per_post - 1e-9) if facts.units_per_post else 0
    sites = math.ceil(posts / facts.posts_per_site) if facts.posts_per_site and posts else None
    return ScaleView(found, facts.unit or "units", posts, sites, _scale_words(facts, found, posts, sites))


def scale_lacks(facts: ScaleFacts | None) -> str:
    """What is still wanted for the scale, in words; empty when it can be worked out."""
    return _lacks(facts, _SCALE_WORDS, "To see at what scale it pays")


def _scale_words(facts: ScaleFacts, found: Scale, posts: int, sites: int | None) -> str:
    where = f" at {plural(sites, 'site')}" if sites else ""
    first = f"Nothing can close before {plural(posts, 'post')}{where} together avoid one whole block." if posts else ""
    if found.first_viable is None:
        pays = f"No number of posts up to {facts.most_posts} pays."
    elif found.first_viable == found.sustained_from:
        pays = f"It pays from {plural(found.first_viable, 'post')} on."
    elif found.sustained_from is None:
        pays = f"It first pays at {plural(found.first_viable, 'post')}, and loses again at some higher numbers."
    else:
        pays = (
            f"It first pays at {plural(found.first_viable, 'post')}, loses again beyond that, and pays at every number "
        )
        pays += f"from {found.sustained_from} on."
    line = found.straight_line_break_even
    plain = f" A straight line without blocks would say {number(line, 1)} posts: too hopeful." if line else ""
    return f"{first} {pays}{plain}".strip()


def staff_time_view(facts: StaffTimeFacts) -> StaffTimeView:
    """What each of contacts, minutes and the hourly cost did. Call only where `staff_time_lacks` is empty."""
    sides = (
        (facts.contacts_before, facts.minutes_before, facts.hourly_before_pence),
        (facts.contacts_after, facts.minutes_after, facts.hourly_after_pence),
    )
    held = [
        {"contacts_per_client": n or 0.0, "minutes_per_contact": t or 0.0, "rate_per_hour": (h or 0) / 100}
        for n, t, h in sides
    ]
    found = efficiency(*held)
    return StaffTimeView(found, _time_words(found))


def staff_time_lacks(facts: StaffTimeFacts | None) -> str:
    """What is still wanted for staff time, in words; empty when it can be worked out."""
    return _lacks(facts, _TIME_WORDS, "To see whether cheaper is also less costly")


def _lacks(facts: object, words: dict[str, str], lead: str) -> str:
    wanted = [text for name, text in words.items() if not getattr(facts, name, None)]
    return f"{lead}, add {', '.join(wanted)}." if wanted else ""


def _time_words(found: Efficiency) -> str:
    way = "more" if found.change > 0 else "less"
    said = (
        f"A client costs {pounds(found.cost_per_client_after, 2)} of staff time, "
        f"{pounds(found.cost_per_client_before, 2)} before: {pounds(abs(found.change), 2)} {way}."
    )
    parts = found.parts
    shares = ", ".join(
        f"{name} {signed_pounds(value, 2)}"
        for name, value in (("contacts", parts.contacts), ("minutes", parts.minutes), ("hourly cost", parts.rate))
    )
    need = ""
    if found.time_ratio is not None and found.break_even_time_ratio is not None:
        need = (
            f" Time for a client is {number(found.time_ratio, 2)} times what it was; it could grow to "
            f"{number(found.break_even_time_ratio, 2)} times before the cheaper hour saves nothing."
        )
    contact = [pounds(cost, 2) for cost in (found.cost_per_contact_after, found.cost_per_contact_before)]
    return f"{said} Of that: {shares}.{need} A contact costs {contact[0]}, {contact[1]} before."


def outcome_lacks(facts: AppraisalFacts) -> str:
    """What is still wanted to value outcomes, in words; empty when every outcome has its gain and people."""
    if not facts.outcomes:
        return "To see what an outcome costs, add the gain for each person and how many people gain."
    short = [line.label for line in facts.outcomes if line.gain is None or line.people_a_year is None]
    return f"Gain or number of people is not known: {', '.join(short)}." if short else ""
