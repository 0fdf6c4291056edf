"""Cell addresses as people read them: `B12`, `K12:K203`. Rows and columns count from 0 in code, from 1 in addresses."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def column_letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """0 for `A`, 26 for `AA`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """`B12` for row 11, column 1."""
    return f"{column_letters(column)}{row + 1}"


def area(top: int, left: int, bottom: int, right: int) -> str:
    """`K12:K203`; a single cell is written alone."""
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"
