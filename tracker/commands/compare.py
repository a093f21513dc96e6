"""`tracker compare CONTEST`: the candidates of a race side by side, from the question the page asks too."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from positions.cells import Cell, Evidence, OwnReply, SourceRef, Translate
    from positions.comparison import Comparison, Row
    from positions.narrowing import Narrowed
    from tracker.replying.replies import Replied

Plural = Callable[[str, str, int], str]


@click.command()
@click.argument("contest")
@click.option(
    "--by",
    type=click.Choice(["question", "topic", "statement"]),
    help="The view (default: statement; question in a guide of own words)",
)
@click.option(
    "--order", type=click.Choice(["rotation", "ballot", "alphabetical"]), default="rotation", show_default=True
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day of the rotation (default: today in the race's zone)"
)
@click.option(
    "--lang", type=click.Choice(["en", "es"]), default=None, help="Language of our words (default: the site's)"
)
@click.option("--differ", is_flag=True, help="Only the statements on which candidates differ, or may (by statement)")
@click.option("--pairs", "alike", is_flag=True, help="Print who answered alike instead, two by two, by statement")
@click.option("--json", "as_json", is_flag=True, help="Print the whole grid as JSON (docs/compare.md)")
def command(contest: str, by: str | None, order: str, day: datetime | None, lang: str | None, **flags: bool) -> None:
    """Compare the candidates of a race by question, topic or statement."""
    from positions.comparison import with_replies
    from positions.narrowing import narrowed
    from positions.queries import contests, merged
    from tracker.config import Config
    from tracker.db import Database
    from tracker.freezing import told
    from tracker.i18n import translations, translator
    from tracker.replying import replies
    from tracker.schema import require_current

    config = Config.from_env()
    database = Database(config.database_url)
    click.get_current_context().call_on_close(database.dispose)
    require_current(database)
    with database.read() as session:
        slug = merged.moved_to(session, "race", contest) or contest
        when = day.date() if day else datetime.now(UTC)
        whole = contests.comparison_of(session, slug, "statement" if flags["alike"] else by, order, when)
        freeze = told.of_race(session, slug)
        said = replies.of_race(session, slug)
    found = narrowed(with_replies(whole, replies.in_boxes(said)), differ=flags["differ"])
    reader = lang or config.lang
    translate = translator(reader)
    if flags["alike"]:
        _pairs(whole, flags["as_json"])
    elif flags["as_json"]:
        prefix = "" if reader == config.lang else f"/{reader}"
        data = {
            **as_data(found, translate, reader, prefix),
            "replies": [_replied(one) for one in said],
            "freeze": told.as_data(freeze),
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in as_text(found, translate, translations(reader).ungettext, reader):
            click.echo(line)


def _pairs(comparison: "Comparison", as_json: bool) -> None:
    from positions.pairs import pairs

    found = pairs(comparison)
    if as_json:
        told = [
            {
                "candidates": [pair.one.slug, pair.other.slug],
                "alike": pair.alike,
                "both": pair.both,
                "share": None if pair.share is None else float(pair.share),
            }
            for pair in found
        ]
        click.echo(json.dumps({"contest": comparison.contest.slug, "pairs": told}, ensure_ascii=False, indent=2))
    for pair in () if as_json else found:
        click.echo(f"{pair.one.name}, {pair.other.name}: alike on {pair.alike} of the {pair.both} that both answered")


def as_data(found: "Narrowed", translate: "Translate", lang: str, prefix: str = "") -> dict[str, Any]:
    """The grid as plain data. Addresses of our pages begin with `prefix` (empty or /es) and are relative to the site."""
    comparison, rule = found.comparison, found.whole.order_rule
    return {
        "contest": comparison.contest.slug,
        **({"fictional": True} if comparison.contest.fictional else {}),
        "order_rule": {"name": rule.name, "date": rule.date.isoformat(), "offset": rule.offset},
        "candidates": [{"slug": one.slug, "name": one.name} for one in comparison.candidates],
        "shown": {"rows": len(comparison.rows), "of": len(found.whole.rows), "differ": found.differ},
        "rows": [
            {
                "key": row.key,
                "text": row.text.within(lang),
                "topic": row.topic,
                **(_statement(row, lang) if comparison.by == "statement" else {}),
                **({"differs": found.differs[row.key]} if row.key in found.differs else {}),
                "cells": {cell.candidate.slug: _cell(cell, translate, lang, prefix) for cell in row.cells},
            }
            for row in comparison.rows
        ],
    }


def _statement(row: "Row", lang: str) -> dict[str, Any]:
    """What a statement has beside its words: `options` by key, null for one to be for or against."""
    return {
        "version": row.version,
        "proposed_by": row.proposed_by,
        "synonyms": list(row.synonyms),
        "options": {one.key: one.text.within(lang) for one in row.options} or None,
    }


def _cell(cell: "Cell", translate: "Translate", lang: str, prefix: str) -> dict[str, Any]:
    return {
        "code": cell.code,
        **({"option": cell.choice} if cell.choice else {}),
        "reason": cell.reason,
        "label": cell.label(translate, lang),
        "tier": cell.tier,
        **({"judged_on": cell.statement_version} if cell.reworded else {}),
        "as_of": cell.as_of.isoformat() if cell.as_of else None,
        "evidence": [told for piece in cell.evidence for told in _evidence(piece, lang, prefix)],
        "sources": [_source(source) for source in cell.sources],
        "why": [told for piece in cell.why for told in _evidence(piece, lang, prefix)],
        "around": cell.around.within(lang) if cell.around else None,
        "reply": _reply(cell.reply) if cell.reply else None,
    }


def _reply(reply: "OwnReply") -> dict[str, Any]:
    """The candidate's own words; the moment is UTC."""
    return {"text": reply.text, "at": reply.at.isoformat(), "verified": reply.verified}


def _replied(one: "Replied") -> dict[str, Any]:
    """Somebody who was invited to reply to the whole comparison, and what stands of it: no words where there are none."""
    at = one.versions[0].at.isoformat() if one.text else None
    return {"candidate": one.person, "text": one.text or None, "at": at, "verified": one.verified}


def _evidence(piece: "Evidence", lang: str, prefix: str) -> Iterator[dict[str, Any]]:
    url = f"{prefix}{piece.link}"
    yield {"kind": piece.kind, "text": piece.words(lang), "turn": piece.turn, "url": url}
    translation = piece.translation(lang)
    if translation is not None:
        yield {"kind": "translation", "text": translation, "turn": piece.turn, "url": url}


def _source(source: "SourceRef") -> dict[str, Any]:
    name = f"{source.title} ({source.publisher})" if source.publisher else source.title
    return {"title": name, "url": source.url}


def as_text(found: "Narrowed", translate: "Translate", plural: Plural, lang: str) -> Iterator[str]:
    """The grid for people: a block for each row, a line for each candidate."""
    from positions.narrowing import CANT_TELL, differ_line
    from positions.sentences import balance_line, figures_line, order_line

    comparison = found.comparison
    yield comparison.contest.title.within(lang)
    yield figures_line(found.whole.figures, comparison.by, translate, lang)
    yield order_line(comparison, translate)
    if found.differ:
        yield differ_line(found, translate)
    for row in comparison.rows:
        yield ""
        yield from _row(row, translate, plural, lang)
        if found.differ and found.differs[row.key] is None:
            yield f"  {translate(CANT_TELL)}"
    yield ""
    for balance in comparison.balance:
        yield balance_line(balance, translate)


def _row(row: "Row", translate: "Translate", plural: Plural, lang: str) -> Iterator[str]:
    yield f"“{row.text.en}”" if row.quoted else row.text.within(lang)
    for cell in row.full:
        yield f"  {cell.candidate.name}: {cell.label(translate, lang)}"
        if cell.reply:
            yield f"    {translate('Their reply:')} {cell.reply.text}"
        for detail in (cell.condition, cell.scope, cell.note):
            if detail is not None:
                yield f"    {detail.within(lang)}"
        for piece in cell.evidence:
            yield f"    {_quoted(piece, lang)}"
        if cell.more:
            more = plural("%(num)s more passage", "%(num)s more passages", cell.more)
            yield f"    {more % {'num': cell.more}}"
    for fold in row.folds:
        names = ", ".join(one.name for one in fold.candidates)
        yield f"  {fold.cell.label(translate, lang)}: {names}"


def _quoted(piece: "Evidence", lang: str) -> str:
    """Quotation marks stand round words of the record only."""
    return f"{piece.quoted or piece.words(lang)} ({piece.source.name})"
