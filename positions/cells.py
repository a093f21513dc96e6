"""What one box of a comparison holds: a candidate's position or words with their evidence, or the reason why it is empty."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from positions.quoting import PASSAGES, split_quote
from positions.scale import PRINTED, TIER_WORDS, Code, Tier
from transcripts.bilingual import Bilingual
from transcripts.vocabulary import ANSWERED, REASON_WORDS, REPORTED_NOT_ADDRESSED, Reason

Translate = Callable[[str], str]
"""Turns an English text of ours into the reader's language."""

ANSWERED_WORDS = {"question": "Answered", "topic": "Spoke about this"}
"""The words of a cell that holds what somebody said and whose position nobody has judged (code `answered`)."""


@dataclass(frozen=True)
class Candidate:
    """Somebody standing in the contest. `slug` is the person's; no party means that none is known to us."""

    slug: str
    name: str
    sort_name: str
    party: Bilingual | None = None
    incumbent: bool = False
    status: str = "qualified"
    ballot_position: int | None = None


@dataclass(frozen=True)
class SourceRef:
    """Where words were found. `url` is None when we hold no link; `forum` is the slug of the page that lists the source.

    `lang` is the language its title is taken to be in: that of the forum.
    """

    title: str
    kind: str
    forum: str
    publisher: str | None = None
    published_on: date | None = None
    url: str | None = None
    grade: str | None = None
    interest: Bilingual | None = None
    lang: str = "en"

    @property
    def name(self) -> str:
        """What fills {source}."""
        return self.publisher or self.title


@dataclass(frozen=True)
class Evidence:
    """What a cell rests on.

    `quotation`: `text` is the words themselves in `lang`, and `turn` their place. `reported_quotation` and
    `source_summary`: `told` is the source in our words, `fragment` the few words of the source that may stand between
    quotation marks. `translation` is of the quotation and names its `translator`; `questioned`: somebody reported it, and readers
    see so. `id` is the piece, None for words that no position rests on. `grade` says how far the words of a quotation were checked.
    """

    kind: str
    source: SourceRef
    role: str = "supports"
    text: str | None = None
    lang: str = "en"
    turn: str | None = None
    path: str | None = None
    start_ms: int | None = None
    part: int = 0
    said_on: date | None = None
    forum_title: Bilingual | None = None
    told: Bilingual | None = None
    fragment: str | None = None
    translation_en: str | None = None
    translation_es: str | None = None
    translator: str | None = None
    id: int | None = field(default=None, compare=False)
    questioned: bool = field(default=False, compare=False)
    grade: str | None = field(default=None, compare=False)

    @property
    def link(self) -> str:
        """The words in our record, or the page that lists the source; without language prefix."""
        return self.path or f"/forums/{self.source.forum}"

    @property
    def shown(self) -> str | None:
        """The part of a quotation within the budget every candidate has."""
        return None if self.text is None else split_quote(self.text)[0]

    @property
    def quoted(self) -> str | None:
        """A quotation as it is printed: the part that is shown between quotation marks, with dots for what follows."""
        if self.text is None:
            return None
        shown, rest = split_quote(self.text)
        return f"“{shown.rstrip()}{' …' if rest else ''}”"

    def translation(self, lang: str) -> str | None:
        """The quotation in the reader's language, where somebody translated it from another."""
        return self.translation_es if lang == "es" else self.translation_en

    def words(self, lang: str) -> str:
        """The text of this piece for a reader of `lang`: quotations stay as they were said."""
        return self.text if self.text is not None else self.told.within(lang) if self.told else ""


@dataclass(frozen=True)
class Looked:
    """Who searched, when and where, before anybody said that nothing was found."""

    by: str
    at: date
    where: Bilingual


@dataclass(frozen=True)
class OwnReply:
    """What a candidate says of one box, changed by nobody else; `verified`: how we made sure who says it."""

    text: str
    at: datetime
    verified: str


@dataclass(frozen=True)
class Cell:
    """One candidate in one row: exactly one of `code` and `reason` is set; `msgid` is the English of what is printed.

    Where one of several listed answers was chosen, `choice` is its key and `option` its words, which are printed instead.

    `id` is the position, None for a cell that holds none; `questioned`: somebody reported it, and readers see so; `basis` and `checked`:
    who stands behind it. None of these keeps two cells apart. `reworded`: it was judged by an earlier wording, that of
    `statement_version`. `why` and `around`: what the candidate gave as the reason that it is another than before, and what editors note
    of the circumstances. `more` counts pieces that are not even here; `earlier` holds what the candidate said before, `since` the
    silences and reports of later days, both newest first.
    """

    candidate: Candidate
    msgid: str
    code: str | None = None
    reason: str | None = None
    choice: str | None = None
    option: Bilingual | None = None
    tier: int | None = None
    as_of: date | None = None
    condition: Bilingual | None = None
    scope: Bilingual | None = None
    summary: Bilingual | None = None
    note: Bilingual | None = None
    evidence: tuple[Evidence, ...] = ()
    more: int = 0
    looked: Looked | None = None
    coders: int | None = None
    statement_version: int = field(default=1, compare=False)
    reworded: bool = field(default=False, compare=False)
    earlier: tuple["Cell", ...] = ()
    since: tuple["Cell", ...] = ()
    id: int | None = field(default=None, compare=False)
    questioned: bool = field(default=False, compare=False)
    reply: OwnReply | None = None
    why: tuple[Evidence, ...] = ()
    around: Bilingual | None = None
    basis: str | None = field(default=None, compare=False)
    checked: bool = field(default=False, compare=False)

    @property
    def passages(self) -> tuple[Evidence, ...]:
        """The pieces a page shows: as many for everybody."""
        return self.evidence[:PASSAGES]

    @property
    def further(self) -> int:
        """How many pieces a page only counts."""
        return self.more + len(self.evidence) - len(self.passages)

    @property
    def sources(self) -> tuple[SourceRef, ...]:
        """Every source of the evidence once, in order."""
        return tuple(dict.fromkeys(piece.source for piece in self.evidence))

    @property
    def source_names(self) -> str:
        """What fills {source}: the publishers, once each."""
        return ", ".join(dict.fromkeys(source.name for source in self.sources))

    @property
    def bare(self) -> bool:
        """An empty cell that has nothing to show but its reason."""
        return self.code is None and not self.evidence and not any((self.summary, self.note, self.reply))

    def short_label(self, translate: Translate, lang: str) -> str:
        """The printed words without where we looked, for a place where space is short."""
        if self.option is not None:
            return self.option.within(lang)
        return self._naming_sources(translate(self.msgid))

    def label(self, translate: Translate, lang: str) -> str:
        """The printed words: `translate` turns an English msgid into the reader's language."""
        words = self.short_label(translate, lang)
        return (
            f"{words} ({self.looked.where.within(lang).rstrip('. ')}, {self.looked.at.isoformat()})"
            if self.looked
            else words
        )

    def how_we_know(self, translate: Translate) -> str | None:
        """The printed words of the tier; None where there is no tier."""
        return self._naming_sources(translate(TIER_WORDS[Tier(self.tier)])) if self.tier else None

    def _naming_sources(self, words: str) -> str:
        """The words with the publishers where they have a place for them: most have none, and a page prints thousands."""
        return words.replace("{source}", self.source_names) if "{source}" in words else words


def empty(
    candidate: Candidate,
    reason: Reason = Reason.NOT_REVIEWED,
    evidence: tuple[Evidence, ...] = (),
    note: Bilingual | None = None,
) -> Cell:
    """A cell without a position, and why; it may hold what was said instead. NOT_REVIEWED claims nothing."""
    return Cell(candidate, words_for(None, reason, None), reason=reason, evidence=evidence, note=note)


def words_for(code: str | None, reason: str | None, tier: int | None) -> str:
    """The English msgid of a position or of a reason; a silence that only a report tells of names the report."""
    if code is not None:
        return PRINTED[Code(code)]
    reported = reason == Reason.NOT_ADDRESSED and tier == Tier.SUMMED_UP
    return REPORTED_NOT_ADDRESSED if reported else REASON_WORDS[Reason(str(reason))]


def answered(candidate: Candidate, by: str, evidence: tuple[Evidence, ...], more: int = 0) -> Cell:
    """A cell that holds what a candidate said, without a judgement of their position: code `answered`."""
    newest = max((piece.said_on for piece in evidence if piece.said_on), default=None)
    return Cell(candidate, ANSWERED_WORDS[by], code=ANSWERED, as_of=newest, evidence=evidence, more=more)
