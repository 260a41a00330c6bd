"""The errors of our own."""


class DataError(Exception):
    """Bad data, said in sentences: each problem names file, row and what is wrong."""

    def __init__(self, problems: str | list[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))


class AwayError(DataError):
    """An engine that does not answer, whatever the data are: asking again may help."""


class BusyError(AwayError):
    """An engine without room for one more question just now."""
