"""Pure: an English sentence and what fills its places, kept apart so that a page can say it in another language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Message:
    """An English `template` with places such as {name}, and the values that fill them: words as they are, numbers, nothing, or
    other messages, which are translated too. A template stands in the code as it is, so that the catalogues can be checked."""

    template: str
    values: "Mapping[str, str | int | None | Message]" = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language `translate` puts templates into. Braces in a value stay what they are."""

        def filled(place: re.Match[str]) -> str:
            value = self.values.get(place[1], place[0])
            return value.said(translate) if isinstance(value, Message) else "" if value is None else str(value)

        return PLACE.sub(filled, translate(self.template) if self.template else "")

    def altered(self, alter: Callable[[str], str]) -> "Message":
        """The same sentence with its words passed through `alter`, but not its template."""

        def altered(value: "str | int | None | Message") -> "str | int | None | Message":
            return (
                value.altered(alter)
                if isinstance(value, Message)
                else alter(value)
                if isinstance(value, str)
                else value
            )

        return Message(self.template, {name: altered(value) for name, value in self.values.items()})


Value = str | int | None | Message


def joined(messages: Sequence[Message], between: str = " ") -> Message:
    """Several sentences as one."""
    places = {str(n): message for n, message in enumerate(messages)}
    return Message(between.join(f"{{{n}}}" for n in places), places)
