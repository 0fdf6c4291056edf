"""How far an export has come, of a hundred, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int, str], None]
Cancel = Callable[[], bool]
Step = Callable[[str], None]
WHOLE = 100


class Cancelled(Exception):  # noqa: N818 - it is a wish, not an error
    """The person stopped the export; nothing was written."""


@dataclass
class Steps:
    """Asks before each step whether to go on, and says the step where it is worth another hundredth."""

    progress: Progress | None = None
    cancel: Cancel | None = None
    _told: int = -1

    def check(self) -> None:
        """Raises Cancelled when the person wants an end."""
        if self.cancel is not None and self.cancel():
            raise Cancelled

    def say(self, hundredth: int, words: str) -> None:
        """Go on, from this hundredth. Raises Cancelled."""
        self.check()
        if self.progress is not None and hundredth > self._told:
            self._told = hundredth
            self.progress(hundredth, WHOLE, words)

    def part(self, hundredths: range, steps: int, doing: str) -> Step:
        """A part of the work in so many steps, which takes these hundredths; each step is told what it is about."""
        done = 0

        def step(name: str) -> None:
            nonlocal done
            self.say(hundredths.start + len(hundredths) * done // max(steps, 1), f"{doing} {name}")
            done += 1

        return step


def no_step(_name: str) -> None:
    """Nobody waits."""
