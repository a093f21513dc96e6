"""Citations of this site: words of the record with the site's addresses, in the words of the reader. For pages and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sqlmodel import Session

from positions.cells import Translate
from tracker import site
from tracker.config import Config
from tracker.exporting import FICTIONAL
from tracker.i18n import clock
from transcripts import media
from transcripts.citing import days
from transcripts.citing.citation import LISTEN, NOBODY, QUOTATION, Asked, Citation, one_line, question_words
from transcripts.errors import NotFound
from transcripts.queries.citations import ANSWERING, CITABLE, Quoted
from transcripts.queries.turns import TurnView
from transcripts.vocabulary import GRADE_WORDS, ROLE_WORDS, SPOKEN, Grade, Part, Role, TurnKind

CORRECTED = "Corrected by us; see what changed: %(url)s"
QUESTIONED = "Questioned: somebody reported these words, and we are looking into it."
GONE = "These words are no longer in our record, so there is nothing to cite. What became of them stands on their page."
ASKED = "Asked: “%(words)s”"
SHOWN_QUESTION, SHOWN_WORDS = 140, 200
"""Code points of a question and of words where only a description is shown."""
PRODUCT = "Said & Done · Dicho y hecho"


@dataclass(frozen=True)
class Shared:
    """What services show of a link to words: a title, a description with the question, the path, the site's name."""

    title: str
    description: str
    path: str
    site: str


@dataclass(frozen=True)
class Voice:
    """Who cites: the site's address and names, the language of the citation and its texts, the day of access.

    `base` is the address of its pages in that language, `site_url` without one. `cards`: whether single quotations may be
    shown in other sites' pages.
    """

    base: str
    name: str
    publisher: str
    lang: str
    translate: Translate
    today: date
    site_url: str
    cards: bool = True

    def address(self, path: str) -> str:
        """An address of this site in the reader's language."""
        return f"{self.base}{path}"


def voice(session: Session, config: Config, lang: str, translate: Translate, today: date | None = None) -> Voice:
    """This site as it cites, on its own present day unless told another."""
    told = site.read(session, lang)
    prefix = "" if lang == config.lang else f"/{lang}"
    day = today or datetime.now(ZoneInfo(config.zone)).date()
    return Voice(
        base=f"{config.site_url}{prefix}",
        name=told.name or PRODUCT,
        publisher=told.publisher,
        lang=lang,
        translate=translate,
        today=day,
        site_url=config.site_url,
        cards=told.cards,
    )


def path(found: Quoted) -> str:
    """The permanent path of the words as they stand: of this version, whatever is corrected later."""
    return f"/turns/{found.turn.key}?{urlencode(place(found))}"


def place(found: Quoted) -> dict[str, str]:
    """The words as they stand, as arguments of an address."""
    return ({} if found.whole else {"words": f"{found.start}-{found.end}"}) | {"v": str(found.turn.version)}


def frame(found: Quoted, cited: Citation, by: Voice) -> str:
    """The words as a card for another site's page: an <iframe> without script that shows later corrections by itself."""
    address = escape(by.address(f"/embed{path(found)}"))
    title = escape(f"{cited.speaker or by.translate(NOBODY)}, {cited.forum}")
    return f'<iframe src="{address}" title="{title}" width="100%" height="420" loading="lazy"></iframe>'


def citation(found: Quoted, by: Voice) -> Citation:
    """The words as a citation. Raises NotFound for words that are gone."""
    if not found.words:
        raise NotFound(GONE)
    turn = found.turn
    where = f"/forums/{turn.forum.slug}"
    return Citation(
        key=turn.key,
        version=turn.version,
        passage="" if found.whole else f"{found.start}-{found.end}",
        words=found.words,
        words_lang=turn.lang,
        speaker=turn.speaker_name or turn.label,
        register=found.register,
        role=role_words(turn, by.translate),
        question=asked_of(turn, found.question, by.translate),
        forum=turn.forum.title.within(by.lang),
        kind=turn.forum.kind,
        place=turn.forum.city,
        held_on=turn.forum.held_on,
        clock=clock(turn.start_ms) if turn.start_ms is not None else None,
        video=turn.video_url if turn.video_url and media.takes_time(turn.video_url) else turn.forum.video_url,
        at_second=bool(turn.video_url) and media.takes_time(turn.video_url),
        before=found.before if turn.kind in SPOKEN else "",
        grade=grade_words(turn, by.translate),
        quoted_by=turn.record.source_name if turn.kind == TurnKind.RECAP_QUOTE else None,
        notes=notes(found, by),
        permalink=by.address(path(found)),
        answers=found.answers,
        answers_url=by.address(f"{where}#q-{turn.question_key}" if turn.question_key else f"{where}#t-{turn.key}"),
        site=by.name,
        publisher=by.publisher,
        accessed=by.today,
        lang=by.lang,
    )


def notes(found: Quoted, by: Voice) -> tuple[str, ...]:
    """The sentences that travel with these words wherever they go."""
    told = (
        (LISTEN, found.turn.grade == Grade.MACHINE),
        (QUESTIONED, found.questioned),
        (CORRECTED, bool(found.corrections)),
        (FICTIONAL, found.turn.forum.fictional),
    )
    said = {"url": by.address(f"/turns/{found.turn.key}/history")}
    return tuple(by.translate(text) % said if text == CORRECTED else by.translate(text) for text, true in told if true)


def grade_words(turn: TurnView, translate: Translate) -> str:
    """How far the words can be trusted, in words."""
    return translate(GRADE_WORDS[Grade(turn.grade)]).format(
        source=turn.record.source_name or translate("its publisher")
    )


def role_words(turn: TurnView, translate: Translate) -> str | None:
    """The role of whoever speaks, in words; None where nobody knows it."""
    return None if turn.role == Role.UNKNOWN else translate(ROLE_WORDS[Role(turn.role)])


def shared(turn: TurnView, question: Sequence[TurnView], words: str, path: str, by: Voice) -> Shared:
    """How words are told of where a link to them is shown: who, where, when; the question; how far to trust them."""
    name = turn.speaker_name or turn.label or by.translate(NOBODY)
    day = days.full(turn.forum.held_on, by.lang)
    told = [f"{grade_words(turn, by.translate)}."]
    asked = asked_of(turn, question, by.translate)
    if asked:
        told.append(by.translate(ASKED) % {"words": shortened(asked.words, SHOWN_QUESTION)})
    quotation = turn.kind in CITABLE
    shown = shortened(one_line(words), SHOWN_WORDS)
    told.append(by.translate(QUOTATION) % {"words": shown} if quotation else shown)
    return Shared(f"{name} · {turn.forum.title.within(by.lang)}, {day}", " ".join(told), path, by.name)


def shortened(text: str, most: int) -> str:
    """Words up to `most` code points, cut between two words, the omission marked."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]} […]"


def asked_of(turn: TurnView, question: Sequence[TurnView], translate: Translate) -> Asked | None:
    """The question that words answer; its lead-in only where nothing else is held."""
    put = [one for one in question if one.exchange_part == Part.QUESTION] or list(question)
    if not put or turn.exchange_part not in ANSWERING:
        return None
    words = question_words("\n".join(one.text for one in put))
    return Asked(words, put[0].speaker_name or put[0].label, role_words(put[0], translate))
