"""What the printed guide of a race says, in one language: topics, their statements, and a box for every candidate. No layout here.

A box says what its box on the page says, in the same words; what the page holds behind "more" is at the address on every sheet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from positions.cells import Candidate, Cell, Evidence, SourceRef
from positions.comparison import Comparison, Row
from positions.sentences import balance_line, figures_line, order_line
from tracker.config import Config
from tracker.i18n import gettext, long_date, ngettext, speaking
from tracker.printing import pinned
from tracker.replying.replies import WORDS, Replied
from tracker.site import Site
from transcripts.vocabulary import ANSWERED


class Style(StrEnum):
    """What a paragraph is; its type and size are the layout's affair."""

    RACE = "race"
    TOPIC = "topic"
    STATEMENT = "statement"
    NAME = "name"
    POSITION = "position"
    REASON = "reason"
    WORDS = "words"
    SMALL = "small"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph without line breaks."""

    style: Style
    text: str


Box = tuple[Paragraph, ...]
"""What one candidate has under a statement; the first paragraph is the name."""


@dataclass(frozen=True)
class Block:
    """A statement, and a box for every candidate in page order."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Topic:
    """What begins on a sheet of its own."""

    name: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Part:
    """A guide in one language. `head`, `names`, `foot` and `address` stand on every sheet, `about` on the first, `closing` on the last.

    `names` tells every candidate in page order. `again` marks what goes on from the sheet before; `numbered` holds {n} and {all},
    `lost` tells what {letter} stands for.
    """

    lang: str
    title: str
    head: tuple[str, ...]
    names: str
    about: str
    topics: tuple[Topic, ...]
    closing: str
    address: str
    foot: tuple[str, ...]
    again: str
    numbered: str
    lost: str


def part(found: Comparison, said: Mapping[str, Replied], site: Site, config: Config, lang: str) -> Part:
    """The guide of a comparison in `lang`; `said` holds the candidates' replies by person, `site` the facts in `lang`."""
    with speaking(lang):
        race = found.contest
        fictional = (gettext("Fictional, for demonstration"),) if race.fictional else ()
        day = gettext("Election day: %(day)s") % {"day": long_date(race.election_date)}
        version = gettext("Version %(version)s") % {"version": pinned.version(found, said)}
        names = ", ".join(candidate.name for candidate in found.candidates)
        space = "; ".join(balance_line(balance, gettext) for balance in found.balance)
        return Part(
            lang=lang,
            title=race.title.within(lang),
            head=(
                " · ".join((*fictional, race.place, day)),
                f"{version}. {order_line(found, gettext, long_date)}",
            ),
            names=gettext("Every candidate, in this order: %(names)s") % {"names": names},
            about=figures_line(found.figures, found.by, gettext, lang),
            topics=(*_topics(found, lang), *_replies(found, said)),
            closing=f"{gettext('Space given to each:')} {space}.",
            address=pinned.address(config, found, lang),
            foot=tuple(_foot(site)),
            again=gettext("(continued)"),
            numbered=gettext("Page {n} of {all}"),
            lost=gettext("{letter} stands for a letter that this file cannot print; the web page has it."),
        )


def _topics(found: Comparison, lang: str) -> Iterator[Topic]:
    topics: dict[str | None, list[Row]] = {}
    for row in found.rows:
        topics.setdefault(row.topic, []).append(row)
    for rows in topics.values():
        name = rows[0].topic_name
        blocks = (Block(_asked(row, lang), tuple(_box(cell, lang) for cell in row.cells)) for row in rows)
        others = gettext("Other questions") if found.by == "question" else gettext("Other statements")
        yield Topic(name.within(lang) if name else others, tuple(blocks))


def _asked(row: Row, lang: str) -> str:
    """A statement in the reader's language; a question as it was asked, with where and when."""
    if not row.quoted:
        return row.text.within(lang)
    where = (row.forum_title.within(lang) if row.forum_title else "", long_date(row.held_on) if row.held_on else "")
    told = ", ".join(one for one in where if one)
    return f"“{row.asked}” ({told})" if told else f"“{row.asked}”"


def _replies(found: Comparison, said: Mapping[str, Replied]) -> Iterator[Topic]:
    """The candidates' own replies, as the page of the comparison has them; nothing where nobody was invited."""
    if said:
        rule = gettext("Each candidate may reply in at most %(n)s words. Nobody here changes what they write.")
        boxes = tuple((*_name(candidate), _reply(said.get(candidate.slug))) for candidate in found.candidates)
        yield Topic(gettext("In their own words: the candidates reply"), (Block(rule % {"n": WORDS}, boxes),))


def _reply(reply: Replied | None) -> Paragraph:
    if reply is not None and reply.text:
        return Paragraph(Style.WORDS, reply.text)
    if reply is None:
        return Paragraph(Style.REASON, gettext("Not invited to reply yet."))
    if reply.beside:
        return Paragraph(Style.REASON, gettext("They replied to single statements, in their boxes above."))
    taken_back = reply.versions
    return Paragraph(
        Style.REASON, gettext("The candidate took the reply back.") if taken_back else gettext("No reply was sent.")
    )


def _foot(site: Site) -> Iterator[str]:
    yield gettext("The web page is the accessible version, with every word and a link to every source.")
    if not site.publisher:
        yield gettext("This site does not say yet who publishes it.")
        return
    told = [gettext("Published by %(publisher)s.") % {"publisher": site.publisher}]
    if site.funding:
        told.append(gettext("Paid for by: %(funding)s.") % {"funding": site.funding})
    if site.interest:
        told.append(gettext("Interest: %(interest)s.") % {"interest": site.interest})
    yield " ".join(told)


def _name(candidate: Candidate) -> Iterator[Paragraph]:
    yield Paragraph(Style.NAME, candidate.name)


def _box(cell: Cell, lang: str) -> Box:
    return (*_name(cell.candidate), *_said(cell, lang))


def _said(cell: Cell, lang: str) -> Iterator[Paragraph]:
    """The paragraphs of the page's box (templates/components/comparison_cell.html), in its order; an answer has no label."""
    if cell.code != ANSWERED:
        yield Paragraph(Style.POSITION if cell.code else Style.REASON, cell.label(gettext, lang))
    if cell.reworded:
        worded = gettext("Judged by an earlier wording of the statement (version %(n)s).")
        yield Paragraph(Style.SMALL, worded % {"n": cell.statement_version})
    if cell.questioned:
        yield Paragraph(Style.SMALL, gettext("Questioned: somebody reported this, and we are looking into it."))
    if cell.condition:
        yield Paragraph(Style.WORDS, f"{gettext('Condition:')} {cell.condition.within(lang)}")
    if cell.scope:
        yield Paragraph(Style.WORDS, f"{gettext('Only for:')} {cell.scope.within(lang)}")
    if cell.summary and (cell.code is None or not cell.evidence):
        yield Paragraph(Style.WORDS, cell.summary.within(lang))
    if cell.note:
        yield Paragraph(Style.WORDS, cell.note.within(lang))
    if cell.code or not cell.summary:
        for piece in cell.passages:
            yield from _piece(piece, lang)
    if cell.further:
        more = ngettext("%(num)s more passage", "%(num)s more passages", cell.further)
        yield Paragraph(Style.SMALL, more % {"num": cell.further})
    if cell.evidence:
        yield Paragraph(Style.SMALL, _known(cell))
    if cell.coders == 1:
        yield Paragraph(Style.SMALL, gettext("Judged by one person."))
    if cell.reply:
        yield Paragraph(Style.SMALL, gettext("Their reply:"))
        yield Paragraph(Style.WORDS, cell.reply.text)
        yield Paragraph(Style.SMALL, gettext("How we made sure who replies: %(how)s") % {"how": cell.reply.verified})
    for other in (*cell.since, *cell.earlier):
        day = f"{long_date(other.as_of)}: " if other.as_of else ""
        yield Paragraph(Style.SMALL, day + other.label(gettext, lang))
    for later in (cell, *cell.earlier):
        yield from _why(later, lang)


def _why(later: Cell, lang: str) -> Iterator[Paragraph]:
    """What a candidate gave as the reason of a change, and what editors note of the circumstances."""
    if later.why:
        yield Paragraph(Style.SMALL, gettext("Why, as %(name)s told it:") % {"name": later.candidate.name})
    for piece in later.why:
        yield from _piece(piece, lang)
    if later.around:
        around = gettext("What changed around it, as editors note:")
        yield Paragraph(Style.SMALL, f"{around} {later.around.within(lang)}")


def _piece(piece: Evidence, lang: str) -> Iterator[Paragraph]:
    """Quotation marks stand round words held in our record, and round short fragments printed in a source."""
    if piece.quoted is not None:
        yield Paragraph(Style.WORDS, piece.quoted)
        translated = piece.translation(lang)
        if translated:
            by = gettext("In translation (%(by)s):") % {"by": piece.translator or gettext("ours")}
            yield Paragraph(Style.SMALL, f"{by} {translated}")
    elif piece.told:
        fragment = f" “{piece.fragment}”" if piece.fragment else ""
        yield Paragraph(Style.WORDS, piece.told.within(lang) + fragment)


def _known(cell: Cell) -> str:
    """How we know, of which days, and from which sources."""
    days = dict.fromkeys(piece.said_on or cell.as_of for piece in cell.evidence)
    told = (cell.how_we_know(gettext), *(long_date(day) for day in days if day), *map(_source, cell.sources))
    return " · ".join(one for one in told if one)


def _source(source: SourceRef) -> str:
    return f"{source.title}, {source.publisher}" if source.publisher else source.title
