"""What is held of somebody's words in other words: reports told by us. Which of them a quotation may be about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from transcripts.bilingual import Bilingual
from transcripts.checking.quotation import Quotation
from transcripts.checking.words import spelt
from transcripts.search import analysis
from transcripts.search.stopwords import EMPTY
from transcripts.text import fold
from transcripts.wording import NEGATIONS

COMMON = 3
"""Words with a sense of their own that a quotation and a report must share."""
SHARE = 0.25
"""And their share of the quotation's, of the first MOST."""
MOST = 16
WITH_FRAGMENT = 1
"""Where the report prints a few words of the source and these stand in the quotation, so many more are enough."""
SHOWN = 3


@dataclass(frozen=True)
class Told:
    """A report of what a person said: `texts` are (language, words of ours), `fragment` a few words of the source. `path` is where
    readers see it, without language prefix; `shown` is what they read there."""

    person: str
    slug: str
    forum: int
    forum_title: Bilingual
    source: str
    path: str
    shown: Bilingual
    texts: tuple[tuple[str, str], ...]
    fragment: str = ""

    @cached_property
    def senses(self) -> frozenset[str]:
        """What its words are about, as stems of their language."""
        return frozenset(stem for lang, text in self.texts for stem in analysis.stems(_telling(text), lang))

    @cached_property
    def printed(self) -> str:
        """The words of the source, as they are compared."""
        return f" {' '.join(spelt(self.fragment))} "


def about(quotation: Quotation, reports: Iterable[Told]) -> tuple[Told, ...]:
    """The reports that may tell of a quotation, those that share most with it first."""
    said = f" {' '.join(word.same for word in quotation.words)} "
    words = list(dict.fromkeys(_telling(quotation.text)))
    found: list[tuple[int, Told]] = []
    for told in reports:
        shared = sum(not told.senses.isdisjoint(analysis.readings(word)) for word in words)
        quoted = len(told.printed.split()) >= COMMON and told.printed in said
        if shared >= max(COMMON, SHARE * min(MOST, len(words))) or (quoted and shared > WITH_FRAGMENT):
            found.append((shared + 2 * COMMON * quoted, told))
    return _apart(told for _, told in sorted(found, key=lambda pair: -pair[0]))


def _apart(reports: Iterable[Told]) -> tuple[Told, ...]:
    """The first of each person, as many as are shown."""
    first: dict[str, Told] = {}
    for told in reports:
        first.setdefault(told.slug, told)
    return tuple(first.values())[:SHOWN]


def _telling(text: str) -> Sequence[str]:
    return [
        word for word in analysis.words(text) if word not in EMPTY and word not in NEGATIONS and len(fold(word)) > 2
    ]
