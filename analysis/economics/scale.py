"""At what scale a role releases money: savings in whole blocks (a ward, a contract, a post) against its cost."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Net saving and blocks closed by number of posts, pounds over the period; which numbers of posts pay.

    `sustained_from` is the number of posts from which every more still pays, up to the most looked at; None for never.
    `straight_line_break_even` is what a calculation without blocks would say: too hopeful, shown beside it.
    """

    net: dict[int, float]
    blocks: dict[int, int]
    viable_posts: tuple[int, ...]
    first_viable: int | None
    sustained_from: int | None
    straight_line_break_even: float | None


def scale(
    units_per_post: float,
    block_units: float,
    block_saving: float,
    variable_saving_per_unit: float,
    cost_per_post: float,
    fixed_cost: float,
    maximum_posts: int,
) -> Scale:
    """Net saving of 1 to `maximum_posts` posts: whole blocks closed x saving + units x variable saving - costs.

    Units are what one post avoids in the period (bed days, hours); a block closes for every `block_units` of them.
    Raises ValueError when a block holds no units or no posts are looked at.
    """
    if block_units <= 0 or maximum_posts < 1:
        text = "a block must hold some units, and at least one post must be looked at"
        raise ValueError(text)
    counts = range(1, int(maximum_posts) + 1)
    blocks = {posts: math.floor(posts * units_per_post / block_units + 1e-9) for posts in counts}
    net = {
        posts: blocks[posts] * block_saving
        + posts * units_per_post * variable_saving_per_unit
        - (fixed_cost + posts * cost_per_post)
        for posts in counts
    }
    viable = tuple(posts for posts in counts if net[posts] >= 0)
    failing = [posts for posts in counts if net[posts] < 0]
    sustained = (failing[-1] + 1) if failing else 1
    gain = units_per_post * (block_saving / block_units + variable_saving_per_unit) - cost_per_post
    return Scale(
        net=net,
        blocks=blocks,
        viable_posts=viable,
        first_viable=viable[0] if viable else None,
        sustained_from=sustained if sustained <= maximum_posts else None,
        straight_line_break_even=fixed_cost / gain if gain > 0 else None,
    )
