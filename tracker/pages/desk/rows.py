"""One row of one list of a program, a design or a law on a form of its own: a line of history, a sum, a criterion.

A list with its rows is a part of one document; each form brings back the whole document with that row changed, added or gone.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from pydantic import BaseModel
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.entries.entry import free_slug
from positions.load_document import BadEntry, checked
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered
from tracker.rendering import page
from transcripts.errors import NotFound

NEW = "new"
"""The key of a row that is not there yet."""


@dataclass(frozen=True)
class Part:
    """One list of a document.

    `words` and `one` name the list and a row of it; `entry` says what a row may hold, `read` takes it from the form, `fill` gives
    it to the form, `told` says in a few words which row it is. Rows without a slug are told apart by `key`.
    """

    name: str
    words: str
    one: str
    entry: type[BaseModel]
    read: Callable[[Session, Typed, Doc], Doc]
    fill: Callable[[Doc], Mapping[str, object]]
    told: Callable[[Doc], str]
    key: Callable[[Doc], str] = lambda row: str(row["slug"])
    slugged: bool = True


@dataclass(frozen=True)
class Room:
    """Whose parts they are: the kind of document, what changing one is called, its page, the folder of its templates, its choices."""

    kind: str
    act: str
    endpoint: str
    templates: str
    parts: Mapping[str, Part]
    choices: Callable[[Session, Doc], Mapping[str, Any]]

    def part(self, name: str) -> Part:
        """A part by its name in an address. Raises NotFound."""
        if name not in self.parts:
            raise NotFound("There is no such page.")
        return self.parts[name]

    def page_of(self, slug: str) -> str:
        """The page of the document."""
        return url_for(f"{self.endpoint}.show", slug=slug)

    def show(self, slug: str, name: str, key: str) -> Response:
        """The form of one row; an empty one for another."""
        part = self.part(name)
        with reading() as session:
            doc = edits.held(session, self.kind, slug)
        held = {} if key == NEW else part.fill(_row(part, doc, key))
        return self._form(slug, part, key, Typed.of(held), 200)

    def save(self, slug: str, name: str, key: str) -> Response:
        """Change a row, or add one."""
        part, typed = self.part(name), Typed.sent()

        def make(session: Session) -> Entered:
            doc = edits.held(session, self.kind, slug)
            rows = list(doc[part.name])
            at = len(rows) if key == NEW else rows.index(_row(part, doc, key))
            row = _checked(
                part, typed, part.read(session, typed, doc), [one for one in rows if one not in rows[at : at + 1]], key
            )
            rows[at : at + 1] = [row]
            return self._of(slug, {**doc, part.name: rows})

        return entering.enter(typed, self.act, make, lambda status: self._form(slug, part, key, typed, status))

    def remove(self, slug: str, name: str, key: str) -> Response:
        """Take a row away."""
        part, typed = self.part(name), Typed.sent()

        def make(session: Session) -> Entered:
            doc = edits.held(session, self.kind, slug)
            gone = _row(part, doc, key)
            return self._of(slug, {**doc, part.name: [row for row in doc[part.name] if row != gone]})

        def again(status: int) -> Response:
            with reading() as session:
                kept = Typed.of(part.fill(_row(part, edits.held(session, self.kind, slug), key)))
            kept.refusal = typed.refusal
            return self._form(slug, part, key, kept, status)

        return entering.enter(typed, self.act, make, again)

    def listed(self, doc: Doc) -> list[tuple[Part, list[tuple[str, str]]]]:
        """Every part with its rows as (key, few words), for the page of the document."""
        return [(part, [(part.key(row), part.told(row)) for row in doc[part.name]]) for part in self.parts.values()]

    def _of(self, slug: str, doc: Doc) -> Entered:
        return Entered(self.page_of(slug), f"{self.kind}/{slug}", [Change(self.kind, slug, doc)])

    def _form(self, slug: str, part: Part, key: str, typed: Typed, status: int) -> Response:
        with reading() as session:
            doc = edits.held(session, self.kind, slug)
            choices = self.choices(session, doc)
        there = key == NEW or any(part.key(row) == key for row in doc[part.name])
        return page(
            f"desk/{self.templates}/row.html",
            status=status,
            slug=slug,
            doc=doc,
            part=part,
            key=key,
            new=key == NEW,
            there=there,
            form=typed,
            version=entering.seen(typed, doc, status),
            **choices,
        )


def _row(part: Part, doc: Doc, key: str) -> Doc:
    for row in doc[part.name]:
        if part.key(row) == key:
            found: Doc = row
            return found
    raise NotFound("There is no such line (any more).")


def _checked(part: Part, typed: Typed, row: Doc, others: Collection[Doc], key: str) -> Doc:
    """A row as it is kept, with a slug where it needs one; what is wrong with it is noted beside its fields."""
    typed.check()  # a row with a field missing has nothing yet to be called by
    if part.slugged:
        taken = [one["slug"] for one in others]
        row = {"slug": key if key != NEW else free_slug(part.told(row) or part.name, [*taken, NEW], part.name), **row}
    try:
        checked(part.entry, row)
    except BadEntry as bad:
        entering.beside(typed, bad)
    return row
