"""Pure: people, their other names and what they stand for, from Popolo JSON in the shapes it is found in.

An object with `persons` beside `memberships`, `posts` and `organizations`; a bare list of persons; one page of an API
(`result`). Memberships may also stand inside persons, posts or organizations. Read too: parlparse's names in parts.
Nothing is fetched. Source of the fields: the Popolo specification (Person, Membership, Post, Organization).
"""

import calendar
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transcripts.errors import BadFile
from transcripts.formats.decoding import decode
from transcripts.roles import role_of
from transcripts.roster_line import BESIDE, DatedName, RosterLine, checked
from transcripts.vocabulary import Role

Thing = Mapping[str, Any]

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*)?")


@dataclass(frozen=True)
class _World:
    """What a file holds, by id: memberships by person, the newest last."""

    organizations: Mapping[str, Thing]
    posts: Mapping[str, Thing]
    memberships: Mapping[str, Sequence[Thing]]


def read(data: bytes) -> tuple[RosterLine, ...]:
    """The people in the file; `line` is the place of a person in it, from 1. Raises BadFile."""
    try:
        root = json.loads(decode(data).text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadFile("This is no JSON we can read: {error}.", error=str(error)) from error
    persons = [one for one in _persons(root) if not one.get("redirect")]
    world = _world(root if isinstance(root, dict) else {}, persons)
    people = tuple(found for n, one in enumerate(persons, start=1) if (found := _person(one, world, n)))
    if not people:
        raise BadFile("Nobody is named in this file: we look for a list of persons with names (Popolo).")
    return people


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _persons(root: Any) -> list[Thing]:
    if isinstance(root, list):
        return _things(root)
    if isinstance(root, dict):
        if root.get("next_url"):
            raise BadFile("This is one page of several; save all of them and join their lists into one.")
        for key in ("persons", "people", "result", "results"):
            if isinstance(root.get(key), list):
                return _things(root[key])
        if isinstance(root.get("meta"), dict) and root["meta"].get("persons_api_url"):
            raise BadFile("This only says where the people are; save what stands at its persons_api_url.")
        if root.get("name") or root.get("other_names"):
            return [root]
    raise BadFile("There is no list of persons in this file: Popolo has it under “persons”.")


def _things(value: Any) -> list[Thing]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _world(root: Thing, persons: Sequence[Thing]) -> _World:
    organizations, posts = _things(root.get("organizations")), _things(root.get("posts"))
    found: dict[str, list[Thing]] = defaultdict(list)
    for membership in _things(root.get("memberships")):
        found[_text(membership.get("person_id"))].append(membership)
    for owner, key in ((persons, "person_id"), (organizations, "organization_id"), (posts, "post_id")):
        for thing in owner:
            for membership in _things(thing.get("memberships")):
                whole = {key: thing.get("id"), **membership}
                found[_text(whole.get("person_id"))].append(whole)
    ordered = {
        id: sorted(held, key=lambda one: (_text(one.get("end_date")) or "9999", _text(one.get("start_date"))))
        for id, held in found.items()
    }
    return _World(_by_id(organizations), _by_id(posts), ordered)


def _by_id(things: Sequence[Thing]) -> dict[str, Thing]:
    return {_text(one.get("id")): one for one in things}


def _person(one: Thing, world: _World, number: int) -> RosterLine | None:
    """A person; None where no name is given at all."""
    others = list(_other_names(one, number))
    mains = [other for note, other in others if note == "main"]
    name = checked(_text(one.get("name")) or _in_parts(one), number)
    if not name and mains:
        name = max(mains, key=lambda other: (other.valid_to or date.max, other.valid_from or date.min)).name
    if not name:
        return None
    names = [other for _, other in others if other.name != name]
    memberships = world.memberships.get(_text(one.get("id")), ())
    return RosterLine(
        name=name,
        aliases=tuple(dict.fromkeys(other.name for other in names if other.valid_from is other.valid_to is None)),
        role=_role(memberships),
        line=number,
        party=_last(_party(held, world) for held in memberships),
        contest=_last(_office(held, world) for held in memberships),
        dated=tuple(dict.fromkeys(other for other in names if other.valid_from or other.valid_to)),
    )


def _other_names(one: Thing, number: int) -> Iterator[tuple[str, DatedName]]:
    """(note, name with its days): Main and Alternate are parlparse's."""
    for other in _things(one.get("other_names")):
        name = checked(_text(other.get("name")) or _in_parts(other), number)
        if name:
            begins, ends = _day(other.get("start_date"), last=False), _day(other.get("end_date"), last=True)
            if begins and ends and begins > ends:
                raise BadFile("The name “{name}” ends before it begins.", number, name=name)
            yield _text(other.get("note")).casefold(), DatedName(name, begins, ends)


def _in_parts(one: Thing) -> str:
    """Given and family name, or a lord's: Lord Pell of Ashwick."""
    given, family = _text(one.get("given_name")), _text(one.get("family_name") or one.get("surname"))
    if given or family:
        return f"{given} {family}"
    lord, place = _text(one.get("lordname")), _text(one.get("lordofname"))
    titled = f"{_text(one.get('honorific_prefix')) or 'Lord'} {lord}".strip()
    return f"{titled} of {place}" if place else titled if lord else ""


def _party(membership: Thing, world: _World) -> str | None:
    for key in ("on_behalf_of", "organization"):
        held = membership.get(key)
        body = held if isinstance(held, dict) else world.organizations.get(_text(membership.get(f"{key}_id")))
        if body and (key == "on_behalf_of" or _text(body.get("classification")).casefold() == "party"):
            return checked(_text(body.get("name")), 0) or None
    return None


def _office(membership: Thing, world: _World) -> str | None:
    """What the post is called, else the role in a body that is no party."""
    held = membership.get("post")
    post = held if isinstance(held, dict) else world.posts.get(_text(membership.get("post_id")))
    label = _text(post.get("label") or post.get("role")) if post else ""
    return checked(label, 0) or None


def _role(memberships: Sequence[Thing]) -> Role:
    """What somebody was, where a membership says so in one word: a candidate once is a candidate, else the newest counts."""
    stated = [role_of(_text(one.get("role"))) for one in memberships]
    told = [role for role in stated if role in (Role.CANDIDATE, *BESIDE)]
    return Role.CANDIDATE if Role.CANDIDATE in told else told[-1] if told else Role.UNKNOWN


def _last(values: Iterator[str | None]) -> str | None:
    told = [value for value in values if value]
    return told[-1] if told else None


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _day(value: Any, last: bool) -> date | None:
    """The first or last day of a date told to the day, month or year; None for none, or one no calendar has."""
    found = _DAY.fullmatch(_text(value))
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    month = month or (12 if last else 1)
    try:
        return date(year or 0, month, day or (calendar.monthrange(year or 1, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        return None
