"""Quotations against passages, without a database: what is the same word, what the marks allow, what each verdict needs."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.bilingual import Bilingual
from transcripts.checking import judging, quotation, spotting, told
from transcripts.checking.fitting import Passage, fit
from transcripts.checking.judging import Held, Judgement, Verdict
from transcripts.checking.places import Places
from transcripts.checking.spotting import line, spot
from transcripts.checking.words import compared, spelt
from transcripts.errors import Refusal

SAID = (
    "Well, thank you. I don't think we should ever raise the fare on the night ferry, and I will not do it. "
    "Not every harbor can say that. We will build 2,000 homes by 2030 (APPLAUSE), for $5 million a year."
)
ELSEWHERE = "My opponent would raise the fare on the night ferry and close the lower lock besides."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don’t, can't, won't — shan't!", "do not cannot will not shall not"),
        ("It's what we've said; they'll, I'm, we're, let's", "it is what we have said they will I am we are let us"),
        ("twenty-five of 2,000 for $5 million, 20%", "25 of two thousand for five million dollars, twenty per cent"),
        ("two hundred and fifty, three hundred thousand", "250 300,000"),
        ("Uh, the first, um, and third (LAUGHTER) [crosstalk]", "the 1st and 3rd"),
        ("La vivienda, ¿más barata?", "«la vivienda mas barata»"),
        ("treinta y cinco mil", "35,000"),
        ("U.S. law-enforcement", "us law enforcement"),
        ("a program [so called] of ours", "a program of ours"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    assert spelt(one) == spelt(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'd go", "I would go"),
        ("do it", "don't it"),
        ("año", "ano"),
        ("no one", "one"),
        ("15", "50"),
        ("we will", "we"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    assert spelt(one) != spelt(other)


def told_of(text: str, held: str = SAID) -> list[tuple[str, str, str]]:
    read = quotation.read(text)
    found = fit(read, Passage(held))
    assert found is not None
    return [(one.operation, read.text[slice(*one.quoted)], held[slice(*one.held)]) for one in found.changes]


def test_a_difference_names_the_words_that_differ() -> None:
    assert told_of("we shall build two thousand houses by 2030") == [
        ("equal", "we", "We"),
        ("replace", "shall", "will"),
        ("equal", "build two thousand", "build 2,000"),
        ("replace", "houses", "homes"),
        ("equal", "by 2030", "by 2030"),
    ]
    assert told_of("I do think we should")[1] == ("replace", "do", "don't"), "half a contraction changed is all of it"
    assert told_of("and I will not do it ever")[-1] == ("insert", "ever", ""), "not laid over the next sentence"
    assert ("delete", "", "night ") not in told_of("raise the fare on the ferry"), "words, not spaces"
    assert told_of("raise the fare on the ferry")[1] == ("delete", "", "night")


@pytest.mark.parametrize(
    ("text", "edits", "omitted", "altered", "negated"),
    [
        ("WE SHOULD EVER RAISE THE FARE", 0, 0, 0, False),
        ("thank you … we will build 2,000 homes", 0, 26, 0, False),
        ("We should … raise the fare", 0, 1, 0, False),
        ("I will … do it", 0, 1, 0, True),
        ("I [...] think we should ever raise the fare", 0, 2, 0, True),
        ("I don't … think we should ever raise the fare", 0, 0, 0, False),
        ("I do not think [the council] should ever raise the fare", 0, 0, 1, False),
        ("[W]e will build [many] homes", 0, 0, 1, False),
        ("we should [never] raise the fare", 0, 0, 1, True),
        ("I will do it", 1, 0, 0, True),
        ("Every harbor can say that.", 1, 0, 0, True),
        ("every harbor can say that", 0, 0, 0, False),
        ("I will never do it", 1, 0, 0, True),
    ],
)
def test_marks_are_honoured_and_negations_always_count(
    text: str, edits: int, omitted: int, altered: int, negated: bool
) -> None:
    found = fit(quotation.read(text), Passage(SAID))
    assert found is not None
    assert (found.edits, found.omitted, found.altered, found.negated) == (edits, omitted, altered, negated)


def held(id: int, text: str, **more: Any) -> Held:
    return replace(Held(id, Passage(text), "speech", id), **more)


def verdict(text: str, *passages: Held) -> Judgement | None:
    places = Places()
    for one in (held(99, "Rivers and ferries have little to do with schools."), *passages):
        places.put(one.id, one.passage.same)
    for n in range(200):
        places.put(1000 + n, spelt(f"number {n} of many passages about nothing in this town we will not name"))
    read = quotation.read(text)
    by_id = {one.id: one for one in passages}
    found = [by_id[id] for id in places.find([piece.same for piece in read.pieces]) if id in by_id]
    judged = judging.judge(read, found, places.rarity)
    if judged is None:
        runs = places.runs([word.same for word in read.words], judging.RUN)
        parts = [(start, end, [by_id[id] for id in ids if id in by_id]) for start, end, ids in runs]
        judged = judging.stitched(read, parts)
    return judged


@pytest.mark.parametrize(
    ("text", "claimed", "expected"),
    [
        ("raise the fare on the night ferry", True, Verdict.VERBATIM),
        ("raise the fare on the night ferry", None, Verdict.VERBATIM),
        ("thank you … we will build 2,000 homes", None, Verdict.OMISSION),
        ("we should … raise the fare on the night ferry and I will do it", None, Verdict.CHANGED),
        ("I think we should ever raise the fare on the night ferry", None, Verdict.CHANGED),
        ("I don't think we should ever raise the fare", False, Verdict.SOMEONE_ELSE),
        ("We will build 3,000 homes by 2040 for $5 million a year", None, Verdict.CHANGED),
        ("We will build 2,000 homes by 2030 and close the lower lock besides", None, Verdict.STITCHED),
        ("I don't think we should ever we will build 2,000 homes by 2030", None, Verdict.CHANGED),
        ("Nobody mentioned the price of herring in the market square today", None, None),
    ],
)
def test_each_verdict(text: str, claimed: bool | None, expected: Verdict | None) -> None:
    judged = verdict(text, held(1, SAID, claimed=claimed), held(2, ELSEWHERE, claimed=claimed))
    assert (judged.verdict if judged else None) is expected


def test_words_left_out_unmarked_are_changed_words_and_shown() -> None:
    judged = verdict("I don't think we should ever we will build 2,000 homes by 2030", held(1, SAID))
    assert judged is not None
    (place,) = judged.places
    assert [change.operation for change in place.fit.changes] == ["equal", "delete", "equal"]
    assert place.fit.negated, "and what was left out holds a not"


def test_who_was_claimed_goes_before_others_with_the_same_words() -> None:
    judged = verdict(
        "raise the fare on the night ferry", held(1, SAID, claimed=False), held(2, ELSEWHERE, claimed=True)
    )
    assert judged is not None and judged.verdict is Verdict.VERBATIM
    assert [place.held.id for place in (*judged.places, *judged.rivals)] == [2, 1]


def test_a_narrator_is_nobody_speaking_and_captions_do_not_outdo_a_transcript() -> None:
    judged = verdict("raise the fare on the night ferry", held(1, SAID, kind="narration"))
    assert judged is not None and judged.verdict is Verdict.RECAP
    transcript, captions = held(1, SAID, forum=7), held(2, SAID.replace("night", "light"), forum=7, main=False)
    judged = verdict("should ever raise the fare on the light ferry, and I will not do it", transcript, captions)
    assert judged is not None and judged.verdict is Verdict.CHANGED and judged.places[0].held.id == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_run_of_words_is_verbatim_whatever_its_case_and_marks(data: st.DataObject) -> None:
    words = compared(SAID)
    start = data.draw(st.integers(0, len(words) - 4))
    end = data.draw(st.integers(start + 3, len(words)))
    text = SAID[words[start].start : words[end - 1].end].lower().replace("'", data.draw(st.sampled_from("'’")))
    found = fit(quotation.read(text), Passage(SAID))
    assert found is not None and found.edits == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_a_difference_is_both_texts(quoted: str, held_text: str) -> None:
    read = quotation.read(quoted)
    found = fit(read, Passage(held_text))
    if found is not None and found.changes:
        ours = [word for one in found.changes for word in spelt(read.text[slice(*one.quoted)])]
        assert sorted(ours) == sorted(word.same for piece in read.pieces for word in piece.words)


def test_long_quotations_are_compared_in_halves_and_cut() -> None:
    rng = random.Random(1)
    said = [rng.choice("lock ferry harbor tide quay rope lamp salt mast sail".split()) + str(n) for n in range(2_000)]
    quoted = said[500:1_000]
    quoted[100], quoted[400] = "herring", "cod"
    found = fit(quotation.read(" ".join(quoted)), Passage(" ".join(said)))
    assert found is not None and found.edits == 2
    assert quotation.read(" ".join(said)).cut and len(quotation.read(" ".join(said)).words) == quotation.LONGEST


def texts(pasted: str, claimed: str | None = None) -> list[tuple[str, str | None]]:
    return [(one.text, one.claimed) for one in spot(pasted, claimed).inside]


def test_quotations_are_spotted_in_prose() -> None:
    article = (
        "Mayor Ada Marsh said, “We need more lamps.” The council laughed at “lamps”.\n\n"
        "“The harbor,” she added, “has enough of them.”\n\nBo Quill dijo: «No hay agentes para eso».\n"
    )
    assert texts(article) == [
        ("We need more lamps.", "Ada Marsh"),
        (f"The harbor, {quotation.BREAK} has enough of them.", "Ada Marsh"),
        ("No hay agentes para eso", "Bo Quill"),
    ]
    assert texts("‘We need more lamps in the harbor.’ — Ada Marsh") == [
        ("We need more lamps in the harbor.", "Ada Marsh")
    ]
    assert texts("One paragraph of words.\n\nAnother of them.", "Cy") == [
        ("One paragraph of words.", "Cy"),
        ("Another of them.", "Cy"),
    ]
    assert spot("We need more lamps.").whole == spotting.Pasted("We need more lamps.")
    assert line("“We need more lamps.”\tAda  Marsh") == spotting.Pasted("We need more lamps.", "Ada Marsh")


@pytest.mark.parametrize(
    "text",
    ["", "?!", "x" * 1_000_000, "a " * 500_000, '"' * 10_000, "“one two three four” " * 500, "'" * 3_000],
    ids=lambda text: f"{len(text)} of {text[:3]!r}",
)
def test_too_much_or_too_little_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refusal, match=r"\.$"):
        spot(text)


@pytest.mark.parametrize("text", ["“ ” " * 20_000, '"a ' * 5_000, "[" * 1_900, "… " * 30_000 + "word", "n't " * 9_000])
def test_strange_texts_are_read_or_refused(text: str) -> None:
    try:
        spotted = spot(text)
    except Refusal:
        return
    for one in (*spotted.inside, *([spotted.whole] if spotted.whole else [])):
        fit(quotation.read(one.text), Passage(SAID))


def test_reports_are_told_of_by_what_they_share() -> None:
    report = told.Told(
        person="Ada Marsh",
        slug="ada-marsh",
        forum=1,
        forum_title=Bilingual("Town hall"),
        source="The Gazette",
        path="/contests/x",
        shown=Bilingual("She asked for more lamps in the harbor and for officers on foot."),
        texts=(("en", "She asked for more lamps in the harbor and for officers on foot."),),
        fragment="lamps before lawns",
    )
    about = [
        told.about(quotation.read(text), [report])
        for text in (
            "Give me lamps in that harbor and an officer who walks it on foot",
            "I say lamps before lawns, harbor or no harbor",
            "The price of herring is a disgrace to the market square",
        )
    ]
    assert about == [(report,), (report,), ()]


def test_places_follow_what_is_put_and_dropped() -> None:
    places = Places()
    places.put(1, spelt(SAID))
    places.put(2, spelt(ELSEWHERE))
    assert places.find([spelt("raise the fare on the night ferry")])[:2] == [1, 2]
    places.put(1, spelt("Something else entirely."))
    places.drop(2)
    assert places.find([spelt("raise the fare on the night ferry")]) == []
    assert len(places) == 1
