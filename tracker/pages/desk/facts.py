"""What one object says, on a form of its own: made, shown, changed and taken away alike in every room whose objects are one document.

A room says how a form is read and filled in, and shows its pages. Lists of an object have a form for each row (`rows`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from tracker import edits
from tracker.db import reading
from tracker.edits import Change
from tracker.forms import Typed
from tracker.pages.desk import entering
from tracker.pages.desk.entering import Entered

New = Callable[[Typed, int], Response]
"""The page with the form of a new object, as it stands, and the status."""
One = Callable[[str, Typed, int], Response]
"""The page of one object by its slug, with its form as it stands, and the status."""


@dataclass(frozen=True)
class Facts:
    """One kind of object: its name, the blueprint of its room, how a form is read and filled in.

    A new one gets its address from its field `name` by `new_slug`; `lists` have forms of their own and are empty at first.
    """

    kind: str
    room: str
    read: Callable[[Session, Typed], Doc]
    fill: Callable[[Doc], Mapping[str, object]]
    name: str
    new_slug: Callable[[Session, str], str]
    lists: tuple[str, ...] = ()

    def make(self, act: str, new: New) -> Response:
        """A new object as the form says it."""
        typed = Typed.sent()

        def make(session: Session) -> Entered:
            doc = self.read(session, typed)
            typed.check()
            slug = self.new_slug(session, doc[self.name]["en"])
            return self._of(slug, {**doc, "slug": slug, **{name: [] for name in self.lists}})

        return entering.enter(typed, act, make, lambda status: new(typed, status))

    def show(self, slug: str, one: One) -> Response:
        """An object as it is held."""
        return one(slug, self._held(slug), 200)

    def change(self, slug: str, act: str, one: One) -> Response:
        """Other facts; its lists stay as they are."""
        typed = Typed.sent()

        def make(session: Session) -> Entered:
            present = edits.held(session, self.kind, slug)
            return self._of(slug, {**present, **self.read(session, typed)})

        return entering.enter(typed, act, make, lambda status: one(slug, typed, status))

    def remove(self, slug: str, act: str, one: One) -> Response:
        """Take an object away; where that is refused, its page says why."""
        typed = Typed.sent()

        def make(session: Session) -> Entered:
            edits.held(session, self.kind, slug)
            return Entered(url_for(f"{self.room}.index"), f"{self.kind}/{slug}", [Change(self.kind, slug, None)])

        def again(status: int) -> Response:
            kept = self._held(slug)
            kept.refusal = typed.refusal
            return one(slug, kept, status)

        return entering.enter(typed, act, make, again)

    def form(self, doc: Doc, typed: Typed, status: int) -> Mapping[str, Any]:
        """What the template of one object is given for its form: where two editors meet, what differs too."""
        held = {name: str(value) for name, value in self.fill(doc).items()}
        return {
            "form": typed,
            "version": entering.seen(typed, doc, status),
            "meeting": entering.meeting(typed, held, status),
        }

    def _of(self, slug: str, doc: Doc) -> Entered:
        return Entered(url_for(f"{self.room}.show", slug=slug), f"{self.kind}/{slug}", [Change(self.kind, slug, doc)])

    def _held(self, slug: str) -> Typed:
        with reading() as session:
            return Typed.of(self.fill(edits.held(session, self.kind, slug)))
