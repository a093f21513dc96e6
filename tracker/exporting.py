"""A forum's record as a file to take away: one way for the command line and for the download on the forum's page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from positions.cells import Translate
from tracker.config import Config
from transcripts import formats
from transcripts.formats.format import Writer
from transcripts.queries import exports
from transcripts.queries.exports import Exported
from transcripts.queries.turns import TurnView
from transcripts.vocabulary import GRADE_WORDS

FORMAT_WORDS = {
    "json": "JSON",
    "webvtt": "WebVTT captions",
    "srt": "SRT captions",
    "plain": "Plain text",
    "csv": "CSV table",
    "docx": "Word document",
}
"""Each format we write, in the words of a reader."""

FICTIONAL = "Fictional, for demonstration: invented to show how this site works."


@dataclass(frozen=True)
class File:
    """A file to be sent or saved."""

    filename: str
    media_type: str
    data: bytes


def export(session: Session, slug: str, name: str, config: Config, lang: str, translate: Translate) -> File:
    """The words of a forum that may be shown, in the format of that name, its header in the words of `lang`.

    Raises NotFound where there are none, Refusal where the format cannot carry them.
    """
    writer = formats.writer(name)
    found = exports.of_forum(session, slug)
    record = replace(found.record, header=_header(found, config, lang, translate))
    return File(f"{slug}{writer.SUFFIX}", writer.MEDIA_TYPE, writer.write(record))


def offered(said: Sequence[TurnView]) -> list[Writer]:
    """The formats that can carry these turns: captions need a time for everything, and one recording."""
    shown = [turn for turn in said if turn.status == "current"]
    if not shown:
        return []
    timed = all(turn.start_ms is not None for turn in shown) and len({turn.part for turn in shown}) == 1
    return [writer for writer in formats.WRITERS if timed or not writer.TIMED]


def _header(found: Exported, config: Config, lang: str, translate: Translate) -> dict[str, str]:
    """What every file says of itself: which forum, how far its words can be trusted, where they are from, and invented or not."""
    line, source = found.forum.line, found.published.source
    prefix = "" if lang == config.lang else f"/{lang}"
    told = {
        "title": line.title.within(lang),
        "date": line.held_on.isoformat(),
        "place": line.city,
        "venue": line.venue,
        "kind": line.kind,
        "language": line.language,
        "zone": line.zone,
        "video": line.video_url,
        "source": source.title if source else None,
        "publisher": source.publisher if source else None,
        "words": translate(GRADE_WORDS[found.record.grade]).format(
            source=found.published.source_name or translate("its publisher")
        ),
        "address": f"{config.site_url}{prefix}/forums/{line.slug}",
        "fictional": translate(FICTIONAL) if line.fictional else None,
    }
    return {name: value for name, value in told.items() if value}
