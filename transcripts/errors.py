"""Refusals a person can act on. The command line prints them and exits 2; pages translate them to a 4xx status."""


class Refusal(Exception):
    """Something asked of the record cannot be done; the message says what happened and what to do."""


class NotFound(Refusal):
    """Nothing by that name or key is held."""


class Conflict(Refusal):
    """The change contradicts what is held, or another writer is at work: nothing was changed."""


class BadFile(Refusal):
    """A file cannot be read as a transcript.

    `line` counts from 1 in the decoded text; None where no line is to blame.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {message}" if line is not None else message)
        self.reason = message
        self.line = line
