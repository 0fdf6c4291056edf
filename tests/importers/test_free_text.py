from __future__ import annotations

import pytest

from analysis.problems import UserProblem
from importers.free_text import found_in, refuse_identifiers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("seen weekly by 943 476 5919", "NHS number"),
        ("her date of birth is 3/4/1950", "date of birth"),
        ("D.O.B. 03.04.1950", "date of birth"),
        ("a man born 3 Apr 1950", "date of birth"),
        ("ring her on 020 7946 0018", "telephone number"),
        ("lives at SW1A 1AA", "full postcode"),
        ("write to a.person@nhs.net", "e-mail address"),
        ("paid under AB 12 34 56 C", "National Insurance number"),
    ],
)
def test_an_identifier_in_a_text_is_named_and_refused_without_repeating_it(text: str, kind: str) -> None:
    assert found_in(text) == (kind,)
    with pytest.raises(UserProblem) as problem:
        refuse_identifiers(text)
    assert kind in problem.value.message
    assert not any(word in problem.value.sentence() for word in text.split() if any(map(str.isdigit, word)))


@pytest.mark.parametrize(
    "text",
    ["", "Band 6, 1,240 people since 2024-04-08", "the idea was born in 2019", "Four visits in 6 weeks, B6 and 2nd"],
)
def test_what_points_to_nobody_is_kept_as_it_was_typed(text: str) -> None:
    assert refuse_identifiers(text) == text
