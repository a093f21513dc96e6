"""Refusals a person can act on. The command line prints them and exits 2; pages translate them to a 4xx status.

A refusal is an English template and what fills its places (`messages.Message`): the command line prints it in English, pages
in the reader's language.
"""

from typing import Self

from transcripts.messages import Message, Value


class Refusal(Exception):
    """Something asked of the record cannot be done; the message says what happened and what to do."""

    def __init__(self, template: str, /, **values: Value) -> None:
        super().__init__(template)
        self.message = Message(template, values)

    def __str__(self) -> str:
        return str(self.message)

    @classmethod
    def of(cls, message: Message) -> Self:
        """A refusal with a message that was made elsewhere."""
        return cls(message.template, **message.values)


class NotFound(Refusal):
    """Nothing by that name or key is held."""


class Conflict(Refusal):
    """The change contradicts what is held, or another writer is at work: nothing was changed."""


class BadFile(Refusal):
    """A file cannot be read as a transcript. `reason` is the message without the line.

    `line` counts from 1 in the decoded text; None where no line is to blame.
    """

    def __init__(self, template: str, line: int | None = None, /, **values: Value) -> None:
        super().__init__(template, **values)
        self.reason = self.message
        self.line = line
        if line is not None:
            self.message = Message("Line {line}: {reason}", {"line": line, "reason": self.reason})

    @classmethod
    def of(cls, message: Message, line: int | None = None) -> Self:
        """A refusal with a message that was made elsewhere, and its line."""
        return cls(message.template, line, **message.values)
