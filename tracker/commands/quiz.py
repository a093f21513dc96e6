"""`tracker quiz CONTEST`: the blind quote quiz of a race, or what a code of ratings says, with the figures of the page (docs/quiz.md)."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from fractions import Fraction

    from positions.cells import Translate
    from positions.quiz import Card, Issue, Quiz, Result

Ratings = Mapping[int, "Fraction"]
"""By the number of the card; what was left open is not in it."""


@click.command()
@click.argument("contest")
@click.option(
    "--seed", type=click.IntRange(0, 999_999), help="Order of the sentences (default: the day's, or the code's)"
)
@click.option(
    "--answers", "code", help="A code of ratings as the page gives it: tells the result and whose words they were"
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
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON (docs/quiz.md)")
def command(
    contest: str, seed: int | None, code: str | None, order: str, day: datetime | None, lang: str | None, as_json: bool
) -> None:
    """Print the sentences to rate without their speakers, or with --answers the result. Nothing is stored."""
    from positions import quiz_code
    from positions.queries import merged
    from positions.queries import quiz as queries
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import translator
    from tracker.schema import require_current
    from transcripts.errors import Refusal

    coded = quiz_code.read(code) if code is not None else None
    if coded and seed not in (None, coded.seed):
        raise Refusal("The code holds the order of its sentences: leave --seed away.")
    config = Config.from_env()
    with Database(config.database_url) as database:
        require_current(database)
        with database.read() as session:
            merges = merged.read(session)
            slug, when = merges.last("race", contest), day.date() if day else datetime.now(UTC)
            quiz = queries.of_contest(session, slug, order, when, coded.seed if coded else seed, merges)
    ratings = quiz_code.ratings_of(quiz, coded) if coded else None
    reader = lang or config.lang
    if as_json:
        click.echo(json.dumps(as_data(quiz, ratings, translator(reader), reader), ensure_ascii=False, indent=2))
    else:
        for line in as_text(quiz, ratings, translator(reader), reader):
            click.echo(line)


def as_data(quiz: "Quiz", ratings: Ratings | None, translate: "Translate", lang: str) -> dict[str, Any]:
    """The quiz as plain data; whose words they are stands in it only beside ratings (None: nothing was rated yet)."""
    from positions.quiz import results
    from positions.quiz_sentences import order_lines, shortfall

    rule, contest = quiz.comparison.order_rule, quiz.comparison.contest
    found = results(quiz, ratings) if ratings is not None else ()
    return {
        "contest": contest.slug,
        **({"fictional": True} if contest.fictional else {}),
        "order_rule": {"name": rule.name, "date": rule.date.isoformat(), "offset": rule.offset},
        "built": quiz.built,
        "shortfall": shortfall(quiz, translate) or None,
        "version": quiz.version,
        "seed": quiz.seed,
        "issues": [_issue(quiz, issue, lang) for issue in quiz.issues] if quiz.built else [],
        "cards": [_card(card, ratings) for card in quiz.cards] if quiz.built else [],
        "label": order_lines(found, translate) if ratings is not None else None,
        "candidates": [_result(one, translate) for one in found],
    }


def _issue(quiz: "Quiz", issue: "Issue", lang: str) -> dict[str, Any]:
    from positions.leaks import shown

    return {
        "key": issue.row.key,
        "text": issue.row.text.within(lang),
        "question": shown(issue.question_parts) or None,
        "cards": [card.n for card in quiz.cards_of(issue)],
        "silent": len(quiz.silent(issue)),
    }


def _card(card: "Card", ratings: Ratings | None) -> dict[str, Any]:
    quote = card.quote
    told = {"n": card.n, "issue": quote.statement, "words": quote.shown, "lang": quote.piece.lang}
    if ratings is None:
        return told
    rating = ratings.get(card.n)
    return {
        **told,
        "rating": None if rating is None else float(rating),
        "candidate": quote.candidate.slug,
        "said": quote.piece.text,
        "blanked": list(quote.blanked),
        "url": quote.piece.link,
    }


def _result(one: "Result", translate: "Translate") -> dict[str, Any]:
    from positions.matching import percent
    from positions.quiz_sentences import count_lines

    ends = [end for end in (one.figures.low, one.figures.high) if end is not None]
    return {
        "slug": one.candidate.slug,
        "name": one.candidate.name,
        "label": count_lines(one, translate),
        "ratings": dict(one.counts),
        "open": one.open,
        "silent": one.silent,
        "lo": float(ends[0]) if ends else None,
        "hi": float(ends[1]) if ends else None,
        "percent": [percent(end) for end in ends] or None,
    }


def as_text(quiz: "Quiz", ratings: Ratings | None, translate: "Translate", lang: str) -> Iterator[str]:
    """The quiz for people: why there is none, or the sentences, or the result and whose words they were."""
    from positions.quiz_sentences import share_line, shortfall, silent_line

    yield quiz.comparison.contest.title.within(lang)
    if not quiz.built:
        yield shortfall(quiz, translate)
        return
    for issue in quiz.issues:
        yield ""
        yield issue.row.text.within(lang)
        for card in quiz.cards_of(issue):
            yield f"  {card.n}. {_words(card, ratings)}"
        if silent := silent_line(len(quiz.silent(issue)), len(quiz.comparison.candidates), translate):
            yield f"  {silent}"
    yield ""
    if ratings is None:
        yield from (share_line(share, translate) for share in quiz.shares)
        return
    yield from _result_lines(quiz, ratings, translate)


def _words(card: "Card", ratings: Ratings | None) -> str:
    if ratings is None:
        return f"“{card.quote.shown}”"
    rating = ratings.get(card.n)
    return f"“{card.quote.piece.text}” {card.quote.candidate.name}: {'–' if rating is None else f'{float(rating):g}'}"


def _result_lines(quiz: "Quiz", ratings: Ratings, translate: "Translate") -> Iterator[str]:
    from positions.match_sentences import interval_words
    from positions.quiz import results
    from positions.quiz_sentences import count_lines, order_lines

    found = results(quiz, ratings)
    yield order_lines(found, translate)
    for one in found:
        words = (count_lines(one, translate), interval_words(one.figures, translate))
        yield f"{one.candidate.name}: {' '.join(word for word in words if word)}"
