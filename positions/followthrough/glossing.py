"""Pure: where words of the glossary stand in a text of ours."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transcripts.bilingual import Bilingual

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Form:
    """One way a word is written in one language ("en" or "es"); `exact` where LEAD is meant and lead is not."""

    lang: str
    text: str
    exact: bool = False


@dataclass(frozen=True)
class Term:
    """A word of the glossary with every way it is written."""

    slug: str
    name: Bilingual
    meaning: Bilingual
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Found:
    """A word of the glossary in a text: half-open code points [start, end)."""

    start: int
    end: int
    term: Term


class Glossary:
    """The words of a glossary, ready to be found; of two that begin at one place the longer is meant."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = tuple(terms)
        self._patterns = {lang: self._pattern(lang) for lang in ("en", "es")}

    def __bool__(self) -> bool:
        return bool(self.terms)

    def find(self, text: str, lang: str, told: Collection[str] = ()) -> tuple[Found, ...]:
        """The first place of each word in a text of a language, in order, without those `told` (slugs) already."""
        pattern, seen, found = self._patterns.get(lang), set(told), []
        for match in pattern.finditer(text) if pattern else ():
            term = self.terms[int(str(match.lastgroup).split("_")[1])]
            if term.slug not in seen:
                seen.add(term.slug)
                found.append(Found(match.start(), match.end(), term))
        return tuple(found)

    def _pattern(self, lang: str) -> re.Pattern[str] | None:
        forms = [(form, n) for n, term in enumerate(self.terms) for form in term.forms if form.lang == lang]
        forms.sort(key=lambda pair: (-len(pair[0].text), not pair[0].exact, pair[1]))
        ways = [f"(?P<t{at}_{n}>{_way(form)})" for at, (form, n) in enumerate(forms)]
        return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])") if ways else None


def _way(form: Form) -> str:
    words = r"\s+".join(re.escape(word) for word in _SPACE.split(form.text.strip()))
    return words if form.exact else f"(?i:{words})"
