"""The quote quiz without a database: what may enter, in which order, what ratings say, and the code that holds them."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positions import quiz_code, quiz_sentences
from positions.cells import Candidate, Cell, Evidence, SourceRef, empty
from positions.comparison import Comparison, ContestHead, OrderRule, Row
from positions.leaks import Known
from positions.quiz import APPROVED, RATINGS, REFUSED, Decision, Question, Quiz, Quote, Rules, results
from positions.quiz_entering import quiz_of
from positions.quiz_sentences import count_lines, order_lines, share_line, shortfall
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, Refusal

DAY = date(2026, 10, 20)
HEAD = ContestHead("town", Bilingual("Mayor"), Bilingual("Mayor", "Alcaldía"), "Town", "UTC", DAY)
SOURCE = SourceRef("Transcript", "transcript", "town-2026")
NAMES = "Abbot Baker Carr Dunn Ellis".split()
PEOPLE = tuple(Candidate(name.lower(), name, name) for name in NAMES)
ASKED = Question("q", "Should it be so?", "en", DAY)
LATER = Question("later", "And now?", "en", date(2026, 11, 1))


def said(issue: int, one: Candidate, n: int = 20) -> str:
    return f"{one.slug[::-1]} {issue} " + " ".join(["word"] * (n - 2))


def cell(one: Candidate, *texts: str, code: str | None = "support", tier: int | None = 1, turn: str = "t") -> Cell:
    pieces = tuple(Evidence("quotation", SOURCE, text=text, turn=turn, path="/turns/t") for text in texts)
    return Cell(one, "Supports", code=code, reason=None if code else "not_addressed", tier=tier, evidence=pieces)


def row(n: int, *cells: Cell) -> Row:
    held = {one.candidate.slug: one for one in cells}
    return Row(f"s{n}", Bilingual(f"Statement {n}"), tuple(held.get(one.slug) or empty(one) for one in PEOPLE))


def made(*rows: Row, rules: Rules | None = None, approve: bool = True, seed: int = 0) -> Quiz:
    """A quiz of these rows, everything that can be approved approved as it is shown."""
    grid = Comparison(HEAD, "statement", OrderRule("alphabetical", DAY), ("alphabetical",), PEOPLE, rows)
    questions = {"t": ASKED, "u": LATER}
    first = quiz_of(grid, questions, rules or Rules(), {}, seed)
    quotes = [quote for issue in first.every for quote in issue.quotes]
    decisions = {key(quote): Decision(APPROVED, quote.card, "An editor") for quote in quotes if approve}
    return quiz_of(grid, questions, rules or Rules(), decisions, seed)


def key(quote: Quote) -> tuple[str, str, str]:
    return quote.statement, quote.candidate.slug, quote.words


def full(issues: int, speaking: int = 5, seed: int = 0) -> Quiz:
    return made(*(row(n, *(cell(one, said(n, one)) for one in PEOPLE[:speaking])) for n in range(issues)), seed=seed)


def faults(*cells: Cell, rules: Rules | None = None) -> list[str | None]:
    return [quote.fault for quote in made(row(0, *cells), rules=rules).every[0].quotes]


def test_what_keeps_words_out() -> None:
    one, two, three = PEOPLE[:3]
    fine = cell(two, said(0, two))
    assert faults(fine) == [None]
    assert faults(cell(one, said(0, one, 15)), cell(two, said(0, two, 40))) == [None, None]
    assert faults(cell(one, said(0, one, 14)), cell(two, said(0, two, 41))) == ["short", "long"]
    assert faults(cell(one, said(0, one), tier=5), fine) == ["summed_up", None]
    assert faults(cell(one, said(0, one), code=None), fine) == ["elsewhere", None]
    assert faults(cell(one, said(0, one), said(1, one), code="mixed"), fine) == ["half", "half", None]
    assert faults(cell(one, said(0, one), turn="nowhere"), fine) == ["unasked", None]
    assert faults(replace(cell(one, said(0, one)), questioned=True), fine) == ["questioned", None]
    assert faults(cell(one, said(0, one), said(1, one)), fine) == [None, "second", None]
    assert faults(cell(one, said(0, one), turn="u"), fine, cell(three, said(0, three))) == [
        "other_question",
        None,
        None,
    ]
    assert faults(cell(one, said(0, one), turn="u"), fine) == [None, "other_question"], "of two questions the later"


def test_a_reported_quotation_never_enters() -> None:
    told = Evidence("reported_quotation", SOURCE, told=Bilingual("He said so."), fragment=said(0, PEOPLE[0]))
    quiz = made(row(0, replace(cell(PEOPLE[0]), evidence=(told,))))
    assert quiz.every[0].quotes == () and quiz.every[0].state == "nobody"


def test_words_that_leak_enter_once_they_are_blanked_and_enough_is_left() -> None:
    rules = Rules(known=(Known("Baker", "name", exact_case=True),))
    told = f"As Baker says, {said(0, PEOPLE[0], 16)}"
    other = cell(PEOPLE[2], said(0, PEOPLE[2]))
    assert faults(cell(PEOPLE[0], told), other, rules=rules) == ["leaks", None]
    assert faults(cell(PEOPLE[0], told), other, rules=replace(rules, left=("Baker",))) == [None, None]
    blanked = made(row(0, cell(PEOPLE[0], told), other), rules=replace(rules, blanked=("as baker says",))).every[0]
    assert blanked.quotes[0].fault is None
    assert blanked.quotes[0].shown.startswith("[…], ") and blanked.quotes[0].blanked == ("As Baker says",)
    short = f"As Baker says, {said(0, PEOPLE[0], 14)}"
    assert faults(cell(PEOPLE[0], short), other, rules=replace(rules, blanked=("as baker says",))) == ["short", None]


def test_a_translation_may_leak_too() -> None:
    piece = Evidence("quotation", SOURCE, text=said(0, PEOPLE[0]), turn="t", translation_es="Como alcalde lo haría")
    quiz = made(row(0, replace(cell(PEOPLE[0]), evidence=(piece,))))
    assert [cue.words for cue in quiz.every[0].quotes[0].leaks] == ["Como alcalde"]


def test_a_question_that_names_somebody_gives_everybody_away() -> None:
    asked = replace(ASKED, text="Baker, should it be so?")
    cells = [cell(one, said(0, one)) for one in PEOPLE[:2]]
    rules = Rules(known=(Known("Baker", "name", exact_case=True),))
    grid = made(row(0, *cells)).comparison
    for blanked, wanted in (((), ["leaks", "leaks"]), (("baker",), ["waiting", "waiting"])):
        (issue,) = quiz_of(grid, {"t": asked}, replace(rules, blanked=blanked), {}, 0).every
        assert [quote.fault for quote in issue.quotes] == wanted


def test_only_what_an_editor_approved_as_it_is_shown_now() -> None:
    cells = [cell(one, said(0, one)) for one in PEOPLE[:2]]
    grid = made(row(0, *cells), approve=False)
    assert [quote.fault for quote in grid.every[0].quotes] == ["waiting", "waiting"]
    assert grid.every[0].state == "undecided"
    one, two = grid.every[0].quotes
    decided = {key(one): Decision(APPROVED, "another card", "Ed"), key(two): Decision(REFUSED, two.card, "Ed")}
    again = quiz_of(grid.comparison, {"t": ASKED}, Rules(), decided, 0)
    assert [quote.fault for quote in again.every[0].quotes] == ["changed", REFUSED]


def test_what_is_missing_is_told_in_figures() -> None:
    both = [row(n, *(cell(one, said(n, one)) for one in PEOPLE[:2])) for n in range(2)]
    alone = [row(n, cell(PEOPLE[0], said(n, PEOPLE[0]))) for n in range(2, 6)]
    short = row(6, *(cell(one, said(6, one, 9)) for one in PEOPLE))
    quiz = made(*both, *alone, short, row(7))
    assert not quiz.built
    told = shortfall(quiz, str)
    assert told.startswith("A quiz needs 3 issues on which at least two candidates")
    assert "4 of 8 issues have words of one candidate only" in told
    assert "1 of 8 issues has nobody’s own words" in told.lower()
    assert "on 1 of 8 issues fewer than two candidates have 15 to 40 words" in told
    assert "2 of 8 issues are ready." in told
    assert shortfall(made(), str) == quiz_sentences.NOTHING_HELD
    assert shortfall(full(3), str) == ""


@given(st.integers(2, 5), st.integers(0, 999), st.integers(0, 40))
@settings(max_examples=40)
def test_each_candidate_stands_in_each_place_equally_often(speaking: int, first: int, turns: int) -> None:
    """Over any run of seeds and on every issue, give or take one; and from issue to issue of one quiz likewise."""
    quiz = full(3, speaking)
    over_seeds: Counter[tuple[int, int, str]] = Counter()
    for seed in range(first, first + turns):
        shown = replace(quiz, seed=seed)
        for issue in shown.issues:
            for place, card in enumerate(shown.cards_of(issue)):
                over_seeds[int(issue.row.key[1:]), place, card.quote.candidate.slug] += 1
    least, most = turns // speaking, -(-turns // speaking)
    for n, place, one in product(range(3), range(speaking), PEOPLE[:speaking]):
        assert least <= over_seeds[n, place, one.slug] <= most
    within = Counter(
        (place, card.quote.candidate.slug) for issue in quiz.issues for place, card in enumerate(quiz.cards_of(issue))
    )
    counts = [within[place, one.slug] for place, one in product(range(speaking), PEOPLE[:speaking])]
    assert max(counts) - min(counts) <= 1


ratings_of_cards = st.dictionaries(st.integers(1, 12), st.sampled_from(list(RATINGS.values())))


@given(ratings_of_cards)
def test_figures_stay_in_bounds_and_the_silent_stay(rated: dict[int, Fraction]) -> None:
    """Four of five speak on three issues: the fifth is in every result, somewhere between all and nothing."""
    quiz = full(3, speaking=4)
    found = results(quiz, rated)
    assert [one.candidate for one in found] == list(PEOPLE)
    asked = sum(any(card.n in rated for card in quiz.cards_of(issue)) for issue in quiz.issues)
    for one in found:
        figures = one.figures
        assert sum(one.counts.values()) + one.open + one.silent == asked
        if not asked:
            assert figures.low is None and figures.high is None
            continue
        assert figures.low is not None and figures.high is not None
        assert 0 <= figures.low <= figures.high <= 1
        points = sum(rated[card.n] for card in quiz.cards if card.quote.candidate == one.candidate and card.n in rated)
        assert figures.low == points / asked
        assert figures.high - figures.low == Fraction(one.open + one.silent, asked)
    if asked:
        assert (found[4].silent, found[4].figures.low, found[4].figures.high) == (asked, 0, 1)


@given(ratings_of_cards, st.sampled_from(list(RATINGS.values())))
def test_rating_one_more_sentence_narrows_what_is_open(rated: dict[int, Fraction], value: Fraction) -> None:
    quiz = full(3, speaking=4)
    asked = [issue for issue in quiz.issues if any(card.n in rated for card in quiz.cards_of(issue))]
    unrated = [card for issue in asked for card in quiz.cards_of(issue) if card.n not in rated]
    for card in unrated[:3]:
        i = PEOPLE.index(card.quote.candidate)
        before, after = (results(quiz, one)[i].figures for one in (rated, {**rated, card.n: value}))
        assert before.low is not None and before.high is not None and after.low is not None and after.high is not None
        assert before.low <= after.low <= after.high <= before.high


@given(ratings_of_cards, st.integers(0, 999_999))
def test_a_code_gives_the_ratings_back(rated: dict[int, Fraction], seed: int) -> None:
    quiz = full(3, speaking=4, seed=seed)
    code = quiz_code.encode(quiz, rated)
    assert quiz_code.ratings_of(quiz, quiz_code.read(f" {code}\n")) == rated


def test_a_code_of_something_else_is_refused() -> None:
    quiz = full(3)
    for code in ("", "abc", "123456-1-", "123456-1-x", "123456-1234567-a", "a" * 5_000):
        with pytest.raises(Refusal):
            quiz_code.read(code)
    with pytest.raises(Conflict):
        quiz_code.ratings_of(quiz, quiz_code.read(f"000000-0-{'a' * 15}"))
    with pytest.raises(Conflict):
        quiz_code.ratings_of(quiz, quiz_code.read(f"{quiz.version}-0-a"))


def test_the_version_is_of_the_cards_and_not_of_their_order() -> None:
    assert full(3).version == full(3, seed=7).version != full(4).version


def test_what_everybody_has_of_the_quiz_is_told() -> None:
    shares = full(5, speaking=4, seed=2).shares
    assert [share.sentences for share in shares] == [5, 5, 5, 5, 0]
    assert [share.words for share in shares] == [100, 100, 100, 100, 0]
    assert sorted(share.first for share in shares) == [0, 1, 1, 1, 2]
    assert share_line(shares[4], str) == "Ellis: 0 sentences, 0 words, first on 0 issues"


def test_the_sentences_count_first_and_put_nobody_first() -> None:
    quiz = full(3, speaking=4)
    mine = {card.n: Fraction(card.quote.candidate == PEOPLE[0]) for card in quiz.cards}
    found = results(quiz, mine)
    assert [count_lines(one, str) for one in (found[0], found[4])] == [
        "Of 3 sentences of theirs you agree with 3, partly agree with 0 and disagree with 0.",
        "You rated no sentence of theirs. On 3 of these issues nothing of theirs can be shown.",
    ]
    assert order_lines(found, str) == quiz_sentences.NOT_FIRST
    one = results(quiz, {1: Fraction(1)})
    assert count_lines(one[0], str) == "You rated one sentence of theirs: you agree."
    assert count_lines(one[1], str) == "You rated no sentence of theirs. One of theirs you left open."
    assert "not enough to say who agrees with you most" in order_lines(one, str)
    assert order_lines(results(quiz, {}), str) == quiz_sentences.NOTHING_RATED
