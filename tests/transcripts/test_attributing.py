"""Who a voice is: said by an editor, public, never overwritten unseen, taken back exactly; and the queue of those nobody named."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.transcripts.records import add_forum, add_person, stored, turn_saying
from tests.transcripts.test_queries import statements
from tracker.db import Database
from transcripts import aliases, attributing
from transcripts.aliases import Bounds
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.models import Forum, OutboxEntry, PersonAlias, Speaker, SpeakerLabel, Turn
from transcripts.people_tables import Attribution
from transcripts.queries import aliases as asked
from transcripts.queries import attributions, forums, unmatched
from transcripts.vocabulary import Role

BECAUSE = Reason("The recording says so", "Ana, editor")
SHARED = """\
MODERATOR: Good evening. What will you do about the river path, and who pays for it?

LUND: I will open the river path in spring, and the depot pays for it.

SPEAKER: My street floods each year, and nobody comes to look at it.

LUND: I hear you, and we will come on Monday with the engineers.

SPEAKER: I have a shop here, and the buses do not stop in front of it.
"""


def voice(database: Database, label: str, slug: str = "rose-street") -> Speaker:
    with database.read() as session:
        found = select(Speaker).join(SpeakerLabel, col(SpeakerLabel.speaker_id) == col(Speaker.id))
        forum = select(Forum.id).where(Forum.slug == slug).scalar_subquery()
        return session.exec(found.where(SpeakerLabel.label == label, Speaker.forum_id == forum)).one()


def state(database: Database) -> dict[str, Any]:
    """Everything that says who is who, to be compared before and after."""
    with database.read() as session:
        speakers = session.exec(select(Speaker).where(col(Speaker.joined_to_id).is_(None)).order_by(col(Speaker.id)))
        labels = session.exec(select(SpeakerLabel).order_by(col(SpeakerLabel.id)))
        turns = session.exec(select(Turn.id, Turn.speaker_id).order_by(col(Turn.id)))
        learned = session.exec(select(PersonAlias.alias, PersonAlias.forum_id).order_by(col(PersonAlias.alias)))
        return {
            "speakers": [row.model_dump() for row in speakers],
            "labels": [row.model_dump() for row in labels],
            "turns": list(turns),
            "aliases": list(learned),
        }


def someone(database: Database, name: str, *names: str) -> str:
    with database.write() as session:
        return add_person(session, name, names).slug


def linked(database: Database, label: str, slug: str) -> int:
    with database.write() as session:
        return attributing.link(
            session, voice(database, label).id or 0, seen(session, label), slug, BECAUSE, guarded=()
        )


def seen(session: Session, label: str) -> int:
    rows = select(Attribution.id).join(SpeakerLabel, col(SpeakerLabel.speaker_id) == col(Attribution.speaker_id))
    return max((id or 0 for id in session.exec(rows.where(SpeakerLabel.label == label))), default=0)


def taken_back(database: Database, id: int) -> int:
    with database.write() as session:
        return attributing.undo(session, id, BECAUSE, guarded=())


def test_a_link_is_public_and_learned_at_this_forum_only(database: Database) -> None:
    stored(database)
    slug = someone(database, "Tomas Vale")
    linked(database, "VALE", slug)
    speaker = voice(database, "VALE")
    assert (speaker.name, speaker.why, speaker.person_id is not None) == ("Tomas Vale", BECAUSE.why, True)
    with database.read() as session:
        (line,) = attributions.latest(session, 5)
        assert (line.kind, line.before, line.after, line.why, line.by) == (
            "link",
            "",
            "Tomas Vale",
            BECAUSE.why,
            BECAUSE.by,
        )
        found = {(one.alias, one.forum_slug, one.origin) for one in asked.of_person(session, slug)}
        assert found == {("TOM VALE", "rose-street", "editor"), ("VALE", "rose-street", "editor")}
        assert session.exec(select(OutboxEntry)).all()
    assert turn_saying(database, "freeze rents").label == "TOM VALE"


@pytest.mark.parametrize("kind", ["link", "join", "unlink", "split", "several", "apart", "role"])
def test_every_change_can_be_taken_back_exactly_and_made_again(database: Database, kind: str) -> None:
    stored(database)
    slug = someone(database, "Tomas Vale")
    if kind in ("unlink", "join"):
        linked(database, "VALE", slug)
    before = state(database)
    id = change(database, kind, slug)
    after = state(database)
    assert before != after
    undone = taken_back(database, id)
    assert state(database) == before
    with pytest.raises(Conflict, match="already"):
        taken_back(database, id)
    taken_back(database, undone)
    assert state(database) == after


def change(database: Database, kind: str, slug: str) -> int:
    """Make one change of a kind; returns its id."""
    with database.write() as session:
        vale, quill = (voice(database, label).id or 0 for label in ("VALE", "QUILL"))
        last = seen(session, "VALE")
        if kind == "link":
            return attributing.link(session, vale, last, slug, BECAUSE, guarded=())
        if kind == "join":
            return attributing.link(session, quill, seen(session, "QUILL"), slug, BECAUSE, guarded=())
        if kind == "unlink":
            return attributing.unlink(session, vale, last, BECAUSE, guarded=())
        if kind == "role":
            return attributing.set_role(session, vale, last, Role.OFFICIAL, BECAUSE)
        if kind == "split":
            attributing.split_label(session, vale, last, "TOM VALE", BECAUSE, guarded=())
            return max(id or 0 for id in session.exec(select(Attribution.id)))
        return attributing.several(session, vale, last, "VALE", BECAUSE, guarded=(), apart=kind == "apart")


def test_two_voices_of_one_person_become_one(database: Database) -> None:
    stored(database)
    slug = someone(database, "Tomas Vale")
    linked(database, "VALE", slug)
    linked(database, "QUILL", slug)
    with database.read() as session:
        forum = session.exec(select(Forum)).one()
        named = [line.name for line in forums.by_slug(session, forum.slug).speakers]
    assert named.count("Tomas Vale") == 1 and "MARA QUILL" not in named
    assert voice(database, "QUILL").id == voice(database, "VALE").id


def test_what_an_editor_unlinked_stays_so_when_the_file_comes_again(database: Database) -> None:
    stored(database)
    slug = someone(database, "Tom Vale")
    linked(database, "VALE", slug)
    with database.write() as session:
        attributing.unlink(session, voice(database, "VALE").id or 0, seen(session, "VALE"), BECAUSE, guarded=())
    stored(database, reparse=True, people=((slug, Role.CANDIDATE),))
    assert voice(database, "VALE").person_id is None
    with database.read() as session:
        assert asked.of_person(session, slug) == ()


def test_a_label_of_several_people_is_never_linked_again_and_draws_nobody_to_it(database: Database) -> None:
    stored(database, SHARED)
    with database.write() as session:
        id = voice(database, "LUND").id or 0
        attributing.several(session, id, 0, "LUND", BECAUSE, guarded=())
    slug = someone(database, "Vera Lund")
    more = SHARED + "\nVERA LUND: And I will mend the roof of the library before the winter.\n"
    stored(database, more, people=((slug, Role.CANDIDATE),))
    assert voice(database, "LUND").person_id is None
    assert voice(database, "VERA LUND").id != voice(database, "LUND").id


def test_the_turns_of_a_label_for_several_can_be_voices_of_their_own(database: Database) -> None:
    stored(database, SHARED)
    slug = someone(database, "Bea Orr")
    with database.write() as session:
        attributing.several(session, voice(database, "SPEAKER").id or 0, 0, "SPEAKER", BECAUSE, guarded=(), apart=True)
    shop = turn_saying(database, "I have a shop")
    street = turn_saying(database, "My street")
    assert len({shop.speaker_id, street.speaker_id, voice(database, "SPEAKER").id}) == 3
    with database.write() as session:
        attributing.link(session, shop.speaker_id or 0, 0, slug, BECAUSE, guarded=())
    with database.read() as session:
        names = [session.get_one(Speaker, id).name for id in (street.speaker_id, shop.speaker_id)]
    assert names == ["SPEAKER (1)", "Bea Orr"]
    stored(database, SHARED, reparse=True)
    assert turn_saying(database, "I have a shop").speaker_id == shop.speaker_id


def test_two_editors_never_overwrite_one_another(database: Database) -> None:
    stored(database)
    slug = someone(database, "Tomas Vale")
    linked(database, "VALE", slug)
    with database.write() as session, pytest.raises(Conflict, match="meanwhile"):
        attributing.set_role(session, voice(database, "VALE").id or 0, 0, Role.OFFICIAL, BECAUSE)


def test_what_was_changed_since_is_not_taken_back(database: Database) -> None:
    stored(database)
    slug, other = someone(database, "Tomas Vale"), someone(database, "Tom Valentine")
    first = linked(database, "VALE", slug)
    linked(database, "VALE", other)
    with pytest.raises(Conflict, match="since"):
        taken_back(database, first)
    assert voice(database, "VALE").name == "Tom Valentine"


def test_words_that_positions_rest_on_do_not_change_hands_with_their_voice(database: Database) -> None:
    stored(database)
    slug, other = someone(database, "Tomas Vale"), someone(database, "Tom Valentine")
    id = linked(database, "VALE", slug)
    resting = {turn_saying(database, "freeze rents").id or 0}
    with database.write() as session:
        vale, last = voice(database, "VALE").id or 0, seen(session, "VALE")
        for change in (
            lambda: attributing.link(session, vale, last, other, BECAUSE, guarded=resting),
            lambda: attributing.unlink(session, vale, last, BECAUSE, guarded=resting),
            lambda: attributing.split_label(session, vale, last, "TOM VALE", BECAUSE, guarded=resting),
            lambda: attributing.several(session, vale, last, "TOM VALE", BECAUSE, guarded=resting),
            lambda: attributing.undo(session, id, BECAUSE, guarded=resting),
        ):
            with pytest.raises(Conflict, match="Positions rest on 1 of these turns"):
                change()
        attributing.split_label(session, vale, last, "VALE", BECAUSE, guarded=resting)
    assert turn_saying(database, "freeze rents").speaker_id == vale


def test_refusals_say_what_is_wrong(database: Database) -> None:
    stored(database)
    slug = someone(database, "Tomas Vale")
    id = voice(database, "VALE").id or 0
    with database.write() as session:
        with pytest.raises(NotFound, match="nobody under"):
            attributing.link(session, id, 0, "no-one", BECAUSE, guarded=())
        with pytest.raises(NotFound, match="no such voice"):
            attributing.link(session, 9_999, 0, slug, BECAUSE, guarded=())
        with pytest.raises(Refusal, match="linked to nobody"):
            attributing.unlink(session, id, 0, BECAUSE, guarded=())
        with pytest.raises(NotFound, match="no label of this voice"):
            attributing.several(session, id, 0, "BERG", BECAUSE, guarded=())
        with pytest.raises(NotFound, match="no such change"):
            attributing.undo(session, 9_999, BECAUSE, guarded=())
        with pytest.raises(Refusal, match="has that role"):
            attributing.set_role(session, id, 0, Role(voice(database, "VALE").role), BECAUSE)
    linked(database, "VALE", slug)
    with database.write() as session, pytest.raises(Refusal, match="already"):
        attributing.link(session, id, seen(session, "VALE"), slug, BECAUSE, guarded=())


def test_an_alias_holds_where_and_when_it_says(database: Database) -> None:
    slug = someone(database, "Wilhelmina Stokes")
    with database.write() as session:
        forum_id = add_forum(session, "other-street").id
        aliases.add(session, slug, "MAYOR PELL", Bounds(valid_from=date(2026, 1, 1), valid_to=date(2026, 9, 8)))
        aliases.add(session, slug, "THE CHAIR", Bounds(forum_id=forum_id))
    with database.read() as session:

        def names(forum: int | None, day: date | None) -> tuple[str, ...]:
            return asked.known(session, [slug], forum, day)[0][1].aliases

        assert names(forum_id, date(2026, 9, 8)) == ("MAYOR PELL", "THE CHAIR")
        assert names(forum_id, date(2026, 9, 9)) == ("THE CHAIR",)
        assert names(None, date(2025, 12, 31)) == ()
        assert names(None, None) == ()
        assert [line.alias for line in asked.listed(session)] == ["MAYOR PELL", "THE CHAIR"]


def test_an_import_respects_the_bounds_of_an_alias(database: Database) -> None:
    slug = someone(database, "Wilhelmina Stokes")
    with database.write() as session:
        aliases.add(session, slug, "Tom Vale", Bounds(valid_to=date(2026, 9, 7)))
    stored(database, people=((slug, Role.CANDIDATE),))
    assert voice(database, "TOM VALE").person_id is None
    with database.write() as session:
        aliases.add(session, slug, "Tom Vale", Bounds(valid_from=date(2026, 9, 8)))
    stored(database, reparse=True, people=((slug, Role.CANDIDATE),))
    assert voice(database, "TOM VALE").person_id is not None


def test_aliases_are_added_once_and_taken_away(database: Database) -> None:
    slug = someone(database, "Wilhelmina Stokes")
    with database.write() as session:
        id = aliases.add(session, slug, "  Billie   Stokes ")
        with pytest.raises(Conflict, match="already"):
            aliases.add(session, slug, "BILLIE STOKES")
        with pytest.raises(Refusal, match="between 1 and"):
            aliases.add(session, slug, " ")
        with pytest.raises(Refusal, match="first day"):
            aliases.add(session, slug, "B", Bounds(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)))
        with pytest.raises(NotFound, match="no such forum"):
            aliases.add(session, slug, "B", Bounds(forum_id=77))
        aliases.remove(session, id)
        with pytest.raises(NotFound):
            aliases.remove(session, id)


def test_the_queue_tells_who_a_voice_may_be_and_why(database: Database) -> None:
    stored(database)
    for name in ("Thomas Vale", "Ida Berk", "Nora Quill"):
        someone(database, name)
    with database.read() as session:
        queue = unmatched.queue(session)
        told = {one.name: [(s.name, s.why) for s in one.suggestions] for one in queue.voices}
    assert queue.total == 3 and [one.words for one in queue.voices] == sorted(
        (one.words for one in queue.voices), reverse=True
    )
    assert told["TOM VALE"][0] == ("Thomas Vale", "The same surname, first name or initials.")
    assert told["MARA QUILL"][0][0] == "Nora Quill"
    linked(database, "VALE", "thomas-vale")
    with database.read() as session:
        assert "TOM VALE" not in {one.name for one in unmatched.queue(session).voices}


def test_the_queue_knows_what_a_label_stood_for_elsewhere(database: Database) -> None:
    stored(database)
    someone(database, "Wilhelmina Stokes")
    linked(database, "VALE", "wilhelmina-stokes")
    stored(database, slug="elm-street")
    with database.read() as session:
        vale = next(one for one in unmatched.queue(session).voices if one.name == "TOM VALE")
    assert [(s.slug, s.why) for s in vale.suggestions] == [
        ("wilhelmina-stokes", "“TOM VALE” was theirs at another forum.")
    ]


def test_the_queue_asks_the_same_number_of_questions_whatever_it_holds(database: Database) -> None:
    stored(database)
    counts = []
    for n in range(3):
        with database.read() as session, statements(database) as asked_for:
            unmatched.queue(session, page=1, size=50)
        counts.append(len(asked_for))
        stored(database, slug=f"street-{n}")
        someone(database, f"Person Number{n}")
    assert len(set(counts)) == 1
    with database.read() as session:
        first, second = (unmatched.queue(session, page, 2).voices for page in (1, 2))
    assert len(first) == len(second) == 2 and {v.speaker_id for v in first}.isdisjoint(v.speaker_id for v in second)
