"""Who is in view: whom “he”, “she” or a Spanish verb without a pronoun means at a place in an article."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from transcripts.formats.recap.grammar import ENDS_PHRASE, Grammar, Who
from transcripts.formats.recap.opening import opening
from transcripts.formats.recap.people import Registry
from transcripts.formats.recap.verbs import SAID
from transcripts.formats.recap.words import PRONOUNS, SUBORDINATORS

_REACH = 30
_POSSESSIVES = {"his": "m", "her": "f"}
_MOST = 30
"""People in view at once, at most."""


@dataclass
class Salience:
    """The people a pronoun may mean. Gender is only what the article itself prints: titles, roles and clear pronouns."""

    registry: Registry
    people: Who = ()
    """Last in view: the last speaker or subject."""
    company: set[int] = field(default_factory=set)
    """Others named in the sentence that brought `people` into view."""
    rivals: set[int] = field(default_factory=set)
    """Others named since."""
    here: list[int] = field(default_factory=list)
    """Everybody named in this paragraph so far."""
    local: bool = False
    """Whether `people` came into view in this paragraph."""

    spoke: list[int] = field(default_factory=list)
    """Those in view one after the other, the last at the end."""

    _looking: bool = False
    """Whether the subject of a sentence is being sought, which may begin with a pronoun itself."""

    def new_paragraph(self) -> None:
        self.local, self.here = False, []

    def turn_to(self, who: Who, named: Iterable[int]) -> None:
        """Somebody speaks or acts, in a sentence that names others as well."""
        self.people, self.local = tuple(n for n in who if not self.registry.people[n].group), True
        self.rivals, self.company = set(), set(named) - set(who)
        self.spoke = [*self.spoke[-_MOST:], *self.people]

    def look(self, named: list[int], spoken: Who | None, subject: Who | None) -> None:
        """After a sentence: whom it named, who spoke in it (None: nobody), and its subject."""
        if spoken is not None:
            self.turn_to(spoken or subject or (), named)
        elif subject and not self.registry.people[subject[0]].group:
            self.turn_to(subject, named)
        elif not subject and len(set(named)) == 1 and not self.people:
            self.turn_to((named[0],), ())
        else:
            self.rivals.update(
                number for number in named[-_MOST:] if number not in self.people and len(self.rivals) < _MOST
            )
        self.here = [*dict.fromkeys([*self.here, *named])][-_MOST:]

    def meant(self, grammar: Grammar, word: str, at: int) -> Who:
        """The one person in view a pronoun may mean, unless what the article prints of them contradicts it."""
        gender = PRONOUNS.get(word)
        if word in PRONOUNS and gender is None:
            return ()
        near = grammar.spoken if len(grammar.spoken) == 1 else self._in_sentence(grammar, at)
        fits = [n for n in dict.fromkeys(near or self.people) if self._may_be(n, gender)]
        here = bool(near) or self.local
        if len(fits) == 1 and (here or not any(self._may_be(n, gender) for n in self.rivals - set(fits))):
            person = self.registry.people[fits[0]]
            person.gender = person.gender or (gender if here else None)
            return (fits[0],)
        known = {
            n
            for n in (*self.here, *self.rivals, *self.company, *self.people)
            if gender and self.registry.people[n].gender == gender
        }
        return tuple(known) if len(known) == 1 else self._before(gender) if not known else ()

    def _before(self, gender: str | None) -> Who:
        """“I do,” she said, where he spoke last: the one in view before him, of the last two people there were."""
        last = [*dict.fromkeys(reversed(self.spoke))][:2]
        others = {*self.here, *self.rivals, *self.company}
        if gender is None or len(last) < 2 or self.people != (last[0],) or self._may_be(last[0], gender):
            return ()
        rivals = [n for n in others - set(last) if not self.registry.people[n].group and self._may_be(n, gender)]
        return (last[1],) if self._may_be(last[1], gender) and not rivals else ()

    def _may_be(self, person: int, gender: str | None) -> bool:
        return gender is None or self.registry.people[person].gender in {None, gender}

    def _in_sentence(self, grammar: Grammar, at: int) -> Who:
        """Whom a pronoun's own sentence names before it: its subject, or the one person of a first clause (While Reyes …, he)."""
        low = max(min(grammar.low, at), at - _REACH)
        if grammar.tokens[low].lower not in SUBORDINATORS:
            return self._subject(grammar, low, at) or self._introduced(grammar, low, at)
        runs = [run for place in range(low, at) if (run := grammar.starting(place)) is not None and not run.possessive]
        named = {who for run in runs if (who := grammar.who(run)) and not self.registry.people[who[0]].group}
        return named.pop() if len(named) == 1 else ()

    def _subject(self, grammar: Grammar, low: int, at: int) -> Who:
        """The person a sentence opens with by name."""
        if self._looking or not any(grammar.starting(place) is not None for place in range(low, at)):
            return ()
        self._looking = True
        found = opening(grammar, low, at)
        self._looking = False
        return found if found and not self.registry.people[found[0]].group else ()

    def _introduced(self, grammar: Grammar, low: int, at: int) -> Who:
        """His opponent is Ann Smith, 29, who moved here to, in her words, …: the one person told of before."""
        runs = [run for place in range(low, at) if (run := grammar.starting(place)) is not None]
        named = {who for run in runs if (who := grammar.who(run))}
        told = grammar.lower(runs[0].last + 1) == "," if runs else False
        return named.pop() if len(named) == 1 and told and not runs[0].possessive else ()

    def learn_gender(self, grammar: Grammar, low: int, high: int, who: Who) -> None:
        """Rashad Greer said his street …: what a sentence about one person, the first of a paragraph, prints of them."""
        if len(who) != 1 or (self.local and self.people != who):
            return
        named = next(
            (run.last for at in range(low, high) if (run := grammar.starting(at)) and grammar.who(run) == who), high
        )
        other = next((at for at in range(named, high) if _other(grammar, at)), high)
        said = {
            _POSSESSIVES[grammar.tokens[at].lower]
            for at in range(named, min(other, high - 1))
            if grammar.tokens[at].lower in _POSSESSIVES and _noun(grammar, at + 1)
        }
        said |= {
            gender
            for at in range(named, min(other, high - 2))
            if grammar.tokens[at].lower in SAID and (gender := PRONOUNS.get(_past_that(grammar, at + 1)))
        }
        person = self.registry.people[who[0]]
        if len(said) == 1 and person.gender is None:
            person.gender = said.pop()


def _past_that(grammar: Grammar, at: int) -> str:
    """The word after a verb of saying: Smith said (that) he lived there."""
    return grammar.lower(at + (grammar.lower(at) in {"that", "que"})).split("’")[0].split("'")[0]


def _other(grammar: Grammar, at: int) -> bool:
    """Whether somebody else may come in here: told the story of a client; not Smith, a teacher, said."""
    return grammar.lower(at) in {"a", "an", "one", "another"} and grammar.lower(at - 1) != ","


def _noun(grammar: Grammar, at: int) -> bool:
    token = grammar.tokens[at]
    return token.word and not token.capital and token.lower not in ENDS_PHRASE and not token.adverb
