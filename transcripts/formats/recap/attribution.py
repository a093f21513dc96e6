"""Quotations and their speakers: which words between marks are speech, whose, and which parts are one quotation."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transcripts.formats.recap import cues, marks, names, speech, tokens
from transcripts.formats.recap.cues import Cue
from transcripts.formats.recap.echoes import Quotation, echoed
from transcripts.formats.recap.grammar import BREAKS, Grammar, Who
from transcripts.formats.recap.marks import Paragraph, Part
from transcripts.formats.recap.opening import introduced, opening, second_subject, source
from transcripts.formats.recap.people import Registry
from transcripts.formats.recap.salience import Salience
from transcripts.formats.recap.sentences import sentences_of
from transcripts.formats.recap.tokens import Token
from transcripts.formats.recap.verbs import ASKING, REPLYING, SAY
from transcripts.formats.recap.words import FIRST_PERSON, PRONOUNS

_INTERRUPTION = 30
"""Tokens an attribution between two parts of one quotation may take."""

_NOBODY = FIRST_PERSON | {"it"}
"""Subjects that take nobody out of view: I asked her later. It reads: …"""

_LOOKED_AT = 400
"""Code points of a quotation that tell what it is."""


@dataclass
class _Quote:
    """A part on its way to be a quotation: whether it is speech, whose, and whether it goes on from the part before."""

    part: Part
    speech: bool = False
    who: Who = ()
    attributed: bool = False
    """Whether the article says whose words these are, if only “a resident said”."""
    joins: bool = False

    def give(self, who: Who) -> None:
        self.speech, self.attributed = True, True
        self.who = who if len(who) == 1 else ()


class _Sentence(NamedTuple):
    """A half-open range of a paragraph's tokens, its cues, and the quotations in it."""

    grammar: Grammar
    low: int
    high: int
    cues: list[Cue]
    quotes: list[int]


def find(text: str, paragraphs: Sequence[Paragraph]) -> tuple[list[Quotation], list[marks.Unclosed]]:
    """The direct quotations of an article in order, and the opening marks that nothing closes."""
    found = marks.find(text, list(paragraphs))
    reader = _Reader(text, paragraphs, found.parts)
    reader.read()
    together: list[list[_Quote]] = []
    for quote in reader.quotes:
        if quote.speech and quote.joins and together:
            together[-1].append(quote)
        elif quote.speech:
            together.append([quote])
    return echoed([_quotation(parts, reader.registry) for parts in together], text), found.unclosed


def _quotation(parts: Sequence[_Quote], registry: Registry) -> Quotation:
    speaker = next((registry.people[quote.who[0]].printed for quote in parts if quote.who), None)
    return Quotation(tuple(quote.part.inner for quote in parts), speaker, parts[0].part.paragraph)


class _Reader:
    """One article read from the first paragraph to the last, its names known beforehand."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> None:
        self.text = text
        self.quotes = [_Quote(part) for part in parts]
        self.registry = Registry(text)
        self.salience = Salience(self.registry)
        self.before: _Quote | None = None
        """The last speech of the paragraph before."""
        self.long_before: _Quote | None = None
        """The same of the paragraph before that, where the one between holds none."""
        self.goes_on: _Quote | None = None
        """The same, where an unsigned quotation may go on from it: one speaker, no question, no dialogue."""
        inside: defaultdict[int, list[tuple[int, Part]]] = defaultdict(list)
        for number, part in enumerate(parts):
            inside[part.paragraph].append((number, part))
        self.lines = [tokens.read(text, paragraph, inside[paragraph.number]) for paragraph in paragraphs]
        spanish = _spanish(self.lines)
        self.runs = [names.runs(line, spanish) for line in self.lines]

    def read(self) -> None:
        for line, runs in zip(self.lines, self.runs, strict=True):
            self.registry.learn(line, runs)
        self.registry.learn_pairs()
        for line, runs in zip(self.lines, self.runs, strict=True):
            self.registry.describe_surnames(line, runs)
        for line, runs in zip(self.lines, self.runs, strict=True):
            self._paragraph(line, runs)

    def _paragraph(self, line: Sequence[Token], runs: Sequence[names.Run]) -> None:
        self.salience.new_paragraph()
        grammar = Grammar(line, runs, self.registry, lambda word, at: self.salience.meant(grammar, word, at))
        ranges = sentences_of(grammar)
        previous: _Sentence | None = None
        for number, (low, high) in enumerate(ranges):
            quotes = [at for at in range(low, high) if line[at].part is not None]
            sentence = _Sentence(grammar, low, high, cues.find(grammar, low, high), quotes)
            self._attribute(sentence, previous, ranges[number + 1] if number + 1 < len(ranges) else None)
            self._look(sentence)
            previous = sentence
        self._remember(line)
        if previous is not None and self.goes_on is None and not previous.quotes:
            self.goes_on = _told_by(previous)

    def _quote(self, grammar: Grammar, at: int) -> _Quote:
        return self.quotes[grammar.tokens[at].part or 0]

    def _words(self, quote: _Quote) -> list[str]:
        start, end = quote.part.inner
        return self.text[start : min(end, start + _LOOKED_AT)].split()

    def _attribute(self, sentence: _Sentence, previous: _Sentence | None, following: tuple[int, int] | None) -> None:
        """Decide for every quotation of a sentence whether it is speech and whose."""
        grammar, low, high, found, quotes = sentence
        before: int | None = None
        for at in quotes:
            quote = self._quote(grammar, at)
            words = self._words(quote)
            cue = speech.governing(grammar.tokens, at, found)
            gapped = _gapped(grammar, at, cue)
            if quote.part.continued:
                self._carry_on(grammar.tokens[at].part or 0, cue)
            elif gapped:
                quote.give(gapped)
            elif cue is not None and speech.attributed(grammar.tokens, at, low, high, cue, words):
                quote.give(self._speaker(grammar, cue))
                quote.joins = before is not None and self._interrupted(sentence, before, at)
            elif cue is None and speech.stands_alone(grammar.tokens, at, low, high, words):
                self._by_neighbour(grammar, at, previous, following)
            elif cue is None and speech.led_by_colon(grammar.tokens, at, low, words):
                quote.give(source(grammar, low, at) or ())
            elif cue is None:
                quote.speech = speech.fragment(grammar, at, low, words)
            before = at

    def _speaker(self, grammar: Grammar, cue: Cue) -> Who:
        """The cue's subject, unless “he replied” may be the other one of two."""
        replies = grammar.tokens[cue.at].lower in REPLYING and grammar.tokens[cue.at - 1].lower in PRONOUNS
        return () if replies and self.salience.company - set(cue.who) else cue.who

    def _carry_on(self, number: int, cue: Cue | None) -> None:
        """A quotation taken up in a new paragraph keeps its speaker, or learns him at last."""
        quote, first = self.quotes[number], self.quotes[number - 1]
        first.speech = True
        quote.joins, quote.speech, quote.who, quote.attributed = True, True, first.who, first.attributed
        if cue is not None and not first.attributed:
            quote.give(cue.who)

    def _interrupted(self, sentence: _Sentence, before: int, at: int) -> bool:
        """“…,” he said, “…”: nothing but one attribution between two parts of one quotation."""
        first, second = self._quote(sentence.grammar, before), self._quote(sentence.grammar, at)
        between = cues.after(sentence.cues, at) - cues.after(sentence.cues, before)
        token, following = sentence.grammar.tokens[before : before + 2]
        paused = token.last in cues.PAUSING - {"."} or following.text in BREAKS
        return between == 1 and first.speech and first.who == second.who and at - before <= _INTERRUPTION and paused

    def _by_neighbour(
        self, grammar: Grammar, at: int, previous: _Sentence | None, following: tuple[int, int] | None
    ) -> None:
        """A quotation that is a sentence of its own belongs to the sentence before it, else to the one after."""
        quote = self._quote(grammar, at)
        quote.speech = True
        if previous is not None:
            who = self._asked_of(previous) or _has_the_word(previous)
            if who is not None:
                quote.give(who)
            quote.joins = self._resumed(previous, at)
        elif following is not None:
            spoken = [cue for cue in cues.find(grammar, *following) if grammar.tokens[cue.at].lower in SAY]
            if spoken and all(token.part is None for token in grammar.tokens[slice(*following)]):
                quote.give(spoken[0].who)
        elif self.goes_on is not None and self.goes_on.attributed:
            quote.give(self.goes_on.who)

    def _asked_of(self, previous: _Sentence) -> Who:
        """“What will he do? “Learn to drive, I guess.”” The narrator's question is answered by whoever is in view."""
        question = not previous.quotes and not previous.cues and previous.grammar.tokens[previous.high - 1].text == "?"
        return self.salience.people if question and self.salience.local and len(self.salience.people) == 1 else ()

    def _resumed(self, previous: _Sentence, at: int) -> bool:
        """“…,” Smith said. “…”: the sentence before holds one quotation and one attribution after it, and nothing else."""
        if len(previous.quotes) != 1 or len(previous.cues) != 1 or at != previous.high:
            return False
        held = previous.quotes[0]
        short = previous.high - held <= _INTERRUPTION and held <= previous.low + 1
        return short and previous.cues[0].at > held and self._quote(previous.grammar, held).speech

    def _look(self, sentence: _Sentence) -> None:
        """After a sentence: who is in view, for the pronouns to come."""
        grammar, low, high, found, _ = sentence
        runs = [run for at in range(low, high) if (run := grammar.starting(at)) is not None]
        named = [who[0] for run in runs if (who := grammar.who(run)) and not self.registry.people[who[0]].group]
        spoken = [cue.who for cue in found if not cue.names and grammar.lower(cue.at - 1, low) not in _NOBODY]
        grammar.low = low
        subject = second_subject(grammar, low, high) or opening(grammar, low, high) or introduced(grammar, low, high)
        if set(named) == set(subject or ()):
            self.salience.learn_gender(grammar, low, high, subject or ())
        self.salience.look(named, spoken[-1] if spoken else None, subject)

    def _remember(self, line: Sequence[Token]) -> None:
        """What the next paragraph may take up: the speech this one ends with, where it is all one speaker's."""
        spoken = [
            (token, self.quotes[token.part])
            for token in line
            if token.part is not None and self.quotes[token.part].speech
        ]
        if not spoken:
            self.before, self.long_before, self.goes_on = None, self.before, None
            return
        token, last = spoken[-1]
        dialogue = any(one is not None and one.who != spoken[0][1].who for one in (self.before, self.long_before))
        single = all(quote.who == last.who for _, quote in spoken)
        self.goes_on = last if single and not dialogue and token.last != "?" else None
        self.before, self.long_before = last, None


def _gapped(grammar: Grammar, at: int, cue: Cue | None) -> Who:
    """Smith called it “bad” and Jones “worse”: a name alone before the second quotation takes the place of the first."""
    run = grammar.ending(at - 1) if cue is not None and cue.at < at else None
    if run is None or run.possessive or cue is None:
        return ()
    led = grammar.lower(run.first - 1, cue.at + 1)
    quoted = any(token.part is not None for token in grammar.tokens[cue.at : run.first])
    return grammar.who(run) if quoted and led in {"and", "while", "y", "mientras"} else ()


def _told_by(sentence: _Sentence) -> _Quote | None:
    """Whoever a paragraph ends by reporting: what the next one quotes without a name is theirs."""
    said = [cue for cue in sentence.cues if sentence.grammar.tokens[cue.at].lower in SAY - ASKING and not cue.names]
    if not said or len(said[-1].who) != 1:
        return None
    nothing = Part(0, 0, 0, (0, 0))
    return _Quote(nothing, True, said[-1].who, True)


def _spanish(lines: Sequence[Sequence[Token]]) -> bool:
    """Whether an article is in Spanish rather than English, by its smallest words."""
    counts = Counter(token.lower for line in lines for token in line)
    return sum(counts[word] for word in ("el", "los", "que", "en")) > sum(
        counts[word] for word in ("the", "of", "and", "to")
    )


def _has_the_word(sentence: _Sentence) -> Who | None:
    """Who speaks after a sentence: its speaker, else whom it is about; after a question, whom it was put to."""
    grammar, low, high, found, quotes = sentence
    subject = opening(grammar, low, high)
    if not found or (not found[-1].who and subject):
        return subject or source(grammar, low, high)
    last = found[-1]
    if quotes or grammar.tokens[last.at].lower not in ASKING:
        return last.who
    run = grammar.starting(last.at + 1)
    return grammar.who(run) if run is not None else None
