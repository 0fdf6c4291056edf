"""The one language of shapes, without Qt: a mark is always a shape, a word and a colour; none has a second meaning."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """A painted shape, valued by the glyph that stands for it in plain text."""

    PLAIN = "●"
    BETTER = "◆"
    BAD = "■"
    LOOK = "▲"
    FINE = "✓"
    MOVED = "✚"
    PROVISIONAL = "○"
    SET_ASIDE = "⊘"
    NO_ANSWER = "–"
    ABOVE = "+"
    BELOW = "−"
    SAME = "="


class Kind(StrEnum):
    """What a notice, chip or count says: the value is also the name of its colour tokens."""

    FIX = "fix"
    CHECK = "check"
    NOTE = "note"
    OK = "ok"
    NEUTRAL = "neutral"

    @property
    def shape(self) -> Shape:
        """The shape that always goes with this kind."""
        return _KIND_SHAPES[self]

    @property
    def word(self) -> str:
        """The word that always stands beside the shape."""
        return _KIND_WORDS[self]

    @property
    def paper(self) -> str:
        """The token of its tint."""
        return f"{self.value}_bg"


class Verdict(StrEnum):
    """What a point, a run or an effect says: the value is the name of its colour token."""

    COMMON = "com"
    IMPROVEMENT = "imp"
    CONCERN = "con"
    NEITHER = "nei"

    @property
    def shape(self) -> Shape:
        """The shape that always goes with this verdict."""
        return _VERDICT_SHAPES[self]

    @property
    def word(self) -> str:
        """The word that always stands beside the shape."""
        return _VERDICT_WORDS[self]


_KIND_SHAPES = {
    Kind.FIX: Shape.BAD,
    Kind.CHECK: Shape.LOOK,
    Kind.NOTE: Shape.PLAIN,
    Kind.OK: Shape.FINE,
    Kind.NEUTRAL: Shape.NO_ANSWER,
}
_KIND_WORDS = {Kind.FIX: "Fix", Kind.CHECK: "Check", Kind.NOTE: "Note", Kind.OK: "Fine", Kind.NEUTRAL: "No answer yet"}
_VERDICT_SHAPES = {
    Verdict.COMMON: Shape.PLAIN,
    Verdict.IMPROVEMENT: Shape.BETTER,
    Verdict.CONCERN: Shape.BAD,
    Verdict.NEITHER: Shape.MOVED,
}
_VERDICT_WORDS = {
    Verdict.COMMON: "Common cause",
    Verdict.IMPROVEMENT: "Improvement",
    Verdict.CONCERN: "Concern",
    Verdict.NEITHER: "Moved, neither way",
}
