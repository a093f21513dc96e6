"""Two forums that are one, of which the one that goes holds no words: sources, voices and names go over, and all can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from positions.entries import forums, merging
from positions.entries.entry import Doc, Kind, free_slug, needed
from positions.models import Evidence
from transcripts.desk_models import Report, Withheld
from transcripts.errors import Conflict, Refusal
from transcripts.models import Forum, PersonAlias, Record, Source, Speaker, SpeakerLabel, Turn
from transcripts.people_tables import Attribution

KIND_NAME = "forum"
MOVED: tuple[type[SQLModel], ...] = (Source, Speaker, SpeakerLabel, PersonAlias, Attribution, Report)
"""Whose rows name the forum they belong to and go over as they are."""
IF_NONE = ("venue", "city", "attendance", "video", "parts", "summary")
"""Facts the survivor takes over where it has none."""


@dataclass(frozen=True)
class Merging:
    """What goes over: titles of sources, names of voices, other names bounded by the forum."""

    sources: tuple[str, ...]
    voices: tuple[str, ...]
    names: tuple[str, ...]


def preview(session: Session, gone_slug: str, kept_slug: str) -> Merging:
    """What merging one forum into another would move, beside the facts of `merged`. Writes nothing. Raises NotFound, Refusal."""
    gone, _ = _pair(session, gone_slug, kept_slug)
    return Merging(
        tuple(session.exec(select(Source.title).where(Source.forum_id == gone.id).order_by(col(Source.id)))),
        tuple(session.exec(select(Speaker.name).where(Speaker.forum_id == gone.id).order_by(col(Speaker.id)))),
        tuple(session.exec(select(PersonAlias.alias).where(PersonAlias.forum_id == gone.id))),
    )


def merged(session: Session, gone_slug: str, kept_slug: str) -> Doc:
    """The survivor as it shall be: races and organisations of both, and of its facts those it did not have. Raises NotFound, Refusal."""
    _pair(session, gone_slug, kept_slug)
    gone, kept = (forums.read(session, slug) or {} for slug in (gone_slug, kept_slug))
    if kept["video"] or kept["parts"]:
        gone = {**gone, "video": None, "parts": {}}
    bodies = {(one["organisation"], one["role"]) for doc in (gone, kept) for one in doc["organisations"]}
    return {
        **kept,
        **{name: gone[name] for name in IF_NONE if not kept[name]},
        "races": sorted({*gone["races"], *kept["races"]}),
        "organisations": [{"organisation": body, "role": role} for body, role in sorted(bodies)],
    }


def read(session: Session, slug: str) -> Doc | None:
    """Into which forum one was merged; None where it was not."""
    return merging.read(session, KIND_NAME, slug)


def write(session: Session, slug: str, doc: Doc) -> None:
    """Give what belongs to one forum to another and take it away; `merged` tells the other's facts. Raises NotFound, Refusal, Conflict."""
    gone, kept = _pair(session, slug, doc["merged"])
    gone_id, kept_id = gone.id or 0, kept.id or 0
    moved = {
        "forum": forums.read(session, slug),
        "renamed": _rename(session, gone_id, kept_id),
        "dropped": _drop_repeated(session, gone_id, kept_id),
        "rows": [merging.move(session, model, "forum_id", gone_id, kept_id) for model in MOVED],
        "last": session.exec(select(func.max(Evidence.id))).one() or 0,
    }
    forums.remove(session, slug)
    merging.keep(session, KIND_NAME, slug, doc["merged"], moved)


def remove(session: Session, slug: str) -> None:
    """Separate two forums again. Raises NotFound; Conflict where words or positions rest by now on what went over."""
    into, moved = merging.release(session, KIND_NAME, slug, Forum)
    kept_id = needed(session, Forum, into, "forum").id or 0
    _refuse_rested_on(session, moved)
    forums.write(session, slug, moved["forum"])
    back_id = needed(session, Forum, slug, "forum").id or 0
    for model, ids in zip(MOVED, moved["rows"], strict=True):
        merging.move(session, model, "forum_id", kept_id, back_id, ids)
    for id, key in moved["renamed"].items():
        source = session.get(Source, int(id))
        if source is not None and source.forum_id == back_id:
            source.key = key
            session.add(source)
    for one in moved["dropped"]:
        _part(session, one, back_id)
    session.flush()


def _pair(session: Session, gone_slug: str, kept_slug: str) -> tuple[Forum, Forum]:
    gone, kept = (needed(session, Forum, slug, "forum") for slug in (gone_slug, kept_slug))
    if gone.id == kept.id:
        raise Refusal("These are one forum already.")
    if gone.fictional != kept.fictional:
        raise Refusal("One of these forums is invented, the other is not: they cannot be one.")
    if _holds_words(session, gone):
        if _holds_words(session, kept):
            raise Refusal(
                "Both forums hold words. Import the file of the one again as another source of the other, with “merge”;"
                " the records stay apart here."
            )
        raise Refusal("This forum holds the words, the other does not: merge the other one into this one.")
    return gone, kept


def _holds_words(session: Session, forum: Forum) -> bool:
    return any(
        session.exec(select(model.id).where(model.forum_id == forum.id)).first() is not None
        for model in (Record, Turn, Withheld)
    )


def _rename(session: Session, gone_id: int, kept_id: int) -> dict[str, str]:
    """Give sources whose key the survivor has another one; returns the keys they had, by id."""
    taken = set(session.exec(select(Source.key).where(col(Source.forum_id).in_((gone_id, kept_id)))))
    ours = set(session.exec(select(Source.key).where(Source.forum_id == kept_id)))
    had = {}
    for one in session.exec(select(Source).where(Source.forum_id == gone_id, col(Source.key).in_(ours))).all():
        had[str(one.id)] = one.key
        one.key = free_slug(one.key, taken, "source")
        taken.add(one.key)
        session.add(one)
    session.flush()
    return had


def _drop_repeated(session: Session, gone_id: int, kept_id: int) -> list[dict[str, Any]]:
    """Take away the voices of people who have one at the survivor, which takes their labels; returned as they were."""
    ours = {one.person_id: one.id or 0 for one in _voices(session, kept_id) if one.person_id is not None}
    labels = _labels(session, kept_id)
    dropped = []
    for voice in _voices(session, gone_id):
        mine = [one for one in _labels(session, gone_id).values() if one.speaker_id == voice.id]
        into = ours.get(voice.person_id) if voice.person_id is not None else None
        _refuse_told_apart(session, voice, mine, labels, into)
        if into is None:
            continue
        for label in mine:
            session.delete(label)
        session.flush()
        added = [
            SpeakerLabel(forum_id=kept_id, speaker_id=into, label=one.label, several=one.several)
            for one in mine
            if one.label not in labels
        ]
        session.add_all(added)
        session.delete(voice)
        session.flush()
        dropped.append(
            {
                "voice": voice.model_dump(exclude={"id", "forum_id"}),
                "labels": [one.model_dump(exclude={"id", "forum_id", "speaker_id"}) for one in mine],
                "added": [one.id for one in added],
            }
        )
    return dropped


def _voices(session: Session, forum_id: int) -> Sequence[Speaker]:
    return session.exec(select(Speaker).where(Speaker.forum_id == forum_id).order_by(col(Speaker.id))).all()


def _labels(session: Session, forum_id: int) -> dict[str, SpeakerLabel]:
    rows = session.exec(select(SpeakerLabel).where(SpeakerLabel.forum_id == forum_id))
    return {one.label: one for one in rows}


def _refuse_told_apart(
    session: Session, voice: Speaker, mine: Sequence[SpeakerLabel], labels: dict[str, SpeakerLabel], into: int | None
) -> None:
    """Raise Conflict where merging would say anew who a label or a voice is: that is never guessed."""
    if any(one.label in labels and labels[one.label].speaker_id != into for one in mine):
        raise Conflict(
            "“{name}” is printed at both forums and may be two people there; say first who it is.", name=voice.name
        )
    judged = select(Attribution.id).where(Attribution.speaker_id == voice.id)
    joined = select(Speaker.id).where(Speaker.joined_to_id == voice.id)
    if into is not None and (voice.joined_to_id or session.exec(judged).first() or session.exec(joined).first()):
        raise Conflict("Somebody said at this forum who “{name}” is; take that back first.", name=voice.name)


def _part(session: Session, dropped: dict[str, Any], back_id: int) -> None:
    """A voice that was taken away stands at its own forum again, with its labels."""
    for id in dropped["added"]:
        label = session.get(SpeakerLabel, id)
        if label is not None:
            session.delete(label)
    voice = Speaker(**dropped["voice"], forum_id=back_id)
    session.add(voice)
    session.flush()
    session.add_all(SpeakerLabel(**one, forum_id=back_id, speaker_id=voice.id or 0) for one in dropped["labels"])


def _refuse_rested_on(session: Session, moved: Doc) -> None:
    sources, voices = moved["rows"][MOVED.index(Source)], moved["rows"][MOVED.index(Speaker)]
    rests = (
        select(Turn.id).where(col(Turn.speaker_id).in_(voices)),
        select(Record.id).where(col(Record.source_id).in_(sources)),
        select(Evidence.id).where(col(Evidence.source_id).in_(sources), col(Evidence.id) > moved["last"]),
    )
    if any(session.exec(one).first() is not None for one in rests):
        raise Conflict(
            "Words or positions rest by now on what went over; the two forums cannot be told apart any more."
        )


KIND = Kind(read, write, remove)
