"""The people and groups an article names: runs of capitalised words, titles set apart, first full mention kept."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcripts.formats.recap.names import Run, placelike, titled, words_of
from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.verbs import REPORTING, SAY, SPANISH
from transcripts.formats.recap.words import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    CROWDS,
    GENDERED,
    ORGANISATIONS,
    PLACE_STARTS,
    PREPOSITIONS,
    RELATIVES,
    SUFFIXES,
    TITLES,
)

_ROLE = 3
"""Words of a role before a name, at most."""

ENDS_ROLE = PREPOSITIONS | RELATIVES | ARTICLES | CONJUNCTIONS | AUXILIARIES | REPORTING

_CROWD = 50
"""So many of one name that only the full name tells who."""

_GENDER_OF = {word: gender for gender, words in GENDERED.items() for word in words}


@dataclass
class Person:
    """Somebody, or some group, with a name. `printed` is the first full mention."""

    printed: str
    words: tuple[str, ...]
    first: int = 0
    """Where the article first names them in full, in code points."""
    human: bool = False
    opening: bool = False
    """Whether the name was only ever seen at the head of a sentence, where its first word may be any word."""
    gender: str | None = None

    @property
    def group(self) -> bool:
        """Whether the name is that of an organisation or a place."""
        if self.human and self.words[-1] not in ORGANISATIONS:
            return False
        acronym = len(self.words) == 1 and self.printed.isupper() and len(self.printed) > 1
        return acronym or any(word in ORGANISATIONS for word in self.words) or self.words[0] in PLACE_STARTS


class Registry:
    """Everybody an article names. Built from the whole article first, so that a surname in the headline finds its owner."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people: list[Person] = []
        self._by_ends: dict[tuple[str, str], list[int]] = {}
        self._by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._by_role: defaultdict[str, set[int]] = defaultdict(set)
        self.paired: list[tuple[int, int, str]] = []
        self._lower: set[str] = set()
        self._capital: set[str] = set()

    def learn(self, tokens: Sequence[Token], found: Sequence[Run]) -> None:
        """Take in the full names of a paragraph, what they are called beside, and the words it prints in lower case."""
        self._lower.update(token.text for token in tokens if token.word and not token.capital)
        self._capital.update(
            word for run in found if not run.opening or run.last > run.first for word in words_of(tokens, run)
        )
        for run in found:
            words = words_of(tokens, run)
            if len(words) < 2 or placelike(words):
                continue
            exact = self._exact(words)
            number = exact if exact is not None else self._add(tokens, run, words)
            self.people[number].opening &= run.opening
            self._describe(number, tokens, run)
        self.paired += [pair for first, last in pairwise(found) if (pair := _pair(tokens, first, last)) is not None]

    def learn_pairs(self) -> None:
        """Gabe and Theresa Mancuso: a first name that nobody else bears shares the surname behind the next one."""
        for start, end, surname in self.paired:
            given = self.text[start:end]
            if given.lower() not in self._by_word:
                self.people.append(Person(f"{given} {surname}", (given.lower(), surname.lower()), start, human=True))
                for word in self.people[-1].words:
                    self._by_word[word].add(len(self.people) - 1)
                self._by_ends.setdefault((given.lower(), surname.lower()), []).append(len(self.people) - 1)

    def describe_surnames(self, tokens: Sequence[Token], found: Sequence[Run]) -> None:
        """A second look, when all full names are known: titles and verbs beside a bare surname tell of its owner."""
        for run in found:
            owners = self._owners(words_of(tokens, run))
            if len(owners) == 1 and run.last == run.name:
                self._describe(owners[0], tokens, run)

    def who(self, tokens: Sequence[Token], run: Run) -> tuple[int, ...]:
        """The one person or group meant by a run; empty where nobody is, or more than one may be."""
        words = words_of(tokens, run)
        owners = self._owners(words)
        if len(owners) > 1:
            owners = self._meant(owners, tokens, run)
        if len(owners) > 1:
            return ()
        if owners:
            return (owners[0],)
        if placelike(words) or (len(words) == 1 and self._common(tokens, run, words[0])):
            return ()
        return (self._add(tokens, run, words),)

    def _meant(self, owners: list[int], tokens: Sequence[Token], run: Run) -> list[int]:
        """Of several who share a name, those of the title before it, else those the article has introduced by then."""
        titles = {token.lower for token in tokens[run.first : run.name]}
        entitled = [n for n in owners if any(n in self._by_role[title] for title in titles)]
        known = [n for n in owners if self.people[n].first <= tokens[run.first].start]
        return entitled or known or owners

    def holders(self, role: str, of: str) -> tuple[int, ...]:
        """The one person the article calls by the role (and by what it is of); empty where there are none or several.

        Where the article speaks of teachers, “the teacher” may be any of them.
        """
        if role + "s" in self._lower or role + "es" in self._lower:
            return ()
        found = self._by_role.get(f"{role} {of}".rstrip(), set())
        return tuple(found) if len(found) == 1 else ()

    def known(self, tokens: Sequence[Token], run: Run) -> bool:
        """Whether the run names somebody the article gives a full name, and only one."""
        return len(self._owners(words_of(tokens, run))) == 1

    def _common(self, tokens: Sequence[Token], run: Run, word: str) -> bool:
        """Whether a single capitalised word is an ordinary one at the head of a sentence, or the name of a crowd."""
        if word in CROWDS or not run.opening:
            return word in CROWDS
        speaks = run.last + 1 < len(tokens) and tokens[run.last + 1].lower in SAY - SPANISH
        return word in self._lower or not (word in self._capital or speaks)

    def _exact(self, words: tuple[str, ...]) -> int | None:
        alike = self._by_ends.get((words[0], words[-1]), [])
        return alike[0] if len(words) > 1 and alike else None

    def _owners(self, words: tuple[str, ...]) -> list[int]:
        """Whose name the words may be: the same name, else the surname, else a first or middle name."""
        held = sorted(self._by_word.get(words[-1], ()))
        if len(held) > _CROWD:
            held = self._by_ends.get((words[0], words[-1]), [])
        fits = [n for n in held if set(words) <= set(self.people[n].words) or _same(self.people[n].words, words)]
        same = [n for n in fits if self.people[n].words == words]
        if len(words) > 1 and len(whole := [n for n in fits if self._ends_with(n, words)]) == 1:
            return whole
        surname = [n for n in fits if self.people[n].words[-1] == words[-1]]
        for choice in (same, surname, fits):
            if len(choice) > 1:
                choice = [n for n in choice if not self._doubtful(self.people[n])] or choice
            if choice:
                return choice
        return []

    def _ends_with(self, number: int, words: tuple[str, ...]) -> bool:
        """Darrell Iron Cloud → Iron Cloud: a surname of two words."""
        person = self.people[number]
        return len(person.words) > len(words) and person.words[-len(words) :] == words and not person.opening

    def _doubtful(self, person: Person) -> bool:
        """A group or place, or a run that only looks like a name because its first word opens a sentence."""
        return person.group or (person.opening and not person.human and person.words[0] in self._lower)

    def _add(self, tokens: Sequence[Token], run: Run, words: tuple[str, ...]) -> int:
        start, end = tokens[run.name].start, tokens[run.last].end
        common = run.opening or words[0].endswith(("ist", "woman", "sman", "keeper"))
        if common and run.name == run.first and len(words) > 2 and words[0] in self._lower:
            start, words = tokens[run.name + 1].start, words[1:]
        cut = 0 if not run.possessive else 1 if tokens[run.last].text[-1] in "’'" else 2
        printed = " ".join(self.text[start : end - cut].split())
        self.people.append(Person(printed, words, start, opening=run.opening and run.first == run.name))
        number = len(self.people) - 1
        self._by_ends.setdefault((words[0], words[-1]), []).append(number)
        for word in words:
            self._by_word[word].add(number)
        return number

    def _describe(self, number: int, tokens: Sequence[Token], run: Run) -> None:
        """What stands beside a name: titles, a role before it, an age, party or role after it, a verb of saying."""
        person = self.people[number]
        titles = [token.lower for token in tokens[run.first : run.name] if titled(token.lower)]
        titles += _before(tokens, run.first)
        titles += _apposition(tokens, run.last + 1)
        for role in titles:
            self._by_role[role].add(number)
            person.gender = person.gender or TITLES.get(role) or _GENDER_OF.get(role)
        person.human = person.human or bool(titles) or _speaks(tokens, run)


def _pair(tokens: Sequence[Token], first: Run, last: Run) -> tuple[int, int, str] | None:
    """Where a lone name joined by “and” to a full one stands, and the surname of that."""
    joined = last.first == first.last + 2 and tokens[first.last + 1].lower in {"and", "y", "e", "&"}
    lone = first.first == first.last and not first.possessive and not last.possessive
    words = [token.text for token in tokens[last.name : last.last + 1] if token.lower not in SUFFIXES]
    if not joined or not lone or last.name != last.first or len(words) != 2 or words[-1].lower() in ORGANISATIONS:
        return None
    return tokens[first.first].start, tokens[first.last].end, words[-1]


def _same(held: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return len(words) > 1 and len(held) > 1 and held[-1] == words[-1] and held[0] == words[0]


def _before(tokens: Sequence[Token], first: int) -> list[str]:
    """The role told before a name: former mayor Bob Smith → mayor · el joven empresario Pedro Pérez → joven, empresario."""
    if first > 1 and tokens[first - 1].text == "," and _closed(tokens, first):
        first -= 1
    start = first
    while start > max(0, first - _ROLE) and tokens[start - 1].word and not tokens[start - 1].capital:
        if tokens[start - 1].lower in ENDS_ROLE:
            break
        start -= 1
    words = [token.lower for token in tokens[start:first]]
    told = start > 0 and tokens[start - 1].lower in {"the", "el", "la"}
    return words if told else [word for word in words[-1:] if titled(word)]


def _closed(tokens: Sequence[Token], at: int) -> bool:
    """The present mayor, Bob Smith, said: whether a comma ends the name that begins at `at`."""
    while at < len(tokens) and tokens[at].word and tokens[at].capital:
        at += 1
    return at < len(tokens) and tokens[at].text == ","


def _apposition(tokens: Sequence[Token], at: int) -> list[str]:
    """The role told after a name: Smith, 43, a retired teacher from the North End → teacher."""
    while at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text.isdigit():
        at += 2
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return []
    at += 1
    if tokens[at].lower not in ARTICLES and tokens[at].lower not in TITLES:
        return []
    head = at - 1
    for place, token in enumerate(tokens[at : at + 7], start=at):
        if not token.word or token.lower in PREPOSITIONS | RELATIVES | {"and", "y"} or (token.capital and place > at):
            break
        head = place
    if head < at or tokens[head].lower in ARTICLES:
        return []
    role, of = tokens[head].lower, complement(tokens, head)
    return [role, f"{role} {of}"] if of else [role]


def complement(tokens: Sequence[Token], head: int) -> str:
    """What a role is of, where that is a name: the candidate of Seaside United → seaside united."""
    if head + 2 >= len(tokens) or tokens[head + 1].lower not in {"of", "for", "from", "with", "at", "de", "del", "por"}:
        return ""
    named = []
    for token in tokens[head + 2 : head + 6]:
        if not token.capital:
            break
        named.append(token.lower)
    return " ".join(named)


def _speaks(tokens: Sequence[Token], run: Run) -> bool:
    after = tokens[run.last + 1 : run.last + 4]
    if after and after[0].lower in SAY:
        return True
    if len(after) == 3 and after[0].text == "," and after[1].text.isdigit() and after[2].text == ",":
        return True
    if len(after) == 3 and after[0].text == "(" and len(after[1].text) == 1 and after[2].text == ")":
        return True
    return run.first > 0 and tokens[run.first - 1].lower in SAY
