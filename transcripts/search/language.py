"""The query language as one table: what is typed, what it finds, and the control of the form that says the same.

The parser reads its fields from here, the help page and the form are made from it, and a test holds docs/search.md to it.
"""

from dataclasses import dataclass

MAX_CHARACTERS = 500
MAX_TERMS = 32
MAX_DEPTH = 8
MIN_PREFIX = 3
MIN_FUZZY = 3
MIN_TWO_EDITS = 8


@dataclass(frozen=True)
class Rule:
    """One thing a query can say.

    `name` is the parameter of an address and the name of the form's control; a field is typed under it too. `label` stands
    beside the control. Examples can be typed as they are. `limits` fill the places of `meaning`.
    """

    name: str
    label: str
    meaning: str
    examples: tuple[str, ...]
    limits: tuple[tuple[str, int], ...] = ()
    is_field: bool = False

    @property
    def example(self) -> str:
        """The first example."""
        return self.examples[0]

    def told(self, meaning: str) -> str:
        """The meaning, as translated, with the limits in it."""
        return meaning.format(**dict(self.limits))


def _field(name: str, label: str, meaning: str, example: str) -> Rule:
    return Rule(name, label, meaning, (example,), is_field=True)


WORDS = (
    Rule(
        "q", "All of these words", "All of the words, in any of their forms, in English or Spanish", ("rent control",)
    ),
    Rule("exact", "Exactly these words", "Exactly these words, in this order and in this form", ('"rent control"',)),
    Rule(
        "any",
        "Any of these words",
        "Either word. A word beside them has to be there as well: rent OR lease tax means one of the first two, and tax",
        ("rent OR lease",),
    ),
    Rule("none", "None of these words", "What does not say this", ("rent -tax", "rent NOT tax")),
    Rule(
        "brackets",
        "",
        "Brackets say what belongs together, at most {depth} inside one another",
        ("(rent OR lease) -tax",),
        (("depth", MAX_DEPTH),),
    ),
    Rule(
        "starts",
        "A word that begins with",
        "Any word that begins so: at least {least} letters, and the star at the end only",
        ("immig*",),
        (("least", MIN_PREFIX),),
    ),
    Rule(
        "like",
        "A word spelled almost like",
        "The word, or one spelled almost like it: one letter changed, added, dropped or swapped with its neighbour;"
        " two with ~2, from {least} letters on",
        ("segara~", "militarisation~2"),
        (("least", MIN_TWO_EDITS),),
    ),
    Rule(
        "near",
        "These words, in this order, near one another",
        "These words in this order and in this form, with at most so many others between each two",
        ('"police equipment"~3',),
    ),
)
"""Ways of asking for words. `brackets` have no control: the control for any of several words writes them."""

FIELDS = {
    rule.name: rule
    for rule in (
        _field(
            "speaker", "Who said it", "Who said it: a name, part of one, or another name they go by", "speaker:segarra"
        ),
        _field("topic", "Topic", "A topic by any of its names, with the topics below it", "topic:housing"),
        _field("forum", "Forum", "One forum, or every forum with these words in its title", "forum:hartford-2015"),
        _field(
            "contest", "Race", "The forums of one race, or of every race with these words in its title", "contest:mayor"
        ),
        _field("party", "Party", "The party of the person who said it", "party:democratic"),
        _field(
            "role",
            "Role at the forum",
            "What they were at the forum: candidate, moderator, questioner, audience, interpreter, official, resident",
            "role:candidate",
        ),
        _field("place", "Place", "The town or part of its name", "place:hartford"),
        _field("lang", "Language spoken", "The language spoken: en or es", "lang:es"),
        _field(
            "grade",
            "How far the words can be trusted",
            "How far the words can be trusted: recap, machine, published, edited, reviewed",
            "grade:reviewed",
        ),
        _field(
            "date",
            "Day, month or year",
            "A day, a month, a year, or from..to with either end left open",
            "date:2015..2016",
        ),
        _field("has", "With a video", "What comes with it: video", "has:video"),
    )
}
"""Filters, by the name they are typed under. Values with spaces stand in quotation marks."""
