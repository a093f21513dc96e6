"""Pure: notes on a text as other programs write them: a W3C Web Annotation, a page or a collection of them (JSON-LD).

What the model does not know is passed over; what a note points at stays what the file says, for others to look up. Nothing is fetched.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

from transcripts.addresses import parts_of
from transcripts.errors import BadFile
from transcripts.formats.decoding import decode
from transcripts.text import clean

MOST = 2_000
"""Targets of one file."""
LONGEST, LONGEST_NAME, LONGEST_ID = 4_000, 200, 1_000
"""Code points of words, of a name and of an address; what goes beyond is cut."""
SPEAKING = ("questioning", "assessing")
"""Purposes that are kept; any other words are a comment."""
_TAGGING = ("tagging", "classifying", "identifying")
_PATH = re.compile(r"/turns/([0-9A-Za-z-]{1,26})$")
_FRAGMENT = re.compile(r"t-([0-9A-Za-z-]{1,26})$")
_VERSION = re.compile(r"[0-9]{1,7}")

Thing = dict[str, Any]


@dataclass(frozen=True)
class Noted:
    """One annotation on one of its targets. Offsets are code points, half-open; None where the file says no place.

    `via` is its own id and `creator` whatever tells who made it apart from others; `turn` is the key it names, with the version.
    `tags` are labels, `codes` addresses; `exact` the words it stands on, `before` and `after` those around them.
    """

    via: str
    creator: str
    turn: str | None = None
    version: int | None = None
    start: int | None = None
    end: int | None = None
    exact: str = ""
    before: str = ""
    after: str = ""
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    comment: str = ""
    purpose: str = "commenting"


@dataclass(frozen=True)
class _Words:
    """What the bodies of an annotation say."""

    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    purpose: str = "commenting"


def read(data: bytes) -> tuple[Noted, ...]:
    """Every annotation of a file, one for each target, in its order. Raises BadFile with the line or the place."""
    text = decode(data).text
    try:
        whole = json.loads(text)
        found = [one for place, thing in _annotations(whole, "") for one in _noted(thing, place)]
    except json.JSONDecodeError as error:
        raise BadFile("This is no JSON: {error}.", error.lineno, error=error.msg) from error
    except (RecursionError, ValueError) as error:
        raise BadFile("This JSON cannot be read: it is nested too deep, or a number in it is too long.") from error
    if not found:
        raise BadFile("There is no annotation in this file.")
    if len(found) > MOST:
        raise BadFile("There are more than {most} annotations in this file. Divide it.", most=MOST)
    return tuple(found)


def _annotations(thing: Any, place: str) -> Iterator[tuple[str, Thing]]:
    """The annotations in a collection, a page or a list, each with its place in the file."""
    if isinstance(thing, list):
        for n, one in enumerate(thing):
            yield from _annotations(one, f"{place}[{n}]")
        return
    if isinstance(thing, str):
        raise BadFile("At {place} stands an address only, and we fetch nothing: put the annotation there.", place=place)
    if not isinstance(thing, dict):
        raise BadFile("At {place} should stand an annotation.", place=place or "/")
    types = _each(thing.get("type"))
    if "Annotation" in types:
        yield place, thing
    elif "AnnotationPage" in types or "items" in thing:
        yield from _annotations(thing.get("items") or [], f"{place}/items")
    elif "AnnotationCollection" in types:
        yield from _annotations(thing.get("first") or [], f"{place}/first")
    else:
        raise BadFile(
            "At {place} stands neither an Annotation, an AnnotationPage nor an AnnotationCollection.",
            place=place or "/",
        )


def _noted(thing: Thing, place: str) -> Iterator[Noted]:
    targets = _each(thing.get("target"))
    if not targets:
        raise BadFile("The annotation at {place} has no target.", place=place or "/")
    words = _words(thing)
    told = Noted(
        via=_text(thing.get("id"), LONGEST_ID),
        creator=_creator(thing.get("creator")),
        tags=words.tags,
        codes=words.codes,
        comment="\n\n".join(words.said)[:LONGEST],
        purpose=words.purpose,
    )
    for target in targets:
        yield _placed(told, target)


def _words(thing: Thing) -> _Words:
    """A body without a purpose has that of the annotation, where it has one; else it is a comment."""
    motives = [one for one in _each(thing.get("motivation")) if isinstance(one, str)]
    default = motives[0] if len(motives) == 1 else "commenting"
    told = _Words()
    for body in _each(thing.get("body")):
        if isinstance(body, dict):
            meant = next((one for one in _each(body.get("purpose")) if isinstance(one, str)), default)
            told = _with(told, meant, body.get("value"), _address(body))
        else:
            told = _with(told, default, None, _address(body))
    for value in _each(thing.get("bodyValue")):
        told = _with(told, "commenting", value, "")
    return told


def _with(told: _Words, meant: str, value: Any, address: str) -> _Words:
    if meant in _TAGGING:
        label = _text(value, LONGEST_NAME)
        if label:
            return replace(told, tags=(*told.tags, label))
        return replace(told, codes=(*told.codes, address)) if address else told
    said = _text(value, LONGEST)
    if not said:
        return told
    return replace(told, said=(*told.said, said), purpose=meant if meant in SPEAKING else told.purpose)


def _placed(told: Noted, target: Any) -> Noted:
    """The annotation on one target: every selector adds what it says, the first that says it counts."""
    told = _pointing(told, _address(target))
    for selector in _each(target.get("selector")) if isinstance(target, dict) else ():
        told = _selected(told, selector)
        for inner in _each(selector.get("refinedBy")) if isinstance(selector, dict) else ():
            told = _selected(told, inner)
    return told


def _pointing(told: Noted, source: str) -> Noted:
    """What the address of a target says of its turn."""
    parts = parts_of(source)
    named = _PATH.search(parts.path) or _FRAGMENT.match(parts.fragment)
    version = parse_qs(parts.query).get("v", [""])[0]
    if not named:
        return told
    return replace(told, turn=named[1].upper(), version=int(version) if _VERSION.fullmatch(version) else None)


def _selected(told: Noted, selector: Any) -> Noted:
    if not isinstance(selector, dict):
        return told
    kinds = _each(selector.get("type"))
    if "TextQuoteSelector" in kinds and not told.exact:
        exact, before, after = (_words_of(selector.get(name)) for name in ("exact", "prefix", "suffix"))
        told = replace(told, exact=exact, before=before, after=after)
    if "TextPositionSelector" in kinds and told.start is None and told.turn is not None:
        start, end = selector.get("start"), selector.get("end")
        if type(start) is int and type(end) is int and 0 <= start < end < 10_000_000:
            told = replace(told, start=start, end=end)
    if "FragmentSelector" in kinds and told.turn is None:
        named = _FRAGMENT.match(_text(selector.get("value"), LONGEST_ID))
        told = replace(told, turn=named[1].upper()) if named else told
    return told


def _creator(creator: Any) -> str:
    """What tells one author from another: an id, else a name; empty for nobody."""
    one = next(iter(_each(creator)), None)
    if isinstance(one, dict):
        one = one.get("id") or one.get("nickname") or one.get("name")
    return _text(one, LONGEST_ID)


def _address(thing: Any) -> str:
    """The address of a resource, however it is written."""
    if isinstance(thing, dict):
        return _address(thing.get("source") or thing.get("id"))
    return _text(thing, LONGEST_ID)


def _words_of(value: Any) -> str:
    """Words as the record keeps them; white space at the ends counts."""
    one = next(iter(_each(value)), "")
    return clean(one)[:LONGEST] if isinstance(one, str) else ""


def _text(value: Any, most: int) -> str:
    return clean(value).strip()[:most] if isinstance(value, str) else ""


def _each(value: Any) -> list[Any]:
    """What JSON-LD lets stand as one or as several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
