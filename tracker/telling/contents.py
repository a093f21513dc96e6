"""What a letter tells, read from the record at the moment it is sent.

Corrections come first and are called that; quotation marks stand round words of the record only; words that were removed are not
repeated, because a letter cannot be called back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from tracker import citing
from tracker.citing import Voice, shortened
from tracker.following import Change
from tracker.i18n import gettext
from tracker.reasons import change_reason, voice_reason
from tracker.telling.models import Finding, Letter, SavedSearch
from tracker.wording import attribution_value, attribution_words, correction_value, correction_words
from transcripts.citing import days
from transcripts.citing.citation import asker, one_line, quoted, recording, trust, where, who
from transcripts.models import Turn
from transcripts.queries import attributions, citations, corrections, documents
from transcripts.queries.attributions import AttributionLine
from transcripts.queries.citations import CITABLE, Place, Quoted
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.documents import Spoken

MOST = 25
"""Passages in a letter, corrections among them; of more it says how many."""
SHOWN = 700
"""Code points of a passage; of longer ones the beginning, the omission marked."""
CHANGED, BEFORE_IT = 400, 80
"""Code points of words before and after a correction, and of those repeated before the first that differs."""


@dataclass(frozen=True)
class Passage:
    """Words to be told of, in the letter's language but for `words`. `quotation`: somebody spoke them, so that marks stand round them."""

    words: tuple[str, ...]
    lang: str
    quotation: bool
    by: str
    asked: str
    trust: str
    hear: str
    url: str


@dataclass(frozen=True)
class Corrected:
    """A correction of words that were told of or found before. `before` and `after` begin near where they differ."""

    what: str
    before: str
    after: str
    why: str
    at: datetime
    by: str
    url: str
    undoes: bool


@dataclass(frozen=True)
class Told:
    """What a letter tells, and how much more there is than it has room for."""

    corrections: tuple[Corrected, ...]
    passages: tuple[Passage, ...]
    corrected: int
    found: int

    @property
    def more(self) -> int:
        """How many stand only on the site."""
        return self.corrected + self.found - len(self.corrections) - len(self.passages)


def told(session: Session, search: SavedSearch, letter: Letter, by: Voice) -> Told:
    """What the ledger has from `first` to `last`, as far as it may be shown now."""
    rows = session.exec(
        select(Finding)
        .where(
            Finding.saved_search_id == search.id,
            col(Finding.id).between(letter.first, letter.last),
            Finding.kind != "baseline",
        )
        .order_by(col(Finding.id))
    ).all()
    new = [one.turn_key for one in rows if one.kind == "new"]
    lines = _changes(session, rows, set(new))
    spoken = _in_order(session, new)
    shown = lines[:MOST]
    keys = [one.key for one in spoken[: MOST - len(shown)]]
    worded = (one.turn_key for one in shown if isinstance(one, CorrectionLine))
    quotations = _quoted(session, {*keys, *worded})
    return Told(
        tuple(_corrected(one, quotations, by) for one in shown),
        tuple(_passage(quotations[key], by) for key in keys if key in quotations),
        len(lines),
        len(spoken),
    )


def _changes(session: Session, rows: Sequence[Finding], fresh: Collection[str]) -> list[Change]:
    """Corrections of words and of who a voice is, in their order.

    Words that are told for the first time are told as they stand: what was corrected before is no news of them.
    """
    changed = {one.correction_id for one in rows if one.kind == "correction"}
    worded = corrections.of_ids(session, {id for id in changed if id > 0}).values()
    voiced = attributions.of_ids(session, {-id for id in changed if id < 0}).values()
    lines: list[Change] = [*(one for one in worded if one.turn_key not in fresh), *voiced]
    return sorted(lines, key=lambda one: (one.at, one.id))


def _in_order(session: Session, keys: Sequence[str]) -> list[Spoken]:
    """Those of the turns that may be shown, the latest forum first, each in the order of what was said."""
    found: list[Spoken] = []
    for start in range(0, len(keys), TURNS_AT_ONCE):
        found += documents.of_turns(session, keys[start : start + TURNS_AT_ONCE])
    return sorted(found, key=lambda one: (-one.held_on.toordinal(), one.forum, one.position))


TURNS_AT_ONCE = 2_000
"""Turns asked for in one statement."""


def _quoted(session: Session, keys: Iterable[str]) -> dict[str, Quoted]:
    rows = session.exec(select(Turn.id, Turn.version).where(col(Turn.key).in_(set(keys)))).all()
    found = citations.of_places(session, [Place(id or 0, version) for id, version in rows])
    return {one.turn.key: one for one in found if one is not None}


def _passage(found: Quoted, by: Voice) -> Passage:
    cited = replace(citing.citation(found, by), words=shortened(found.words, SHOWN))
    asked = asker(cited.question, gettext) if cited.question else ""
    return Passage(
        words=tuple(one_line(one) for one in cited.words.split("\n") if one.strip()),
        lang=cited.words_lang,
        quotation=found.turn.kind in CITABLE,
        by=", ".join(filter(None, (who(cited, gettext), where(cited), days.full(cited.held_on, by.lang), cited.clock))),
        asked=f"{asked[:1].upper()}{asked[1:]}: {quoted(cited.question.words, gettext)}" if cited.question else "",
        trust=trust(cited),
        hear=recording(cited, gettext) if cited.at_second else "",
        url=cited.permalink,
    )


def _corrected(line: Change, quotations: Mapping[str, Quoted], by: Voice) -> Corrected:
    told = [line.forum.title.within(by.lang), days.full(line.forum.held_on, by.lang)]
    if isinstance(line, AttributionLine):
        name: str | None = line.label or line.voice
        before, after = attribution_value(line.before), attribution_value(line.after)
        what, why, undoes = attribution_words(line.kind), voice_reason(line.why), line.undoes_id
        path = f"/forums/{line.forum.slug}"
    else:
        found = quotations.get(line.turn_key)
        name = (found.turn.speaker_name or found.turn.label) if found else None
        stands = line.turn_status == "current" and line.kind != "withdraw"
        before, after = (correction_value(line.kind, one) if stands else "" for one in (line.before, line.after))
        what, why, undoes = correction_words(line.kind), change_reason(line.why), line.undoes
        path = f"/turns/{line.turn_key}/history" if line.turn_status == "current" else f"/turns/{line.turn_key}"
    return Corrected(
        what=what,
        before=_near(before, after),
        after=_near(after, before),
        why=why,
        at=line.at,
        by=", ".join([name, *told] if name else told),
        url=by.address(path),
        undoes=undoes is not None,
    )


def _near(text: str, other: str) -> str:
    """Words from a little before where they differ from others, what is left out marked."""
    same = next(
        (n for n, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), min(len(text), len(other))
    )
    if len(text) <= CHANGED or same <= BEFORE_IT:
        return one_line(shortened(text, CHANGED))
    start = text.find(" ", same - BEFORE_IT) + 1 or same
    return one_line(f"[…] {shortened(text[min(start, same) :], CHANGED)}")
