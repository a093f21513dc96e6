"""Random queries over a made-up world, nested exclusions included."""

from random import Random

from tests.transcripts.search.generated import GRADES, World
from tests.transcripts.search.oracle import Oracle
from transcripts.search import analysis
from transcripts.search.query import (
    And,
    Dates,
    Field,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)


class Trees:
    """Queries drawn at random, most of whose words are spoken somewhere."""

    def __init__(self, seed: int, world: World, oracle: Oracle) -> None:
        self.random = Random(seed)
        self.world = world
        self.oracle = oracle

    def query(self, depth: int = 3) -> Query:
        """A tree at most `depth` operators deep."""
        kind = self.random.random()
        if depth == 0 or kind < 0.35:
            return self.leaf()
        if kind < 0.55:
            return Not(self.query(depth - 1))
        parts = tuple(self.query(depth - 1) for _ in range(self.random.choice((2, 2, 3))))
        return And(parts) if kind < 0.78 else Or(parts)

    def leaf(self) -> Query:
        """A word, a phrase, a filter …"""
        makers = (
            self.term,
            self.term,
            self.term,
            self.phrase,
            self.near,
            self.prefix,
            self.fuzzy,
            self.field,
            self.dates,
        )
        return self.random.choice(makers)()

    def term(self) -> Term:
        return Term(analysis.words(self.world.word())[0])

    def phrase(self) -> Phrase:
        return Phrase(self._spoken(self.random.choice((1, 2, 2, 3, 5))))

    def near(self) -> Near:
        words = self._spoken(7)
        picked = words[:: self.random.choice((2, 3))][: self.random.choice((2, 2, 3))]
        return Near(picked, self.random.choice((1, 2, 4))) if len(picked) > 1 else Near(picked + picked, 2)

    def prefix(self) -> Prefix:
        return Prefix(self._long_word()[: self.random.choice((4, 5))])

    def fuzzy(self) -> Fuzzy:
        word = self._long_word()
        place = self.random.randrange(len(word))
        edits = 2 if len(word) >= 10 else 1
        return Fuzzy(word[:place] + word[place + 1 :] + ("e" if edits == 2 else ""), edits)

    def field(self) -> Field:
        turn = self.random.choice(self.oracle.turns).document
        surname = turn.speaker_name.split()[1].lower()
        choices = (
            ("speaker", turn.speaker or turn.speaker_name.lower()),
            ("speaker", surname),
            ("topic", self.random.choice(self.world.topics)),
            ("forum", turn.forum),
            ("contest", turn.contests[0]),
            ("party", "harbor party"),
            ("party", "orchard"),
            ("place", "westmark"),
            ("place", "new bristow"),
            ("lang", turn.lang),
            ("grade", self.random.choice(GRADES)),
            ("role", turn.role),
            ("has", "video"),
        )
        return Field(*self.random.choice(choices))

    def filters(self, count: int) -> dict[str, Query]:
        """So many filters of facets, by facet; some of them take any of two values."""
        drawn: dict[str, Query] = {}
        while len(drawn) < count:
            one = self.dates() if self.random.random() < 0.2 else self.field()
            name = "year" if isinstance(one, Dates) else one.name
            if name in ("speaker", "topic", "forum", "contest", "year"):
                drawn[name] = Or((one, drawn[name])) if name in drawn else one
        return drawn

    def dates(self) -> Dates:
        year = self.random.randint(2004, 2022)
        choices = (
            Dates(str(year), str(year)),
            Dates(f"{year}-06", ""),
            Dates("", f"{year}-02-11"),
            Dates(str(year), f"{year + 3}-05"),
        )
        return self.random.choice(choices)

    def _spoken(self, count: int) -> tuple[str, ...]:
        words = self.random.choice(self.oracle.turns).words
        start = self.random.randrange(len(words))
        return words[start : start + count]

    def _long_word(self) -> str:
        while True:
            word = self._spoken(1)[0]
            if len(word) >= 6:
                return word
