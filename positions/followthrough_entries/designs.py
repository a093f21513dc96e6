"""A design that programs follow, in a file."""

from pydantic import StrictBool

from positions.followthrough.vocabulary.programs import Role
from positions.followthrough_entries.grounds import Cited, PartialDay
from positions.load_fields import Both, Entry, Slug, Words


class Body(Entry):
    organisation: Slug
    role: Role
    since: PartialDay | None = None
    until: PartialDay | None = None
    note: Both | None = None
    cited: Cited | None = None


class Criterion(Entry):
    slug: Slug
    text: Both
    core: StrictBool = True
    cited: Cited


class Rule(Entry):
    """What a design says of programs that depart from it, told in our words."""

    text: Both
    cited: Cited


class Model(Entry):
    """A design that programs of several places follow."""

    slug: Slug
    name: Both
    summary: Both
    place: Words | None = None
    fictional: StrictBool = False
    bodies: tuple[Body, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    rule: Rule | None = None
