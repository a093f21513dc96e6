"""The list of words of a topic as an editor reads it, and where its words stand in a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from positions.tagging.evidence import weigh
from positions.tagging.lexicon import WORD, TopicLike, changed, expand, keys_of, lexicon, shipped, wrong_with

GRADES = ("sure", "likely", "hint")


@dataclass(frozen=True)
class ListedWord:
    """A pattern that came with the product; `out` says how much of it editors took out or graded anew: none, some or all.

    `fixed`: it cannot be taken out by itself, because it is no pattern an editor could write.
    """

    pattern: str
    grade: str
    out: str
    fixed: bool


def listed(topic: TopicLike, lang: str) -> tuple[ListedWord, ...]:
    """What came with the product for a topic, and for those merged into it, in one language: the surest first."""
    known = {keys for subject, language, keys in changed([topic]) if (subject, language) == (topic.slug, lang)}
    found = [
        (grade, str(pattern))
        for slug in (topic.slug, *topic.absorbed)
        for grade, patterns in shipped().get(slug, {}).get(lang, {}).items()
        for pattern in patterns
    ]
    return tuple(
        ListedWord(pattern, grade, _out(pattern, known), wrong_with(pattern) is not None)
        for wanted in GRADES
        for grade, pattern in found
        if grade == wanted
    )


def marks(text: str, tree: Iterable[TopicLike], slug: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a topic stand in a text: code points, half-open, in order."""
    cues = [cue for cue in weigh(text, lexicon(tree)).cues if cue.subject == slug]
    places = [match.span() for match in WORD.finditer(text)] if cues else []
    return tuple((places[cue.first][0], places[cue.end - 1][1]) for cue in sorted(cues, key=lambda cue: cue.first))


def _out(pattern: str, known: set[tuple[str, ...]]) -> str:
    changed_here = [keys_of(phrase) in known for phrase in expand(pattern)] if known else [False]
    return "all" if all(changed_here) else "some" if any(changed_here) else "none"
