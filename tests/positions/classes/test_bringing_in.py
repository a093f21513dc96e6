"""Annotations of other programs in an assignment: on their words, or told to the teacher; what went out comes in whole."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from positions.classes import bringing_in, codes, erasing, membership, placing, reading, slips
from positions.classes.interchange import jsonld
from positions.classes.interchange.holding import Holding
from positions.classes.models import BroughtIn, ClassMember, ClassRoom
from positions.classes.sheet import MarkView
from positions.classes.visibility import State
from tests.positions.classes.interchange.classwork import NOON, TAGS, TEXTS, holding, mark, passage
from tests.positions.classes.school import School, school
from tracker.db import Database
from transcripts import web_annotations
from transcripts.errors import NotFound, Refusal
from transcripts.text import clean
from transcripts.web_annotations import Noted

PASSAGES = tuple(passage(n, text) for n, text in enumerate(TEXTS))
KEYS = [one.key for one in PASSAGES]


@pytest.mark.parametrize(
    ("noted", "status", "words"),
    [
        (
            Noted("", "", KEYS[1], 2, TEXTS[1].index("200"), TEXTS[1].index("200") + 9, "200 homes"),
            "exact",
            "200 homes",
        ),
        (Noted("", "", KEYS[1], 1, 3, 12, "200 homes"), "moved", "200 homes"),
        (Noted("", "", None, None, None, None, "That is a promise."), "moved", "That is a promise."),
        (Noted("", "", None, None, None, None, "will build 200 homes"), "needs_review", None),
        (Noted("", "", KEYS[2], 1, None, None, "That is a promise."), "needs_review", "That is a promise."),
        (Noted("", "", None, None, None, None, "promise"), "needs_review", "promise"),
        (Noted("", "", KEYS[1], 1, 3, 12), "needs_review", TEXTS[1][3:12]),
        (
            Noted("", "", None, None, None, None, "is what my oponent counts. We", "=1+1 ", " will build"),
            "needs_review",
            "is what my opponent counts. We",
        ),
        (Noted("", "", KEYS[1], 1, 3, 12, "nobody ever said anything like these words"), "orphan", None),
        (Noted("", "", None, None, 3, 12, ""), "orphan", None),
        (Noted("", "", KEYS[1], 1, 300, 312, ""), "orphan", None),
    ],
)
def test_words_are_placed_where_they_stand_or_left_to_a_person(noted: Noted, status: str, words: str | None) -> None:
    found = placing.placed(noted, PASSAGES)
    assert found.status == status
    if words is not None:
        assert found.words == words


def test_tags_are_known_by_their_address_or_their_name_in_either_language() -> None:
    told = placing.tagged(
        Noted("", "", tags=("VIVIENDA", "other", "respondio"), codes=("x:1", "x:2")), TAGS, {"x:1": TAGS[2]}
    )
    assert (told.tags, told.unknown) == ((TAGS[2], TAGS[0]), ("other",))


PIECES = (
    "a",
    "é",
    "e\u0301",
    "👩‍👩‍👧‍👦",
    "🇵🇷",
    "👍🏽",
    "שלום",
    "مرحبا",
    " ",
    "\n",
    "<b>",
    '"',
    "&",
    "\u0928\u094d\u0926\u0940",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join).map(clean), st.data())
def test_whatever_is_written_and_read_again_is_the_same(text: str, data: st.DataObject) -> None:
    """Letters of many code points, both directions, marks inside one another and across: through the file and back to their places."""
    where = passage(1, text)
    marks = []
    for n in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        comment = data.draw(st.lists(st.sampled_from(PIECES), max_size=6).map("".join).map(clean)).strip()
        tag = data.draw(st.sampled_from([None, 11, 12, 13])) if comment else 11
        marks.append(mark(1, TEXTS[1], tag, comment, start=start, end=end, key=f"K{n}", passage=2))
    held = holding(tuple(marks), passages=(where,))
    told = web_annotations.read(jsonld.write(held))
    known = {held.tag(tag).urn: tag for tag in TAGS} | {"https://example.org/topics/housing": TAGS[2]}
    for one, noted in zip(marks, told, strict=True):
        found = placing.placed(noted, (where,))
        tags = placing.tagged(noted, TAGS, known)
        assert (found.status, found.start, found.end) == ("exact", one.start, one.end)
        assert [tag.id for tag in tags.tags] == [one.tag] * (one.tag is not None) and not tags.unknown
        assert noted.comment == one.comment


def held_by(session: Session, at: School) -> Holding:
    sheet, viewer = reading.for_teacher(session, at.key, 1)
    marks, works = reading.marks(session, sheet, viewer, NOON), reading.works(session, sheet, viewer, NOON)
    via = {one.mark: one.via for one in bringing_in.brought(session, sheet) if one.mark}
    return Holding(sheet, marks, works, "https://example.org", NOON, via=via)


def told_of(held: Holding, marks: Sequence[MarkView]) -> list[tuple[object, ...]]:
    tags = {tag.id: tag.key for tag in held.sheet.tags}
    keys = {one.id: one.key for one in held.sheet.passages}
    return [(keys[one.passage], one.start, one.end, tags.get(one.tag or 0), one.comment, one.purpose) for one in marks]


def test_a_class_comes_back_whole_as_coders_of_another_assignment(database: Database) -> None:
    ours = school(database, "Heron 12", "Otter 7")
    ours.put("Heron 12", 0, "answered", comment="Says who pays 😀")
    ours.put("Heron 12", 1, "partly")
    ours.put("Otter 7", 0, "other", comment="=SUM(1)", purpose="questioning")
    for who in ("Heron 12", "Otter 7"):
        ours.hand_in(who)
    with database.read() as session:
        before = held_by(session, ours)
    notes = web_annotations.read(jsonld.write(before))
    with database.write() as session:
        bringing_in.bring_in(session, before, notes, lambda: NOON)
    with database.read() as session:
        after = held_by(session, ours)
        brought = bringing_in.brought(session, after.sheet)
    assert sorted((one.status, one.who) for one in brought) == [
        ("exact", "Imported 1"),
        ("exact", "Imported 1"),
        ("exact", "Imported 2"),
    ]
    for name, own in (("Imported 1", "Heron 12"), ("Imported 2", "Otter 7")):
        came = told_of(after, [one for one in after.marks if one.who == name])
        assert came == told_of(before, [one for one in before.marks if one.who == own])
    assert {one.state for one in after.works} == {State.SUBMITTED} and len(after.works) == 4
    vias = {one["via"] for one in jsonld.page(after)["items"] if "via" in one}
    assert vias == {one["id"] for one in jsonld.page(before)["items"]}


def test_what_cannot_be_placed_or_is_not_taken_is_told_and_not_put(database: Database) -> None:
    ours = school(database)
    with database.write() as session:
        held = held_by(session, ours)
        sheet = replace(held.sheet, exclusive=True, comments=False)
        answer = sheet.answers[0]
        there = Noted("x:1", "a", answer.key, 1, 0, len(answer.text), answer.text, tags=("Answered",))
        notes = (
            there,
            replace(there, via="x:2", tags=("Answered in part",)),
            replace(there, via="x:3", comment="why", tags=()),
            replace(there, via="x:4", exact="words nobody ever said in this town", start=None),
            replace(there, via="x:5", exact="", tags=("Answered",)),
        )
        bringing_in.bring_in(session, replace(held, sheet=sheet), notes, lambda: NOON)
        told = bringing_in.brought(session, sheet)
    assert [(one.via, one.status, one.mark is not None) for one in told] == [
        ("x:1", "exact", True),
        ("x:2", "refused", False),
        ("x:3", "refused", False),
        ("x:4", "orphan", False),
        ("x:5", "needs_review", False),
    ]
    with database.read() as session:
        assert len(held_by(session, ours).marks) == 1


def test_too_many_authors_and_a_paused_class_bring_in_nothing(database: Database) -> None:
    ours = school(database)
    with database.write() as session:
        held = held_by(session, ours)
        answer = held.sheet.answers[0]
        with pytest.raises(Refusal, match="At most 40 authors"):
            bringing_in.bring_in(session, held, [Noted(f"x:{n}", f"a{n}") for n in range(41)], lambda: NOON)
        there = Noted("x:1", "a", answer.key, 1, 0, len(answer.text), answer.text, tags=("Answered",))
        room = session.exec(select(ClassRoom)).one()
        room.paused_at = NOON
        session.add(room)
        session.flush()
        with pytest.raises(Refusal, match="paused"):
            bringing_in.bring_in(session, held, [there], lambda: NOON)
        session.rollback()


def test_nobody_comes_in_as_a_coder_that_was_brought_in(database: Database) -> None:
    ours = school(database)
    with database.write() as session:
        held = held_by(session, ours)
        bringing_in.bring_in(session, held, [Noted("x:1", "a", exact="no words of theirs")], lambda: NOON)
        coder = session.exec(select(ClassMember).where(ClassMember.pseudonym == "Imported 1")).one()
        with pytest.raises(NotFound):
            slips.use(session, coder.key + "A" * codes.RETURN, lambda: NOON)
        with pytest.raises(Refusal, match="do not belong together"):
            membership.come_back(session, "Imported 1", membership.reissue(session, coder))


def test_nothing_of_it_outlives_the_coder_or_the_class(database: Database) -> None:
    ours = school(database)
    with database.write() as session:
        held = held_by(session, ours)
        answer = held.sheet.answers[0]
        there = Noted("x:1", "a", answer.key, 1, 0, len(answer.text), answer.text, tags=("Answered",))
        bringing_in.bring_in(session, held, [there], lambda: NOON)
        bringing_in.bring_in(session, held, [there], lambda: NOON)
        first = session.exec(select(ClassMember).where(ClassMember.pseudonym == "Imported 1")).one()
        erasing.member(session, first.id or 0)
        assert [one.who for one in bringing_in.brought(session, held.sheet)] == ["Imported 2"]
        erasing.room(session, 1, session.exec(select(ClassRoom.key)).one())
        assert session.exec(select(BroughtIn)).all() == []
