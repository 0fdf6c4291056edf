"""The one kind of error a person can mend."""


class UserProblem(Exception):  # noqa: N818 - the house calls it a problem: it is not a fault of the program
    """What went wrong in plain words, with what to do next; never a fault of the program.

    `message` says what happened and where; `hint` says what is safe and what to do.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def sentence(self) -> str:
        """Message and hint as one line, for a terminal."""
        return f"{self.message} {self.hint}".strip()
