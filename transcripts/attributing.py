"""Who a voice is, said by an editor: link it to a person, unlink it, part its labels, give its role. Each can be taken back.

Every function is one step of the caller's transaction and writes one public `Attribution`. `seen` is the last of them the
editor saw for the voice (0 for none): where somebody said more since, Conflict is raised and nothing is lost. The printed
labels of the turns never change.

`guarded` are ids of turns whose voice only two editors change, because positions rest on them (`positions.attribution`):
they are given to another voice one by one, by proposal, and not with the voice.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from transcripts import aliases, asking, journal
from transcripts.amending import Reason
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.journal import Journal
from transcripts.models import ExchangeState, Person, Speaker, SpeakerLabel, Turn, now
from transcripts.people_tables import Attribution
from transcripts.search import outbox
from transcripts.vocabulary import ROLE_WORDS, Role
from transcripts.voices import fold_labels

Clock = Callable[[], datetime]


def link(
    session: Session,
    speaker_id: int,
    seen: int,
    slug: str,
    reason: Reason,
    clock: Clock = now,
    *,
    guarded: Collection[int],
) -> int:
    """Say that a voice is a person; a voice of theirs that the forum has already takes its labels and turns.

    Each label is learned as theirs at this forum. Returns the id of the public record. Raises Refusal where it is said already.
    """
    speaker, person = _current(session, speaker_id, seen), aliases.person(session, slug)
    if speaker.person_id == person.id:
        raise Refusal("This voice is {name}'s already.", name=person.name)
    _refuse_evidence(session, col(Turn.speaker_id) == speaker.id, guarded)
    step = _Step(session, speaker, reason, clock(), before=_named(session, speaker), after=person.name)
    step.journal.set(SpeakerLabel, "several", _ids(session, SpeakerLabel, _labels_of(speaker)), False)
    own = _voice_of(session, speaker, person.id)
    if own is None:
        _say(step, speaker.id, person.id, person.name, reason.why)
    else:
        _join(step, speaker, own)
    return step.keep("link")


def unlink(
    session: Session, speaker_id: int, seen: int, reason: Reason, clock: Clock = now, *, guarded: Collection[int]
) -> int:
    """Say that a voice is not the person it was given to, and why: imports leave it alone from now on."""
    speaker = _current(session, speaker_id, seen)
    if speaker.person_id is None:
        raise Refusal("This voice is linked to nobody.")
    _refuse_evidence(session, col(Turn.speaker_id) == speaker.id, guarded)
    step = _Step(session, speaker, reason, clock(), before=_named(session, speaker))
    _say(step, speaker.id, None, _printed(session, speaker), reason.why)
    return step.keep("unlink")


def split_label(
    session: Session,
    speaker_id: int,
    seen: int,
    label: str,
    reason: Reason,
    clock: Clock = now,
    *,
    guarded: Collection[int],
) -> int:
    """Make a label, with the turns printed under it, a voice of its own. Returns the new voice's id."""
    speaker = _current(session, speaker_id, seen)
    row = _label(session, speaker, label)
    if len(_ids(session, SpeakerLabel, _labels_of(speaker))) < 2:
        raise Refusal("“{label}” is the only label of this voice.", label=label)
    _refuse_evidence(session, _said_under(speaker, label), guarded)
    step = _Step(session, speaker, reason, clock(), label=label, before=_named(session, speaker), after=label)
    new = _new_voice(step, speaker, label, reason.why)
    step.journal.set(SpeakerLabel, "speaker_id", [row], new)
    step.journal.set(Turn, "speaker_id", _turns_under(session, speaker, label), new)
    step.keep("split")
    return new


def several(
    session: Session,
    speaker_id: int,
    seen: int,
    label: str,
    reason: Reason,
    clock: Clock = now,
    *,
    guarded: Collection[int],
    apart: bool = False,
) -> int:
    """Say that a label stands for several people: its turns are nobody's, or with `apart` each of them is a voice of its own.

    Imports never link the label again. Returns the id of the public record.
    """
    speaker = _current(session, speaker_id, seen)
    row = _label(session, speaker, label)
    if session.get_one(SpeakerLabel, row).several:
        raise Refusal("“{label}” stands for several people already.", label=label)
    _refuse_evidence(session, _said_under(speaker, label), guarded)
    step = _Step(session, speaker, reason, clock(), label=label, before=_named(session, speaker))
    turns = _turns_under(session, speaker, label)
    if len(_ids(session, SpeakerLabel, _labels_of(speaker))) > 1:
        holder = _new_voice(step, speaker, label, reason.why)
        step.journal.set(SpeakerLabel, "speaker_id", [row], holder)
        step.journal.set(Turn, "speaker_id", turns, holder)
    else:
        _say(step, speaker.id, None, label, reason.why)
    step.journal.set(SpeakerLabel, "several", [row], True)
    for n, turn in enumerate(turns if apart else (), start=1):
        step.journal.set(Turn, "speaker_id", [turn], _new_voice(step, speaker, f"{label} ({n})", reason.why))
    return step.keep("several")


def leave_open(session: Session, speaker_id: int, seen: int, reason: Reason, clock: Clock = now) -> int:
    """Say that a voice is no person, or nobody we know, and why: it waits no longer, and imports leave it alone."""
    speaker = _current(session, speaker_id, seen)
    if speaker.person_id is not None:
        raise Refusal("This voice is linked to somebody; take that back first.")
    step = _Step(session, speaker, reason, clock())
    step.journal.set(Speaker, "why", [speaker.id or 0], reason.why)
    return step.keep("open")


def set_role(session: Session, speaker_id: int, seen: int, role: Role, reason: Reason, clock: Clock = now) -> int:
    """Say what a voice was at the forum: who asks and who answers follows from it."""
    speaker = _current(session, speaker_id, seen)
    if speaker.role == role:
        raise Refusal("This voice has that role already.")
    before, after = (ROLE_WORDS[Role(one)] for one in (speaker.role, role))
    step = _Step(session, speaker, reason, clock(), before=before, after=after)
    step.journal.set(Speaker, "role", [speaker.id or 0], str(role))
    return step.keep("role")


def undo(session: Session, attribution_id: int, reason: Reason, clock: Clock = now, *, guarded: Collection[int]) -> int:
    """Take one of these changes back exactly. Raises NotFound, or Conflict where it was taken back or changed since."""
    done = session.get(Attribution, attribution_id)
    if done is None:
        raise NotFound("There is no such change.")
    if session.exec(select(Attribution.id).where(Attribution.undoes_id == attribution_id)).first() is not None:
        raise Conflict("This was taken back already.")
    speaker = session.get_one(Speaker, done.speaker_id, with_for_update=True)
    cells = journal.read(done.cells)
    voices = {id for one in cells if (one.table, one.column) == ("speaker", "person_id") for id in one.ids}
    turns = {id for one in cells if one.table == "turn" for id in one.ids}
    _refuse_evidence(session, col(Turn.speaker_id).in_(voices) | col(Turn.id).in_(turns & set(guarded)), guarded)
    step = _Step(session, speaker, reason, clock(), label=done.label, before=done.after, after=done.before)
    step.journal.take_back(cells)
    return step.keep("undo", undoes_id=attribution_id)


@dataclass
class _Step:
    """One change under way: the voice it is about and what readers will see of it."""

    session: Session
    speaker: Speaker
    reason: Reason
    at: datetime
    label: str | None = None
    before: str = ""
    after: str = ""
    journal: Journal = field(init=False)

    def __post_init__(self) -> None:
        self.journal = Journal(self.session)

    def keep(self, kind: str, undoes_id: int | None = None) -> int:
        """Write the public record, teach the labels, find the questions anew and tell the index."""
        session, forum_id = self.session, self.speaker.forum_id
        row = Attribution(
            forum_id=forum_id,
            speaker_id=self.speaker.id or 0,
            kind=kind,
            label=self.label,
            before=self.before,
            after=self.after,
            why=self.reason.why,
            by=self.reason.by,
            at=self.at,
            cells=journal.written(self.journal.cells),
            undoes_id=undoes_id,
        )
        session.add(row)
        session.flush()
        voices = {self.speaker.id or 0, *self.journal.ids(Speaker), *self._now_at()}
        labels = select(SpeakerLabel.label).where(col(SpeakerLabel.speaker_id).in_(voices))
        aliases.relearn(session, forum_id, session.exec(labels).all())
        here = select(Turn.record_id).where(Turn.forum_id == forum_id, Turn.status == "current").distinct()
        for record_id in session.exec(here).all():
            asking.keep(session, forum_id, record_id)
        outbox.enqueue(session, session.exec(select(Turn.key).where(col(Turn.speaker_id).in_(voices))))
        return row.id or 0

    def _now_at(self) -> Sequence[int]:
        """The voices the touched labels stand for now."""
        moved = col(SpeakerLabel.id).in_(self.journal.ids(SpeakerLabel))
        return self.session.exec(select(SpeakerLabel.speaker_id).where(moved)).all()


def _current(session: Session, speaker_id: int, seen: int) -> Speaker:
    """A voice to change, locked until the transaction ends. Raises NotFound, or Conflict where it is not what was seen."""
    speaker = session.get(Speaker, speaker_id, with_for_update=True, populate_existing=True)
    if speaker is None:
        raise NotFound("There is no such voice.")
    if speaker.joined_to_id is not None:
        raise Conflict("This voice was joined to another meanwhile.")
    last = session.exec(select(func.max(Attribution.id)).where(Attribution.speaker_id == speaker_id)).one()
    if (last or 0) != seen:
        raise Conflict("Somebody said something else about this voice meanwhile; look at it again.")
    return speaker


def _refuse_evidence(session: Session, which: ColumnElement[bool], guarded: Collection[int]) -> None:
    """Raises Conflict where one of these turns is evidence."""
    resting = set(guarded).intersection(_ids(session, Turn, which)) if guarded else ()
    if resting:
        raise Conflict(
            "Positions rest on {n} of these turns: give those to another voice first, with a second editor.",
            n=len(resting),
        )


def _say(step: _Step, speaker_id: int | None, person_id: int | None, name: str, why: str) -> None:
    ids = [speaker_id or 0]
    step.journal.set(Speaker, "person_id", ids, person_id)
    step.journal.set(Speaker, "name", ids, name)
    step.journal.set(Speaker, "why", ids, why)


def _join(step: _Step, speaker: Speaker, own: Speaker) -> None:
    """Give labels and turns of a voice to another of the same person; its role where that one's is not known."""
    session, id, own_id = step.session, speaker.id or 0, own.id or 0
    told = select(ExchangeState.exchange_id).where(ExchangeState.speaker_id == id, ExchangeState.set_by != asking.RULE)
    if session.exec(told.limit(1)).first() is not None:
        raise Conflict("An editor said of {name} what became of a question; take that back first.", name=speaker.name)
    step.journal.set(SpeakerLabel, "speaker_id", _ids(session, SpeakerLabel, _labels_of(speaker)), own_id)
    step.journal.set(Turn, "speaker_id", _ids(session, Turn, col(Turn.speaker_id) == id), own_id)
    if own.role == Role.UNKNOWN and speaker.role != Role.UNKNOWN:
        step.journal.set(Speaker, "role", [own_id], speaker.role)
    step.journal.set(Speaker, "person_id", [id], None)
    step.journal.set(Speaker, "joined_to_id", [id], own_id)


def _new_voice(step: _Step, speaker: Speaker, name: str, why: str) -> int:
    """A voice beside another, with its role: taken back, it is joined to that one."""
    new = Speaker(forum_id=speaker.forum_id, name=name, role=speaker.role, why=why, joined_to_id=speaker.id)
    step.session.add(new)
    step.session.flush()
    assert new.id is not None
    id = new.id
    step.journal.set(Speaker, "joined_to_id", [id], None)
    return id


def _voice_of(session: Session, speaker: Speaker, person_id: int | None) -> Speaker | None:
    """The person's other voice at the forum of this one."""
    others = select(Speaker).where(
        Speaker.forum_id == speaker.forum_id, Speaker.person_id == person_id, col(Speaker.joined_to_id).is_(None)
    )
    return session.exec(others.where(Speaker.id != speaker.id).order_by(col(Speaker.id))).first()


def _named(session: Session, speaker: Speaker) -> str:
    """The person a voice is said to be, as the public record prints it; empty for nobody."""
    return session.get_one(Person, speaker.person_id).name if speaker.person_id is not None else ""


def _printed(session: Session, speaker: Speaker) -> str:
    """What a voice is called by its labels alone."""
    rows = select(SpeakerLabel.label).where(SpeakerLabel.speaker_id == speaker.id).order_by(col(SpeakerLabel.id))
    labels = list(session.exec(rows))
    return fold_labels(labels)[0].name if labels else speaker.name


def _labels_of(speaker: Speaker) -> ColumnElement[bool]:
    return col(SpeakerLabel.speaker_id) == speaker.id


def _label(session: Session, speaker: Speaker, label: str) -> int:
    """The row of one label of a voice. Raises NotFound."""
    found = _ids(session, SpeakerLabel, _labels_of(speaker) & (col(SpeakerLabel.label) == label))
    if not found:
        raise NotFound("“{label}” is no label of this voice.", label=label)
    return found[0]


def _turns_under(session: Session, speaker: Speaker, label: str) -> list[int]:
    """The turns of a voice printed under a label, in their order."""
    return _ids(session, Turn, _said_under(speaker, label))


def _said_under(speaker: Speaker, label: str) -> ColumnElement[bool]:
    return (col(Turn.speaker_id) == speaker.id) & (col(Turn.label) == label)


def _ids(session: Session, model: type[SpeakerLabel] | type[Turn], which: ColumnElement[bool]) -> list[int]:
    """The rows of a voice, turns in the order they were said."""
    order = (col(Turn.record_id), col(Turn.position)) if model is Turn else ()
    found = session.exec(select(model.id).where(which).order_by(*order, col(model.id)))
    return [id for id in found if id is not None]
