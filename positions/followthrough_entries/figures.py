"""A figure in a file, with its numbers."""

from pydantic import StrictBool

from positions.followthrough.vocabulary.figures import IndicatorKind, Part
from positions.followthrough_entries.grounds import Cited, Key, Number
from positions.load_fields import Both, Day, Entry, FileName, Slug, Words


class Category(Entry):
    key: Key
    en: Words
    es: Words | None = None


class FigureAxis(Entry):
    """One way to break a figure down, such as by gender."""

    key: Key
    en: Words
    es: Words | None = None
    categories: tuple[Category, ...]


class Headline(Entry):
    """The ratio that is told first: `over` against `under`, two categories of one axis."""

    axis: Key
    over: Key
    under: Key


class Observation(Entry):
    """One value; none where the source itself hides it."""

    first_on: Day | None = None
    last_on: Day
    axis: Key | None = None
    category: Key | None = None
    value: Number | None = None


class Figure(Entry):
    """A figure that is followed (indicator)."""

    slug: Slug
    program: Slug | None = None
    commitment: Slug | None = None
    name: Both
    kind: IndicatorKind
    unit: Both
    people: StrictBool = False
    denominator: Both | None = None
    about: Both | None = None
    part: Part | None = None
    part_of: Slug | None = None
    axes: tuple[FigureAxis, ...] = ()
    headline: Headline | None = None
    cited: Cited
    fictional: StrictBool = False
    observations: tuple[Observation, ...] = ()
    file: FileName | None = None
