"""Cautions that come from how the evaluation is laid out, not from the values."""

from __future__ import annotations

from analysis.events import OF_THE_CHART, definition_events, numbered_events
from analysis.evidence import LOST_SHARE, lost_share
from analysis.finding_further import FittedChange
from analysis.finding_paired import is_paired
from analysis.finding_shapes import Effect, TooEarly
from analysis.prespecified import against_expectation, late_choice
from analysis.situation import Situation
from analysis.vocabulary import Arm, ComparatorKind, EventFacts
from analysis.wording import number, percent, plural

FULL_DOSE = 0.9
"""Share of the planned whole-time equivalents from which the role counts as staffed as planned."""
HALF = 0.5


def co_events(it: Situation) -> list[str]:
    """Events after launch that may have moved the values."""
    texts = []
    for place, event in enumerate(numbered_events(it.series.measure, it.role), start=1):
        if event.kind not in OF_THE_CHART and event.arm is not Arm.COMPARATOR:
            texts += _overlap(it, event, f"{event.title} (event {place})")
    return texts


def _overlap(it: Situation, event: EventFacts, name: str) -> list[str]:
    end = event.end or event.when
    months = [period for period, used in zip(it.series.periods, it.chosen.after, strict=True) if used]
    hit = sum(period.start <= end and period.end >= event.when for period in months)
    if not hit:
        return []
    if event.end is None:
        return [f"{name} came after launch too; it may have moved the values."]
    return [f"{name} overlaps {hit} of the {plural(len(months), it.unit)} after launch."]


def programme(it: Situation) -> list[str]:
    """The role began with a programme."""
    start, launch = it.role.programme_start, it.role.timeline.launch
    if it.role.programme is None or launch is None:
        return []
    first = min((period.start for period in it.series.periods), default=launch)
    if start is not None and start < first:
        return []
    return [f"The role began with a programme ({it.role.programme}); their effects cannot be told apart."]


def definition_event(it: Situation) -> list[str]:
    """A new definition near launch."""
    return [
        f"{event.title}: a new definition within three months of launch."
        for event in definition_events(it.series.measure, it.role)
    ]


def regression_to_mean(it: Situation) -> list[str]:
    """People were chosen on a high value, and nobody is there to show what would have come by itself."""
    beside = it.compared is not None and not it.compared.is_benchmark
    if not it.role.selected_on_high_need or beside:
        return []
    return ["People were chosen because a value was high; part of a fall would have come by itself."]


def dose(it: Situation) -> list[str]:
    """Less of the role was there than planned."""
    planned, actual = it.role.planned_wte, it.role.actual_wte
    if planned is None or actual is None or planned <= 0 or actual >= FULL_DOSE * planned:
        return []
    share = percent(actual / planned)
    return [
        f"Staffed at {number(actual, 1)} of {number(planned, 1)} planned WTE ({share}): the role was not at full dose."
    ]


def lost_to_follow_up(it: Situation) -> list[str]:
    """People measured twice are those who stayed."""
    if not is_paired(it.series, it.chosen) or not it.chosen.n_after:
        return []
    share = lost_share(it.series, it.chosen)
    if share is None:
        return ["How many people were lost between the two measurements is not recorded; those who stay may do better."]
    if share == 0:
        return []
    size = "many; " if share > LOST_SHARE else ""
    return [
        f"{percent(share)} of the people were lost between the two measurements: {size}those who stay may do better."
    ]


def unpaired(it: Situation) -> list[str]:
    """Means of different people."""
    if not isinstance(it.effect, Effect) or it.effect.key != "mean_difference":
        return []
    return ["The people before and after are not the same: who came may have changed, not how they fared."]


def chosen_late(it: Situation) -> list[str]:
    """The way of judging was settled or altered after launch."""
    words = late_choice(it.series.measure, it.role)
    return [words] if words else []


def unexpected(it: Situation) -> list[str]:
    """The change went the other way than was expected beforehand."""
    if isinstance(it.effect, TooEarly) or not it.effect.excludes_no_change:
        return []
    words = against_expectation(it.series.measure, it.effect.absolute > 0)
    return [words] if words else []


def earlier_trend(it: Situation) -> list[str]:
    """Most of the change is what the trend before launch would have led to."""
    effect, fitted = it.effect, it.fitted
    if not isinstance(effect, Effect) or not isinstance(fitted, FittedChange):
        return []
    if not effect.excludes_no_change and effect.widening == 1:
        return []
    whole = effect.relative if fitted.is_ratio else effect.absolute
    clear = fitted.level_lower > 0 or fitted.level_upper < 0
    if whole == 0:
        return []
    if (clear and fitted.level * whole > 0) or fitted.level / whole >= HALF:
        return []
    return ["A trend was under way before launch: continued, it would account for more than half of the change."]


def fit_doubtful(it: Situation) -> list[str]:
    """What the fitted trend warns of."""
    return list(it.fitted.warnings) if isinstance(it.fitted, FittedChange) else []


def comparator(it: Situation) -> list[str]:
    """What a comparator of this kind cannot do, and where it fails here."""
    found = it.compared
    if found is None or found.is_benchmark or isinstance(found.effect, TooEarly):
        return []
    texts = [_OF_KIND[found.facts.kind]] if found.facts.kind in _OF_KIND else []
    if found.pre_trend is not None and not found.pre_trend.is_small:
        texts.append(f"{found.facts.name} did not move like the role's place before launch; see the evidence.")
    return texts


_OF_KIND = {
    ComparatorKind.EQUAL_NEED: "People of equal need outside the target group may have been reached by the role too.",
    ComparatorKind.EARLIER_COHORT: "An earlier cohort lived at another time: what changed for all is not taken out.",
}
