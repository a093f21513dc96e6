"""The fields by which forms say what something rests on: a document or source that is chosen, or the address of words, and a place."""

from typing import Any
from urllib.parse import parse_qs

from sqlmodel import Session

from positions.entries import Doc
from positions.followthrough.queries import citable
from tracker.forms import Typed
from tracker.pages.turns import placed
from transcripts.addresses import parts_of
from transcripts.errors import NotFound

NO_WORDS = "Copy the address of the words from their page: /turns/…?words=…"
ONE_OF_TWO = "Choose a document or source, or give the address of words: one of the two."


def read(session: Session, typed: Typed, *, needed: bool = True) -> Doc | None:
    """What the fields name, as an entry says it; None where nothing is named, or something is wrong, which is noted beside it."""
    known = [choice.value for choice in citable.choices(session)]
    chosen, link = typed.one_of("ground", known, needed=False), typed.text("link", 500, needed=False)
    place = {"place": said} if (said := typed.text("place", 200, needed=False)) else {}
    if chosen and link:
        typed.fail("link", ONE_OF_TWO)
    elif chosen:
        kind, _, name = chosen.partition(":")
        forum, _, key = name.partition("/")
        return {**({"document": name} if kind == "document" else {"forum": forum, "source": key}), **place}
    elif link:
        words = _words(link)
        if words is None:
            typed.fail("link", NO_WORDS)
        return None if words is None else {**words, **place}
    elif needed:
        typed.fail("ground", ONE_OF_TWO)
    return None


def values(cited: Doc | None) -> dict[str, Any]:
    """An entry's words for what it rests on, as the fields of a form."""
    told = cited or {}
    words = f"?words={told['start']}-{told['end']}&v={told['version']}" if "start" in told else ""
    return {
        "ground": f"document:{told['document']}"
        if "document" in told
        else f"source:{told['forum']}/{told['source']}"
        if "source" in told
        else "",
        "link": f"/turns/{told['turn']}{words}" if "turn" in told else "",
        "place": told.get("place", ""),
    }


def _words(link: str) -> Doc | None:
    parts = parts_of(link)
    before, _, key = parts.path.rpartition("/turns/")
    asked = parse_qs(parts.query)
    try:
        place = placed(*(asked.get(name, [None])[0] for name in ("words", "v")))
    except NotFound:
        return None
    if not key or "/" in key or len(key) > 26 or before not in ("", "/es"):
        return None
    n, start, end = place or (None, None, None)
    told = {"turn": key.upper(), "version": n, "start": start, "end": end}
    return {name: value for name, value in told.items() if value is not None}
