"""What a finding says as mark, word and colour: shared by every page that shows one. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.finding_shapes import Verdict
from analysis.impact.xmr import Status
from desktop.theme.marks import Shape
from desktop.theme.marks import Verdict as Mark


@dataclass(frozen=True)
class VerdictLook:
    """Shape, word and colour token of a verdict; `mark` is None where there is no answer to judge."""

    shape: Shape
    word: str
    ink: str
    mark: Mark | None


def _marked(mark: Mark) -> VerdictLook:
    return VerdictLook(mark.shape, mark.word, mark.value, mark)


LOOKS = {
    Verdict.IMPROVEMENT: _marked(Mark.IMPROVEMENT),
    Verdict.CONCERN: _marked(Mark.CONCERN),
    Verdict.COMMON_CAUSE: _marked(Mark.COMMON),
    Verdict.CHANGED: _marked(Mark.NEITHER),
    Verdict.NO_ANSWER: VerdictLook(Shape.NO_ANSWER, "No answer yet", "text2", None),
}

POINTS = {
    Status.COMMON_CAUSE: Mark.COMMON,
    Status.IMPROVEMENT: Mark.IMPROVEMENT,
    Status.CONCERN: Mark.CONCERN,
    Status.NEUTRAL_HIGH: Mark.NEITHER,
    Status.NEUTRAL_LOW: Mark.NEITHER,
}


def look_of(verdict: Verdict) -> VerdictLook:
    """How a verdict is shown."""
    return LOOKS[verdict]


def mark_of(verdict: Verdict) -> Mark:
    """The mark of a verdict, common cause where there is no answer."""
    return LOOKS[verdict].mark or Mark.COMMON


def point_mark(status: Status | None) -> Mark:
    """The mark of a point of a chart; a point without a part in the rules is plain."""
    return POINTS[status] if status is not None else Mark.COMMON
