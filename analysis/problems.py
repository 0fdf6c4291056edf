"""The one kind of error a person can mend."""

import inspect


class UserProblem(Exception):  # noqa: N818 - the house calls it a problem: it is not a fault of the program
    """What went wrong in plain words, with what to do next; never a fault of the program.

    `message` says what happened and where; `hint` says what is safe and what to do. `origin` is the module that said
    so: the code of the message follows from it (`resources/problem_families.json`).
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        frame = inspect.currentframe()
        said_in = frame.f_back if frame else None
        self.origin = str(said_in.f_globals.get("__name__", "")) if said_in else ""

    def sentence(self) -> str:
        """Message and hint as one line, for a terminal."""
        return f"{self.message} {self.hint}".strip()
