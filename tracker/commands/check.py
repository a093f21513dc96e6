"""`tracker check`: is this what was said?"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.checking import Checked, Checks, Found
    from transcripts.checking.spotting import Pasted, Spotted

    Translate = Callable[[str], str]

MOST_BYTES = 4_000_000
MOST_LINES = 5_000


@click.command()
@click.argument("text", required=False)
@click.option("--speaker", metavar="NAME", help="Whose words they are said to be: a name, or the slug of a person.")
@click.option(
    "--file",
    "listed",
    metavar="FILE",
    help="Check a list: one quotation a line, perhaps a TAB and a name (- reads standard input).",
)
@click.option("--lang", type=click.Choice(["en", "es"]), help="Language of our words (default: the site's).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each quotation.")
def command(text: str | None, speaker: str | None, listed: str | None, lang: str | None, as_json: bool) -> None:
    """Check the quotations in TEXT (a quotation, a paragraph, an article; - reads standard input) against what is held.

    Each gets one of: verbatim · verbatim with marked omission · changed words · words of someone else · stitched from several
    turns · only a paraphrase or recap on file · not in what we hold. Case and punctuation do not count, "not" always does; … and
    [brackets] are taken as marks.
    """
    from tracker import schema
    from tracker.checking import check
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import translator

    pasted = _pasted(text, speaker, listed)
    config = Config.from_env()
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    schema.require_current(database)
    with database.read() as session:
        checks = check(session, pasted)
    reader = lang or config.lang
    for line in as_lines(checks) if as_json else as_text(checks, translator(reader), reader):
        click.echo(line)


def _pasted(text: str | None, speaker: str | None, listed: str | None) -> "Sequence[Spotted | Pasted]":
    """What is to be checked. Raises Refusal and BadFile, which names the line."""
    from transcripts.checking.spotting import Pasted, line, spot
    from transcripts.errors import BadFile, Refusal

    if (text is None) == (listed is None):
        raise Refusal("Give a quotation, or a list with --file; one of the two.")
    if listed is None:
        return [spot(_read("-") if text == "-" else text or "", speaker)]
    found: list[Pasted] = []
    for number, row in enumerate(_read(listed).split("\n"), 1):
        if not row.strip():
            continue
        if len(found) == MOST_LINES:
            raise Refusal("The list has more than {n} quotations. Check it in parts.", n=MOST_LINES)
        try:
            one = line(row)
        except Refusal as refusal:
            raise BadFile.of(refusal.message, number) from refusal
        found.append(Pasted(one.text, one.claimed or speaker))
    if not found:
        raise Refusal("The list holds no quotation.")
    return found


def _read(name: str) -> str:
    """A text file, or standard input. Raises Refusal."""
    from tracker.given import content
    from transcripts.errors import Refusal
    from transcripts.formats.decoding import decode

    data = content(name, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise Refusal("That is more than {n} bytes. Check it in parts.", n=MOST_BYTES)
    return decode(data).text


def as_lines(checks: "Checks") -> Iterator[str]:
    """One JSON object a line for each quotation."""
    for one in checks.checked:
        yield json.dumps(as_data(one, checks), ensure_ascii=False)


def as_data(one: "Checked", checks: "Checks") -> dict[str, Any]:
    """A verdict as plain data: places are half-open code points of the passage, urls relative, `difference` in order.

    `op`: equal, replace, insert (only quoted), delete (only held), omission (left out and marked), bracket (held, where words in
    brackets stand).
    """
    best = _told(one.found[0]) if one.found else None
    complete = checks.complete
    return {
        "verdict": str(one.verdict),
        "quotation": one.text.replace("\0", "…"),
        "claimed_speaker": one.claim.name if one.claim else None,
        **(best or dict.fromkeys(_NOTHING)),
        "negation": one.negated,
        "parts": [_told(found) for found in one.found] if len(one.found) > 1 else [],
        "rivals": [_told(found) for found in one.rivals],
        "on_file": [
            {
                "person": told.person,
                "speaker_slug": told.slug,
                "source": told.source,
                "text": told.shown.en,
                "url": told.path,
            }
            for told in one.told
        ],
        "heard_at": [
            {"forum": forum.slug, "grade": forum.grade, "reports": forum.articles, "has_video": forum.videos > 0}
            for forum in one.heard
        ],
        "held": {
            "transcripts": complete.transcripts,
            "reports": complete.reports,
            "without_words": complete.silent,
            "first_year": complete.first,
            "last_year": complete.last,
            "words": complete.words,
        },
    }


_NOTHING = (
    "speaker",
    "speaker_slug",
    "forum",
    "date",
    "turn",
    "passage",
    "start",
    "end",
    "start_ms",
    "video_url",
    "grade",
    "source",
    "as_quoted_by",
    "url",
    "difference",
)


def _told(found: "Found") -> dict[str, Any]:
    turn = found.turn
    return {
        "speaker": turn.speaker_name or turn.label,
        "speaker_slug": turn.person_slug,
        "forum": turn.forum.slug,
        "date": turn.forum.held_on.isoformat(),
        "turn": turn.key,
        "passage": found.words,
        "start": found.place.fit.start,
        "end": found.place.fit.end,
        "start_ms": turn.start_ms,
        "video_url": turn.video_url,
        "grade": str(turn.grade),
        "source": turn.record.source_name,
        "as_quoted_by": found.quoted_by,
        "url": found.path,
        "difference": [{"op": op, "quoted": quoted, "held": held} for op, quoted, held in found.difference],
    }


def as_text(checks: "Checks", translate: "Translate", lang: str) -> Iterator[str]:
    """The verdicts for people."""
    from tracker import verdicts

    for one in checks.checked:
        yield click.style(verdicts.verdict_words(one.verdict, translate), bold=True)
        shown = one.text.replace("\0", "…")
        yield f"  {shown if len(shown) < 300 else shown[:300] + ' …'}"
        for sentence in verdicts.sentences(one, translate):
            yield f"  {sentence}"
        for found in (*one.found, *one.rivals):
            yield from _printed(found, translate, lang)
        for told in one.told:
            yield f"  {told.person}: {told.shown.within(lang)} ({told.source}) · {told.path}"
        for forum in () if one.found else one.heard:
            yield f"  {forum.title.within(lang)}: {verdicts.on_file(forum, translate)}"
        yield ""
    yield verdicts.held(checks.complete, translate)


def _printed(found: "Found", translate: "Translate", lang: str) -> Iterator[str]:
    from tracker import verdicts
    from transcripts.vocabulary import GRADE_WORDS, Grade

    turn = found.turn
    speaker = turn.speaker_name or turn.label or translate(verdicts.AN_UNKNOWN_VOICE)
    yield f"    {' '.join(_marked(*change) for change in found.difference)}"
    yield f"    {speaker} · {turn.forum.title.within(lang)} · {turn.forum.held_on}"
    yield f"    {translate(GRADE_WORDS[Grade(turn.grade)]).format(source=turn.record.source_name or '?')} · {found.path}"


def _marked(operation: str, quoted: str, held: str) -> str:
    """[-only held-] {+only quoted+} (left out and marked)."""
    if operation == "equal":
        return held
    if operation in ("omission", "bracket"):
        return f"({held})" if held else ""
    return " ".join(filter(None, (f"[-{held}-]" if held else "", f"{{+{quoted}+}}" if quoted else "")))
