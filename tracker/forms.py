"""What a person typed into a form, field by field, and what is wrong with it. Nothing typed is ever lost to a refusal."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import g, request
from ulid import ULID
from werkzeug.datastructures import MultiDict

from tracker.i18n import gettext
from transcripts.addresses import is_address
from transcripts.errors import Refusal
from transcripts.text import clean

KEY = "form_key"

"""The hidden field with the key of a form: sent twice, it is carried out once."""
VERSION = "version"
"""The hidden field with the version the editor saw."""

TOO_LONG = "At most %(n)s characters."
NEEDED = "This is needed."
NO_DAY = "A date looks like 2026-10-20."
NO_CHOICE = "Choose one of these."
NO_NUMBER = "A whole number, please."
NO_CLOCK = "A time looks like 12:04 or 1:02:03.500."
NO_ADDRESS = "An address begins with https:// or http://."
CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:[.,]([0-9]{1,3}))?")


class Invalid(Refusal):
    """Fields of a form are wrong; the messages stand beside them."""


def fresh_key() -> str:
    """A new key for a form, so that sent twice it is one act. The answer that holds it is one visitor's: no cache keeps it."""
    g.single = True
    return str(ULID())


@dataclass
class Typed:
    """The values of a form by field, as typed, and the messages for those that are wrong.

    The readers below answer the cleaned value and note what is wrong; `check` then refuses all of it at once. `refusal` is a
    sentence about the form as a whole. Used by a template for an empty form too: `Typed.of({...})` holds what is there now.
    """

    values: MultiDict[str, str] = field(default_factory=MultiDict)
    errors: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Typed":
        """A form that shows what is held now."""
        told = {name: "" if value is None else str(value) for name, value in values.items()}
        return cls(MultiDict({KEY: fresh_key()} | told))

    @classmethod
    def sent(cls) -> "Typed":
        """The form of this request, its texts cleaned of what is no text."""
        pairs = [(name, clean(value)) for name, value in request.form.items(multi=True)]
        return cls(MultiDict(pairs))

    def __getitem__(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.values.get(name, "")

    def all(self, name: str) -> list[str]:
        """Every value of a field that comes several times (ticked boxes)."""
        return [value for value in self.values.getlist(name) if value]

    @property
    def key(self) -> str:
        """The key of this form."""
        return self[KEY]

    def text(self, name: str, most: int = 200, *, needed: bool = True, lines: bool = False) -> str:
        """Words, with single spaces unless `lines` are kept; at most `most` code points."""
        value = self[name].strip() if lines else " ".join(self[name].split())
        if needed and not value:
            self.fail(name, NEEDED)
        elif len(value) > most:
            self.fail(name, TOO_LONG, n=most)
        return value[:most]

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """A local day, written 2026-10-20."""
        value = self._filled(name, needed)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.fail(name, NO_DAY)
            return None

    def one_of(self, name: str, options: Collection[str], *, needed: bool = True) -> str | None:
        """One of a closed list."""
        value = self._filled(name, needed)
        if not value or value in options:
            return value
        self.fail(name, NO_CHOICE)
        return None

    def some_of(self, name: str, options: Collection[str]) -> list[str]:
        """Any of a closed list, in its order."""
        chosen = set(self.all(name))
        if chosen - set(options):
            self.fail(name, NO_CHOICE)
        return [option for option in options if option in chosen]

    def whole(self, name: str, least: int = 0, most: int = 1_000_000_000, *, needed: bool = True) -> int | None:
        """A whole number within limits."""
        value = self._filled(name, needed)
        number = int(value) if value and re.fullmatch(r"-?[0-9]{1,10}", value) else None
        if not value or (number is not None and least <= number <= most):
            return number
        self.fail(name, NO_NUMBER)
        return None

    def clock(self, name: str) -> int | None:
        """A media time, written 1:02:03 or 2:03.500, in ms; None where nothing is written."""
        value = self._filled(name, needed=False)
        if not value:
            return None
        found = CLOCK.fullmatch(value)
        if found is None:
            self.fail(name, NO_CLOCK)
            return None
        hours, minutes, seconds, part = found.groups()
        return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((part or "0").ljust(3, "0"))

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self[name])

    def address(self, name: str, *, needed: bool = False) -> str | None:
        """A web address; nothing that runs when it is followed."""
        value = self._filled(name, needed)
        if not value or (is_address(value) and len(value) <= 2000):
            return value
        self.fail(name, NO_ADDRESS)
        return None

    def rows(self, name: str, most: int = 500) -> list[str]:
        """One thing a line, empty lines left out."""
        lines = [" ".join(line.split()) for line in self[name].split("\n")]
        found = [line for line in lines if line]
        if len(found) > most:
            self.fail(name, TOO_LONG, n=most)
        return found[:most]

    def fail(self, name: str, message: str, **said: object) -> None:
        """Note what is wrong with a field; the first message stays."""
        self.errors.setdefault(name, gettext(message) % said if said else gettext(message))

    def check(self) -> None:
        """Raises Invalid where a reader noted something."""
        if self.errors:
            raise Invalid("Some fields need another look. Nothing was changed.")

    def _filled(self, name: str, needed: bool) -> str | None:
        value = self[name].strip()
        if needed and not value:
            self.fail(name, NEEDED)
        return value or None
