"""`tracker search`: find what was said."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from transcripts.vocabulary import GRADE_WORDS, ROLE_WORDS, Grade, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.in_documents import FoundPassage, InDocuments
    from tracker.on_file import OnFile
    from transcripts.search.arranging import Group
    from transcripts.search.names import Names
    from transcripts.search.query import Query
    from transcripts.search.searching import FoundTurn, Results

    Translate = Callable[[str], str]

SHOWN = 12
"""Values printed of one facet."""
FOUND = "Found: {n}"
MEANT = "Did you mean: {query}"
IN_DOCUMENTS = "In documents: {n}"
PAGE = "page {n}"
UNHEARD = "We hold no words of {name}."
LESS = "Try instead: {query} ({n})"
KINDS = {"speaker": "Speaker:", "topic": "Topic:"}
PAGES = {"speaker": "speakers", "topic": "topics"}
FICTIONAL = "fictional"
UNKNOWN_VOICE = ROLE_WORDS[Role.UNKNOWN]
FACET_WORDS = {
    "speaker": "By speaker",
    "topic": "By topic",
    "forum": "By forum",
    "contest": "By race",
    "year": "By year",
}


@click.command()
@click.argument("query")
@click.option("--speaker", multiple=True, metavar="SLUG", help="Only what this person said (may be repeated).")
@click.option("--topic", multiple=True, metavar="SLUG", help="Only on this topic.")
@click.option("--forum", multiple=True, metavar="SLUG", help="Only at this forum.")
@click.option(
    "--contest", multiple=True, metavar="SLUG", help="Only at forums of this race; its candidates count even at zero."
)
@click.option(
    "--from", "first", default="", metavar="DATE", help="From this day, month or year: 2015-11-03, 2015-11, 2015."
)
@click.option("--to", "last", default="", metavar="DATE", help="Up to the end of this day, month or year.")
@click.option(
    "--sort", type=click.Choice(["relevance", "newest", "oldest", "added"]), default="relevance", show_default=True
)
@click.option(
    "--group", type=click.Choice(["speaker", "forum"]), help="The first hits of each speaker or forum instead."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many hits to print.")
@click.option("--engine", type=click.Choice(["tantivy", "whoosh"]), help="Another engine than TRACKER_SEARCH names.")
@click.option("--lang", type=click.Choice(["en", "es"]), help="Language of our words (default: the site's).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    query: str,
    speaker: tuple[str, ...],
    topic: tuple[str, ...],
    forum: tuple[str, ...],
    contest: tuple[str, ...],
    first: str,
    last: str,
    sort: str,
    group: str | None,
    limit: int,
    engine: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Find what was said.

    Words must all occur, in any form. Also: OR, -word, "exact phrase", immig*, segara~, "a b"~5, speaker:, topic:, forum:,
    contest:, party:, role:, place:, lang:, grade:, date:2015..2016, has:video.
    """
    from dataclasses import replace

    from tracker import in_documents, indexing, schema
    from tracker.asking import ask, known_names
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import translator
    from tracker.on_file import on_file
    from transcripts.search.arranging import grouped
    from transcripts.search.controls import between, controls
    from transcripts.search.engine import Sort
    from transcripts.search.finding import Asked

    config = Config.from_env()
    config = replace(config, search=engine or config.search)
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    schema.require_current(database)
    filters = (*controls(speaker, topic, forum, contest), *between(first, last))
    with database.read() as session:
        names = known_names(session)
        opened = indexing.open_engine(config)
        found = ask(session, opened, Asked(query, filters, Sort(sort), limit), names)
        if not found.total:
            _refuse_unknown(filters, names)
        groups = grouped(session, opened, found, group) if group else None
        beside = () if as_json else on_file(session, found)
        papers = indexing.open_engine(config, indexing.PASSAGES)
        written = in_documents.ask(session, papers, Asked(query, filters, Sort(sort)), limit)
    reader = lang or config.lang
    if as_json:
        data = {**as_data(found, reader, groups), "documents": _written(written, reader)}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in (
            *as_text(found, names, translator(reader), reader, groups),
            *_positions(beside, translator(reader), reader),
            *_in_documents(written, translator(reader), reader),
        ):
            click.echo(line)


def _refuse_unknown(filters: "Sequence[Query]", names: "Names") -> None:
    """A filter that finds nothing because nothing goes by that name is a mistake in the command. Raises NotFound."""
    from transcripts.errors import NotFound
    from transcripts.search.query import Field, Or

    for one in (part for query in filters for part in (query.parts if isinstance(query, Or) else (query,))):
        if not isinstance(one, Field) or (one.name, one.value) in names.by_slug or names.filtered(one):
            continue
        if names.resolved(one) == one:
            raise NotFound("There is no {kind} “{name}” here.", kind=one.name, name=one.value)


def as_data(found: "Results", lang: str, groups: "tuple[Group, ...] | None" = None) -> dict[str, Any]:
    """The results as plain data: queries are printed, snippets are plain text with marks, urls are relative."""
    meant = found.advice.meant
    data: dict[str, Any] = {
        "understood": found.understood,
        "total": found.total,
        "relaxed": found.relaxed,
        "hits": [_hit(hit) for hit in found.hits],
        "facets": {
            name: [{"slug": one.slug, "name": one.name.within(lang), "count": one.count} for one in counts]
            for name, counts in found.facets.items()
        },
        "matched": [{"kind": one.kind, "slug": one.slug, "name": one.name.within(lang)} for one in found.matched],
        "notes": [str(note) for note in found.notes],
        "did_you_mean": str(meant) if meant else None,
        "instead": [{"query": str(one.query), "total": one.total} for one in found.advice.less],
    }
    if groups is not None:
        data["groups"] = [
            {
                "slug": one.value.slug,
                "name": one.value.name.within(lang),
                "count": one.value.count,
                "hits": [_hit(hit) for hit in one.hits],
            }
            for one in groups
        ]
    return data


def _hit(hit: "FoundTurn") -> dict[str, Any]:
    row = hit.row
    return {
        "turn": row.key,
        "speaker": row.speaker,
        "speaker_slug": row.speaker_slug,
        "forum": row.forum,
        "date": row.date.isoformat(),
        "grade": row.grade,
        "fictional": row.fictional,
        "snippet": hit.snippet,
        "marks": [list(mark) for mark in hit.marks],
        "url": hit.url,
    }


def as_text(
    found: "Results", names: "Names", translate: "Translate", lang: str, groups: "tuple[Group, ...] | None" = None
) -> Iterator[str]:
    """The results for people: how the search was read, how much there is, the hits, and who said how much of it."""
    from transcripts.search.explaining import explain, say

    if found.query or found.total:
        yield f"{translate('Understood as:')} {say(explain(found.query, names, lang), translate)}"
    for note in found.notes:
        yield translate(note.message).format(**dict(note.args))
    for known in found.matched:
        yield f"{translate(KINDS[known.kind])} {known.name.within(lang)} · /{PAGES[known.kind]}/{known.slug}"
    for known in found.matched:
        if known.slug in found.advice.unheard:
            yield translate(UNHEARD).format(name=known.name.within(lang))
    if found.advice.meant:
        yield translate(MEANT).format(query=found.advice.meant)
    for less in found.advice.less:
        yield translate(LESS).format(query=less.query, n=less.total)
    yield translate(FOUND).format(n=found.total)
    for hit in found.hits if groups is None else ():
        yield ""
        yield from _printed(hit, translate, lang)
    for group in groups or ():
        yield ""
        yield f"{group.value.name.within(lang)}: {group.value.count}"
        for hit in group.hits:
            yield from _printed(hit, translate, lang)
    for name, counts in found.facets.items():
        told = ", ".join(f"{one.name.within(lang)} {one.count}" for one in counts[:SHOWN])
        if told:
            yield ""
            yield f"{translate(FACET_WORDS[name])}: {told}"


def _positions(beside: "Iterable[OnFile]", translate: "Translate", lang: str) -> Iterator[str]:
    """Positions on the statements a search is about, where it found few words."""
    for one in beside:
        yield ""
        yield f"{one.contest.title.within(lang)}: {one.row.text.within(lang)}"
        for cell in one.cells:
            yield f"  {cell.candidate.name}: {cell.label(translate, lang)}"
        yield f"  {one.path}"


def _written(found: "InDocuments", lang: str) -> dict[str, Any]:
    """What stands in documents, as plain data."""
    hits = [
        {
            "document": hit.row.document,
            "title": hit.row.title.within(lang),
            "date": hit.row.printed_day,
            "page": hit.row.page,
            "fictional": hit.row.fictional,
            "snippet": hit.snippet,
            "marks": [list(mark) for mark in hit.marks],
            "url": hit.url,
        }
        for hit in found.hits
    ]
    return {"total": found.total, "hits": hits}


def _in_documents(found: "InDocuments", translate: "Translate", lang: str) -> Iterator[str]:
    """What stands in documents, where anything does."""
    if found.total:
        yield ""
        yield translate(IN_DOCUMENTS).format(n=found.total)
    for hit in found.hits:
        page = f" · {translate(PAGE).format(n=hit.row.page)}" if hit.row.page else ""
        fictional = f" · {translate(FICTIONAL)}" if hit.row.fictional else ""
        yield ""
        yield f"{hit.row.title.within(lang)} · {hit.row.printed_day}{page}{fictional}"
        yield f"  {_lit(hit)}"
        yield f"  {hit.url}"


def _printed(hit: "FoundTurn", translate: "Translate", lang: str) -> Iterator[str]:
    row = hit.row
    grade = translate(GRADE_WORDS[Grade(row.grade)]).format(source=row.source or "?")
    fictional = f" · {translate(FICTIONAL)}" if row.fictional else ""
    yield f"{row.speaker or translate(UNKNOWN_VOICE)} · {row.forum_title.within(lang)} · {row.date}{fictional}"
    yield f"  {_lit(hit)}"
    yield f"  {grade} · {hit.url}"


def _lit(hit: "FoundTurn | FoundPassage") -> str:
    """The snippet with its marks in bold; a terminal that cannot show it prints the words."""
    parts, last = [], 0
    for start, end in hit.marks:
        parts += [hit.snippet[last:start], click.style(hit.snippet[start:end], bold=True)]
        last = end
    return "".join((*parts, hit.snippet[last:]))
