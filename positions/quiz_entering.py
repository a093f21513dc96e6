"""Whose words may enter the quote quiz of a race, and why others may not. The rules: design of the comparison, section 5. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from positions.cells import Cell, Evidence
from positions.comparison import Comparison, Row
from positions.leaks import Cue, Part, blank, remaining
from positions.quiz import APPROVED, REFUSED, Decision, Issue, Question, Quiz, Quote, Rules
from positions.quoting import LEAST, MOST, question_in
from positions.scale import Code, EvidenceKind, Tier
from transcripts.text import count_words


def quiz_of(
    comparison: Comparison,
    questions: Mapping[str, Question],
    rules: Rules,
    decisions: Mapping[tuple[str, str, str], Decision],
    seed: int,
) -> Quiz:
    """The quiz of a comparison by statement. `questions` by the turn that answers; `decisions` by statement, person and words."""
    return Quiz(comparison, tuple(_issue(row, questions, rules, decisions) for row in comparison.rows), seed)


def _issue(
    row: Row,
    questions: Mapping[str, Question],
    rules: Rules,
    decisions: Mapping[tuple[str, str, str], Decision],
) -> Issue:
    quotes = [_quote(row, cell, piece, questions, rules) for cell in row.cells for piece in _quoted(cell)]
    question = _common(quotes)
    parts = blank(question_in(question.text), rules.blanked) if question else ()
    asked = remaining(parts, rules.known, rules.left, question.lang) if question else ()
    taken: set[str] = set()
    decided = []
    for quote in quotes:
        told = _decided(_beside(quote, question, asked), decisions, taken)
        taken |= {quote.candidate.slug} if told.fault is None else set()
        decided.append(told)
    return Issue(row, question, parts, tuple(decided))


def _quoted(cell: Cell) -> tuple[Evidence, ...]:
    return tuple(piece for piece in cell.evidence if piece.kind == EvidenceKind.QUOTATION and piece.text)


def _quote(row: Row, cell: Cell, piece: Evidence, questions: Mapping[str, Question], rules: Rules) -> Quote:
    parts = blank(piece.text or "", rules.blanked)
    question = questions.get(piece.turn or "")
    translated = {lang: blank(told, rules.blanked) for lang in ("en", "es") if (told := piece.translation(lang))}
    leaks: tuple[Cue, ...] = ()
    fault = _fault(cell, piece, question, parts)
    if fault is None:
        leaks = _leaks({piece.lang: parts} | translated, rules)
        fault = "leaks" if leaks else None
    return Quote(cell.candidate, row.key, piece, question, parts, leaks, fault, translated=translated)


def _leaks(told: Mapping[str, tuple[Part, ...]], rules: Rules) -> tuple[Cue, ...]:
    """What in the words or their translation, by language, may still tell who spoke."""
    found = (cue for lang, parts in told.items() for cue in remaining(parts, rules.known, rules.left, lang))
    return tuple(dict.fromkeys(found))


def _fault(cell: Cell, piece: Evidence, question: Question | None, parts: Iterable[Part]) -> str | None:
    """What keeps the words out whatever they give away."""
    kept = sum(count_words(part.text) for part in parts if not part.blanked)
    faults = {
        "elsewhere": cell.code is None,
        "summed_up": cell.tier is None or cell.tier == Tier.SUMMED_UP,
        "questioned": cell.questioned,
        "half": cell.code == Code.MIXED and len(_quoted(cell)) > 1,
        "unasked": question is None,
        "long": count_words(piece.text or "") > MOST,
        "short": kept < LEAST,
    }
    return next((name for name, holds in faults.items() if holds), None)


def _common(quotes: Iterable[Quote]) -> Question | None:
    """The question most candidates answered in words that could enter; of several the latest."""
    answered: dict[Question, set[str]] = {}
    for quote in quotes:
        if quote.question and quote.fault in (None, "leaks"):
            answered.setdefault(quote.question, set()).add(quote.candidate.slug)
    return max(answered, key=lambda one: (len(answered[one]), one.held_on, one.key), default=None)


def _beside(quote: Quote, question: Question | None, asked: tuple[Cue, ...]) -> Quote:
    """The same quotation, held against the question of the issue and against what that gives away."""
    if quote.fault is None and quote.question != question:
        return replace(quote, fault="other_question")
    if quote.fault in (None, "leaks") and quote.question == question and asked:
        return replace(quote, leaks=(*quote.leaks, *asked), fault="leaks")
    return quote


def _decided(quote: Quote, decisions: Mapping[tuple[str, str, str], Decision], taken: Collection[str]) -> Quote:
    """The same quotation with an editor's word; one quotation for a candidate, the first that was approved."""
    decision = decisions.get((quote.statement, quote.candidate.slug, quote.words))
    if quote.fault is not None:
        return replace(quote, decision=decision)
    fault: str | None = "waiting"
    if decision is not None and decision.verdict == REFUSED:
        fault = REFUSED
    elif decision is not None and decision.verdict == APPROVED:
        same = decision.card == quote.card
        fault = "changed" if not same else "second" if quote.candidate.slug in taken else None
    return replace(quote, decision=decision, fault=fault)
