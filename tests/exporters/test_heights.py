from __future__ import annotations

import random

from exporters.heights import _lines, _lines_by_word


def test_lines_counted_at_the_last_space_that_fits_are_those_counted_word_by_word() -> None:
    source = random.Random(5)
    for _ in range(3_000):
        room = source.randint(4, 30)
        odd = (0, 1, room - 1, room, room + 1, 2 * room)
        lengths = [source.choice(odd if source.random() < 0.1 else (1, 3, 4, 8)) for _ in range(source.randint(1, 20))]
        text = " ".join("x" * length for length in lengths)
        assert _lines(text, room) == _lines_by_word(text, room), (text, room)


def test_a_word_longer_than_a_line_takes_several() -> None:
    assert _lines("a" * 25, 10) == 3
    assert _lines(f"of {'a' * 25} and more", 10) == 5
