"""Commitments as entries say them and as rows hold them; what a file tells of them besides is appended, never written over."""

from typing import Any

from sqlmodel import Session, select

from positions.cells import Looked
from positions.coding.publishing import FILE
from positions.followthrough import events
from positions.followthrough.commitments import VALUES, Told
from positions.followthrough.events import Beside
from positions.followthrough.models.commitments import Commitment, CommitmentEvent
from positions.followthrough.models.programs import Program
from positions.followthrough.vocabulary.commitments import Axis, CommitmentKind
from positions.followthrough_entries.commitments import Commitment as Entry
from positions.followthrough_entries.commitments import Due, Event
from positions.keeping import Outcome, keep
from positions.load_fields import Both
from positions.load_followthrough import grounds
from positions.load_stances import find
from positions.models import Candidacy, Contest, Proposition, Topic
from positions.scale import EvidenceKind
from positions.stance_rules import LONGEST_FRAGMENT
from positions.stances import columns
from transcripts.errors import NotFound, Refusal
from transcripts.messages import Message
from transcripts.models import Organisation, Person
from transcripts.text import count_words


def keep_all(session: Session, entry: Entry) -> Outcome:
    """Bring a commitment into line with a file and append what the file tells of it. Raises NotFound, Conflict, Refusal."""
    row, outcome = keep_facts(session, entry)
    order = list(Axis)
    told = sorted(entry.events, key=lambda one: (one.on, order.index(one.axis)))
    done = [_happened(session, row.id or 0, one) for one in told]
    done += [_seen(session, row.id or 0, one) for one in entry.occurrences]
    return "changed" if outcome == "same" and "added" in done else outcome


def keep_facts(session: Session, entry: Entry) -> tuple[Commitment, Outcome]:
    """Bring the facts of a commitment into line. Raises NotFound, and a Refusal that says what is missing."""
    why = _unclear(entry)
    if why is not None:
        raise Refusal.of(why)
    ground = grounds.columns(session, entry.cited)
    if (entry.origin_kind == EvidenceKind.QUOTATION) != (ground["turn_id"] is not None):
        raise Refusal("A quotation stands in words of the record, anything else in a document or a source.")
    row, outcome = keep(session, Commitment, {"slug": entry.slug}, {**_values(session, entry), **ground})
    held = select(CommitmentEvent.id).where(CommitmentEvent.commitment_id == row.id)
    if entry.kind == CommitmentKind.POSITION and session.exec(held).first() is not None:
        raise Refusal("Something was recorded of it: a position promises nothing that could be kept or broken.")
    return row, outcome


def _unclear(entry: Entry) -> Message | None:
    tracked = entry.kind != CommitmentKind.POSITION
    if tracked and entry.criterion is None:
        return Message("Say by which criterion anybody can tell whether it was done.")
    if not tracked and (entry.due_on or entry.every_months):
        return Message("A position is due on no day: it promises no act.")
    if entry.due_on is not None and entry.every_months is not None:
        return Message("It is due on one day, or again and again: give one of the two.")
    if entry.due_on is not None and entry.due_on < entry.said_on:
        return Message("It cannot be due before it was said.")
    if entry.origin_kind == EvidenceKind.TRANSLATION:
        return Message("A translation is no origin: name the words that were translated.")
    if entry.origin_kind != EvidenceKind.QUOTATION and entry.origin is None:
        return Message("Tell in our words what the source says.")
    if entry.fragment and entry.origin_kind != EvidenceKind.REPORTED_QUOTATION:
        return Message("Only beside a quotation that stands in a source a fragment of it can be shown.")
    if entry.fragment and count_words(entry.fragment) > LONGEST_FRAGMENT:
        return Message("A fragment has at most {most} words; tell the rest in your own.", {"most": LONGEST_FRAGMENT})
    return None


def _values(session: Session, entry: Entry) -> dict[str, Any]:
    person = find(session, Person, entry.person, "people") if entry.person else None
    body = find(session, Organisation, entry.organisation, "organisations") if entry.organisation else None
    named = {
        "program_id": find(session, Program, entry.program, "programs").id if entry.program else None,
        "topic_id": find(session, Topic, entry.topic, "the curated topics").id if entry.topic else None,
        "proposition_id": find(session, Proposition, entry.statement, "propositions").id if entry.statement else None,
    }
    return {
        "kind": str(entry.kind),
        "person_id": person.id if person else None,
        "organisation_id": body.id if body else None,
        "candidacy_id": _candidacy(session, entry.contest, person) if entry.contest and person else None,
        **named,
        "said_on": entry.said_on,
        "zone": entry.zone,
        "measurable": entry.measurable,
        "responsible": entry.responsible,
        "due_on": entry.due_on,
        "every_months": entry.every_months,
        "first_due_on": entry.first_due_on,
        "term_ends_on": entry.term_ends_on,
        "origin_kind": str(entry.origin_kind),
        "fragment": entry.fragment,
        "fictional": entry.fictional,
        **_both("title", entry.title),
        **_both("criterion", entry.criterion),
        **_both("due_why", entry.due_why),
        **_both("origin", entry.origin),
    }


def _candidacy(session: Session, contest: str, person: Person) -> int | None:
    race = find(session, Contest, contest, "contests")
    which = select(Candidacy.id).where(Candidacy.contest_id == race.id, Candidacy.person_id == person.id)
    found = session.exec(which).one_or_none()
    if found is None:
        raise NotFound("{name} does not stand in “{race}”; add a candidacy there.", name=person.name, race=contest)
    return found


def _both(name: str, text: Both | None) -> dict[str, Any]:
    return columns(name, text.pair() if text else None)


def _happened(session: Session, commitment_id: int, entry: Event) -> Outcome:
    values = VALUES[entry.axis]
    if entry.value not in set(values):
        codes = ", ".join(values)
        raise Refusal("{axis} has no value “{value}”: {codes}.", axis=entry.axis, value=entry.value, codes=codes)
    log = entry.looked
    told = Told(
        value=values(entry.value),
        on=entry.on,
        sourced=entry.cited is not None,
        looked=Looked(log.by, log.at, log.where.pair()) if log else None,
    )
    beside = _beside(session, entry)
    outcome = events.record(session, commitment_id, told, beside)
    held = events.key_of(session, commitment_id, told, beside) if entry.taken_back else None
    if held is None or entry.taken_back is None:
        return outcome
    events.withdraw(session, commitment_id, held, entry.taken_back.pair(), FILE.name)
    return "added"


def _seen(session: Session, commitment_id: int, entry: Due) -> Outcome:
    beside = _beside(session, entry)
    outcome = events.see(session, commitment_id, entry.due_on, entry.outcome, entry.on, beside)
    held = None
    if entry.taken_back:
        held = events.key_of_due(session, commitment_id, entry.due_on, entry.outcome, entry.on, beside)
    if held is None or entry.taken_back is None:
        return outcome
    events.withdraw_due(session, commitment_id, held, entry.taken_back.pair(), FILE.name)
    return "added"


def _beside(session: Session, entry: Event | Due) -> Beside:
    return Beside(FILE.name, entry.text.pair() if entry.text else None, grounds.columns(session, entry.cited))
