"""Anchors on made-up wordings, and on real transcripts edited by chance: a wrong place is worse than none."""

import random
import re
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts.anchors import Relocated, anchor, find, relocate

SAID = "We will raise the minimum wage to 15 dollars by 2027. We will not close the library on Rose Street."


def moved(words: str, text: str, was: str = SAID, evidence: bool = False) -> Relocated:
    start = was.index(words)
    return relocate(anchor(was, start, start + len(words)), was, text, evidence=evidence)


def at(found: Relocated) -> str | None:
    return found.anchor.exact if found.anchor else None


def test_an_anchor_keeps_its_words_and_their_neighbours() -> None:
    here = anchor("Good evening, 😀 everyone.", 14, 24)
    assert (here.exact, here.before, here.after) == ("😀 everyone", "Good evening, ", ".")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 99)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no place"):
        anchor("twelve chars", start, end)


def test_words_are_found_by_their_neighbours_when_said_twice() -> None:
    text = "Thank you, Robin. I said Robin would come."
    assert find(text, "Robin") is None
    found = find(text, "Robin", before="I said ", after=" would")
    assert found is not None and found.start == text.index("Robin would")


def test_white_space_a_browser_changed_does_not_hide_the_words() -> None:
    found = find("We will\n\nraise  wages.", "will raise wages")
    assert found is not None and found.exact == "will\n\nraise  wages"


def test_the_same_text_is_the_same_place() -> None:
    assert moved("minimum wage", SAID).status == "exact"


def test_unchanged_words_move_silently() -> None:
    found = moved("raise the minimum wage to 15 dollars", "Thank you all. " + SAID)
    assert (found.status, at(found), found.changes) == ("moved", "raise the minimum wage to 15 dollars", ())


def test_punctuation_and_quotation_marks_travel_with_the_words() -> None:
    was = "She said, “We are ready.” Then she left."
    assert at(moved("“We are ready.”", "Well: " + was, was)) == "“We are ready.”"


def test_part_of_a_word_stays_part_of_it() -> None:
    assert at(moved("inimum wag", "So. " + SAID)) == "inimum wag"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SAID.replace("15 dollars", "12 dollars"), "number"),
        (SAID.replace("will raise", "will not raise"), "negation"),
        (SAID.replace("will raise", "could raise"), "modal"),
        (SAID.replace("minimum wage", "Medicare wage"), "name"),
    ],
)
def test_a_change_that_turns_the_meaning_needs_review_however_small(text: str, kind: str) -> None:
    found = moved("We will raise the minimum wage to 15 dollars by 2027", text)
    assert found.status == "needs_review"
    assert kind in {change.kind for change in found.changes}


def test_a_negation_put_just_before_the_words_needs_review() -> None:
    found = moved("raise the minimum wage to 15 dollars", SAID.replace("will raise", "will not raise"))
    assert (found.status, at(found)) == ("needs_review", "raise the minimum wage to 15 dollars")


def test_a_name_that_only_lost_its_capital_needs_review() -> None:
    was = "The LEAD program works well for people who need services now."
    found = moved("LEAD program works well", was.replace("LEAD", "lead"), was)
    assert found.status == "needs_review"


def test_a_slip_of_the_pen_inside_many_words_moves_silently_but_not_in_evidence() -> None:
    was = SAID.replace("minimum", "minimun")
    assert moved("raise the minimun wage to 15 dollars by", SAID, was).status == "moved"
    assert moved("raise the minimun wage to 15 dollars by", SAID, was, evidence=True).status == "needs_review"


def test_words_that_were_taken_out_are_gone() -> None:
    assert moved(
        "We will not close the library on Rose Street", "We will raise the minimum wage to 15 dollars by 2027."
    ) == Relocated("orphan", None)


def test_the_first_of_two_like_sentences_taken_out_never_lands_silently_on_the_second() -> None:
    was = "We will act. We will fight."
    assert moved("We will", "We will fight.", was).status in ("needs_review", "orphan")


def test_a_corrected_word_does_not_drift_to_the_same_word_elsewhere() -> None:
    was = "Robin voted yes. Later on that evening Robin sang."
    found = relocate(anchor(was, 0, 5), was, "Robert voted yes. Later on that evening Robin sang.")
    assert found.status == "orphan" or (found.status == "needs_review" and at(found) == "Robert")


def test_a_paragraph_that_changed_places_asks_a_person() -> None:
    first, second = (
        "We will raise the minimum wage to 15 dollars by 2027.",
        "We will not close the library on Rose Street.",
    )
    found = moved("not close the library on Rose Street", f"{second} {first}", f"{first} {second}")
    assert found.status in ("moved", "needs_review")
    assert at(found) == "not close the library on Rose Street"


@given(st.text(min_size=1, max_size=200), st.data())
def test_every_place_of_every_text_can_be_pointed_at_and_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    here = anchor(text, start, data.draw(st.integers(start + 1, len(text))))
    assert relocate(here, text, text).anchor == here
    assert text[here.start : here.end] == here.exact


@given(st.text(max_size=120), st.text(max_size=120), st.data())
def test_whatever_the_texts_the_answer_is_a_place_in_the_new_one_or_none(
    was: str, text: str, data: st.DataObject
) -> None:
    if not was:
        return
    start = data.draw(st.integers(0, len(was) - 1))
    found = relocate(anchor(was, start, data.draw(st.integers(start + 1, len(was)))), was, text)
    assert (found.anchor is None) == (found.status == "orphan")
    if found.anchor:
        assert text[found.anchor.start : found.anchor.end] == found.anchor.exact


# --- The re-anchor corpus: real turns, edited by chance, with the true place of every word known.


@dataclass(frozen=True)
class Edited:
    """A wording and what became of each of its words: the new span, or None for a word taken out."""

    was: str
    text: str
    spans: tuple[tuple[int, int], ...]
    now: tuple[tuple[int, int] | None, ...]


def edited(turn: str, chance: random.Random) -> Edited:
    """Words misspelt (1.5 %), swapped for others (0.5 %), sentences taken out (8 %) and put in (5 %)."""
    pieces, text, spans, now = re.findall(r"\S+\s*", turn), "", [], []
    place = 0
    gone = chance.random() < 0.08
    for piece in pieces:
        word = piece.rstrip()
        spans.append((place, place + len(word)))
        place += len(piece)
        if gone:
            now.append(None)
        else:
            roll, written = chance.random(), word
            if roll < 0.015 and len(word) > 4:
                written = word[:2] + word[3] + word[2] + word[4:]
            elif roll < 0.020:
                written = chance.choice(pieces).rstrip()
            now.append((len(text), len(text) + len(written)))
            text += written + piece[len(word) :]
        if word.endswith((".", "?", "!")):
            gone = chance.random() < 0.08
            if chance.random() < 0.05:
                text += "And " + " ".join(chance.sample(pieces, min(8, len(pieces)))) + ". "
    return Edited(turn, text, tuple(spans), tuple(now))


def verdict(found: Relocated, case: Edited, first: int, last: int) -> str:
    """Is the place that of the words that are left? `right`, `wrong`, `gone` (rightly none), `lost` (none, though some are left)."""
    left = [span for span in case.now[first : last + 1] if span]
    if found.anchor is None:
        return "lost" if left else "gone"
    others = [span for span in (*case.now[:first], *case.now[last + 1 :]) if span]
    covered = [span for span in others if found.anchor.start < span[1] and span[0] < found.anchor.end]
    holds = any(found.anchor.start < span[1] and span[0] < found.anchor.end for span in left)
    return "right" if holds and not covered else "wrong"


@pytest.mark.corpora
def test_on_real_turns_no_anchor_ever_lands_silently_on_other_words() -> None:
    """Quotes of 1 to 40 words from 1,200 turns of four debates; 0 false anchors, few lost."""
    chance = random.Random(20261122)
    turns = [
        paragraph.partition(": ")[2]
        for name in ("1960-09-26", "1992-10-15", "2016-09-26", "2020-09-29")
        for paragraph in corpus(f"a01_mytake/{name}.said").read_text(encoding="utf-8").split("\n\n")
        if paragraph.count(" ") > 8
    ]
    seen: Counter[tuple[str, str]] = Counter()
    for turn in turns[:1200]:
        case = edited(" ".join(turn.split()), chance)
        for _ in range(4):
            first = chance.randrange(len(case.spans))
            last = min(len(case.spans) - 1, first + chance.choice((0, 1, 3, 7, 15, 39)))
            here = anchor(case.was, case.spans[first][0], case.spans[last][1])
            found = relocate(here, case.was, case.text)
            seen[found.status, verdict(found, case, first, last)] += 1
    print(dict(seen))
    assert seen["moved", "wrong"] == seen["exact", "wrong"] == 0
    placed = sum(n for (_, how), n in seen.items() if how == "right")
    lost = sum(n for (_, how), n in seen.items() if how == "lost")
    assert seen["needs_review", "wrong"] <= 0.01 * placed
    assert lost <= 0.05 * (lost + placed)
