"""Take away what a loaded file brought: its races, forums with all their words, and the people and bodies nothing else names.

Made for the demo world. Public records are corrected or withdrawn, never removed like this.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, SQLModel, col, delete, select

from positions.coding_models import CoderTie, Coding, CodingDecision, PositionBasis, PositionCheck
from positions.followthrough import models as deeds
from positions.followthrough import removing as followthrough
from positions.followthrough.copies import look_again
from positions.followthrough.models.documents import DocumentCopy
from positions.followthrough.queries.named import KINDS
from positions.load_schema import Document
from positions.models import (
    Candidacy,
    Contest,
    ContestForum,
    EntryMerge,
    Evidence,
    EvidenceAnchor,
    Proposition,
    SearchLog,
    Stance,
    Tag,
    TagDecision,
)
from positions.queries import table
from positions.quiz_models import QuizDecision, QuizWord
from transcripts import annotation_models as marks
from transcripts import desk_models as desk
from transcripts import folder_models as folders
from transcripts import models as held
from transcripts.errors import Conflict
from transcripts.people_tables import Attribution, PersonMerge, PersonRedirect, ProposedMerge
from transcripts.search.outbox import enqueue_forums

FOLLOWTHROUGH: Mapping[str, type[SQLModel]] = {
    "documents": deeds.documents.Document,
    "models": deeds.designs.ProgramModel,
    "programs": deeds.programs.Program,
    "commitments": deeds.commitments.Commitment,
    "figures": deeds.figures.Indicator,
    "requests": deeds.requests.RecordsRequest,
    "acts": deeds.acts.ExternalAct,
    "terms": deeds.terms.GlossaryTerm,
}
"""Sections of a file, and the tables of what they name."""


def remove(session: Session, document: Document) -> int:
    """Remove what `document` names and nobody else needs; returns how many rows went.

    Raises Conflict when a race that is not in the document rests on one of its forums.
    """
    contests = _ids(session, Contest, [entry.slug for entry in document.contests])
    forums = _ids(session, held.Forum, [entry.slug for entry in document.forums])
    people = _ids(session, held.Person, [entry.slug for entry in document.people])
    bodies = _ids(session, held.Organisation, [entry.slug for entry in document.organisations])
    _refuse_if_needed(session, forums, contests)
    _forget_merges(session, "race", [entry.slug for entry in document.contests])
    _forget_merges(session, "statement", [entry.slug for entry in document.propositions])
    _forget_merges(session, "forum", [entry.slug for entry in document.forums])
    gone = _remove_followthrough(session, document, contests, forums)
    gone += _remove_contests(session, contests) + _remove_forums(session, forums)
    gone += _remove_quizzes(session, [entry.slug for entry in document.contests])
    return gone + _remove_unused(session, people, bodies)


def _remove_followthrough(session: Session, document: Document, contests: list[int], forums: list[int]) -> int:
    """What the document names of follow-through, and whatever rests on the words, sources and candidates that go."""
    named = {
        str(model.__tablename__): set(_ids(session, model, [entry.slug for entry in getattr(document, section)]))
        for section, model in FOLLOWTHROUGH.items()
    }
    copies = select(DocumentCopy.sha256).where(col(DocumentCopy.document_id).in_(named["document"]))
    files = set(session.exec(copies).all())
    for kind, (model, _, _) in KINDS.items():
        about = col(desk.Report.subject_id).in_(named[str(model.__tablename__)])
        _drop(session, desk.Report, (col(desk.Report.subject) == kind) & about)
    for document_id in sorted(named["document"]):
        look_again(session, document_id)
    gone = followthrough.remove(
        session,
        {
            **named,
            "source": select(held.Source.id).where(col(held.Source.forum_id).in_(forums)),
            "turn": select(held.Turn.id).where(col(held.Turn.forum_id).in_(forums)),
            "candidacy": select(Candidacy.id).where(col(Candidacy.contest_id).in_(contests)),
            "proposition": select(Proposition.id).where(col(Proposition.contest_id).in_(contests)),
        },
    )
    return gone + _drop_files(session, files)


def _drop_files(session: Session, files: set[str]) -> int:
    """Files of which nothing is left that was read from them."""
    kept = select(held.RecordFile.sha256), select(DocumentCopy.sha256)
    unused = col(held.SourceFile.sha256).in_(files) & and_(*(col(held.SourceFile.sha256).not_in(one) for one in kept))
    return _drop(session, held.SourceFile, unused)


def _ids(session: Session, model: type[SQLModel], slugs: Sequence[str]) -> list[int]:
    rows = table(model)
    return list(session.scalars(select(rows.c.id).where(rows.c.slug.in_(slugs))))


def _drop(session: Session, model: type[SQLModel], which: ColumnElement[bool]) -> int:
    return session.exec(delete(model).where(which)).rowcount


def _forget_merges(session: Session, kind: str, slugs: Sequence[str]) -> None:
    """No address leads to what is taken away, and what the file names can be loaded again."""
    named = col(EntryMerge.slug).in_(slugs) | col(EntryMerge.into_slug).in_(slugs)
    _drop(session, EntryMerge, (col(EntryMerge.kind) == kind) & named)


def _refuse_if_needed(session: Session, forums: list[int], contests: list[int]) -> None:
    rests_on = select(Contest.title_en).join(ContestForum, col(ContestForum.contest_id) == col(Contest.id))
    others = rests_on.where(col(ContestForum.forum_id).in_(forums), col(Contest.id).not_in(contests))
    title = session.exec(others).first()
    if title is not None:
        raise Conflict("“{title}” rests on one of these forums; nothing was removed.", title=title)


def _remove_contests(session: Session, contests: list[int]) -> int:
    candidacies = select(Candidacy.id).where(col(Candidacy.contest_id).in_(contests))
    stances = select(Stance.id).where(col(Stance.candidacy_id).in_(candidacies))
    evidence = select(Evidence.id).where(col(Evidence.stance_id).in_(stances))
    return sum(
        [
            _drop(session, EvidenceAnchor, col(EvidenceAnchor.evidence_id).in_(evidence)),
            _drop(session, Evidence, col(Evidence.stance_id).in_(stances)),
            _drop(session, SearchLog, col(SearchLog.stance_id).in_(stances)),
            _drop(session, PositionBasis, col(PositionBasis.stance_id).in_(stances)),
            _drop(session, PositionCheck, col(PositionCheck.stance_id).in_(stances)),
            _drop(session, Coding, col(Coding.candidacy_id).in_(candidacies)),
            _drop(session, CodingDecision, col(CodingDecision.candidacy_id).in_(candidacies)),
            _drop(session, Stance, col(Stance.candidacy_id).in_(candidacies)),
            _drop(session, Proposition, col(Proposition.contest_id).in_(contests)),
            _drop(session, Candidacy, col(Candidacy.contest_id).in_(contests)),
            _drop(session, ContestForum, col(ContestForum.contest_id).in_(contests)),
            _drop(session, Contest, col(Contest.id).in_(contests)),
        ]
    )


def _remove_quizzes(session: Session, contests: Sequence[str]) -> int:
    tables = (QuizDecision, QuizWord)
    return sum(_drop(session, model, col(model.contest).in_(contests)) for model in tables)


def _remove_forums(session: Session, forums: list[int]) -> int:
    enqueue_forums(session, forums)
    turns = select(held.Turn.id).where(col(held.Turn.forum_id).in_(forums))
    exchanges = select(held.Exchange.id).where(col(held.Exchange.forum_id).in_(forums))
    records = select(held.Record.id).where(col(held.Record.forum_id).in_(forums))
    marked = session.exec(
        select(marks.AnnotationAnchor.annotation_id).where(col(marks.AnnotationAnchor.turn_id).in_(turns)).distinct()
    ).all()
    files = session.exec(select(held.RecordFile.sha256).where(col(held.RecordFile.record_id).in_(records))).all()
    gone = sum(
        [
            _drop(session, TagDecision, col(TagDecision.turn_id).in_(turns)),
            _drop(session, Tag, col(Tag.turn_id).in_(turns)),
            _drop(session, marks.AnnotationAnchor, col(marks.AnnotationAnchor.turn_id).in_(turns)),
            _drop(session, marks.AnnotationBody, col(marks.AnnotationBody.annotation_id).in_(marked)),
            _drop(session, marks.Annotation, col(marks.Annotation.id).in_(marked)),
            _drop(session, folders.FolderQuote, col(folders.FolderQuote.turn_id).in_(turns)),
            _drop(session, desk.ExchangeChoice, col(desk.ExchangeChoice.turn_id).in_(turns)),
            _drop(session, desk.ProposedChange, col(desk.ProposedChange.turn_id).in_(turns)),
            _drop(session, desk.ReviewMark, col(desk.ReviewMark.record_id).in_(records)),
            _drop(session, desk.Report, col(desk.Report.forum_id).in_(forums)),
            _drop(session, desk.VoiceProposal, col(desk.VoiceProposal.turn_id).in_(turns)),
            _drop(session, desk.VoiceMark, col(desk.VoiceMark.forum_id).in_(forums)),
            _drop(session, desk.Withheld, col(desk.Withheld.forum_id).in_(forums)),
            _drop(session, held.ExchangeState, col(held.ExchangeState.exchange_id).in_(exchanges)),
            _drop(session, held.ExchangeTurn, col(held.ExchangeTurn.exchange_id).in_(exchanges)),
            _drop(session, held.Exchange, col(held.Exchange.forum_id).in_(forums)),
            _drop(session, held.TurnVersion, col(held.TurnVersion.turn_id).in_(turns)),
            _drop(session, held.RecordFile, col(held.RecordFile.record_id).in_(records)),
        ]
    )
    of_forum = (held.Correction, held.Turn, held.Record, Attribution, held.PersonAlias, held.SpeakerLabel, held.Speaker)
    for model in (*of_forum, held.Source, held.MediaPart, held.ForumOrganisation):
        gone += _drop(session, model, col(model.forum_id).in_(forums))
    gone += _drop(session, held.Forum, col(held.Forum.id).in_(forums))
    return gone + _drop_files(session, set(files))


def _remove_unused(session: Session, people: list[int], bodies: list[int]) -> int:
    promised, promising = col(deeds.commitments.Commitment.person_id), col(deeds.commitments.Commitment.organisation_id)
    heard = select(held.Speaker.person_id).where(col(held.Speaker.person_id).is_not(None))
    needed = heard, select(Candidacy.person_id), select(promised).where(promised.is_not(None))
    unknown = and_(*(col(held.Person.id).not_in(one) for one in needed))
    gone = session.exec(select(held.Person.id).where(col(held.Person.id).in_(people), unknown)).all()
    named = (
        select(held.ForumOrganisation.organisation_id),
        select(deeds.programs.ProgramBody.organisation_id),
        select(promising).where(promising.is_not(None)),
    )
    merges = select(PersonMerge.id).where(col(PersonMerge.into_id).in_(gone))
    return sum(
        [
            _drop(session, held.PersonAlias, col(held.PersonAlias.person_id).in_(gone)),
            _drop(session, CoderTie, col(CoderTie.person_id).in_(gone)),
            _drop(session, PersonRedirect, col(PersonRedirect.person_id).in_(gone)),
            _drop(session, ProposedMerge, col(ProposedMerge.undoes_id).in_(merges)),
            _drop(session, PersonMerge, col(PersonMerge.into_id).in_(gone)),
            _drop(session, held.Person, col(held.Person.id).in_(gone)),
            _drop(
                session,
                held.Organisation,
                and_(col(held.Organisation.id).in_(bodies), *(col(held.Organisation.id).not_in(one) for one in named)),
            ),
        ]
    )
