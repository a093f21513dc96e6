"""Reports of what people said, told in our words: what is on file where nobody holds the words themselves."""

from sqlmodel import Session, col, select

from positions.models import Candidacy, Contest, Evidence, Proposition, Stance
from positions.queries import propositions
from positions.scale import EvidenceKind
from transcripts.bilingual import Bilingual
from transcripts.checking.told import Told
from transcripts.models import Forum, Person, Source

_TOLD = (EvidenceKind.REPORTED_QUOTATION, EvidenceKind.SOURCE_SUMMARY)


def every(session: Session) -> tuple[Told, ...]:
    """Every report that a position standing now rests on. One statement."""
    replaced = select(Stance.supersedes_id).where(col(Stance.supersedes_id).is_not(None))
    rows = session.execute(
        select(Evidence, Stance, Proposition, Contest.slug)
        .add_columns(col(Person.name), col(Person.slug), Source, Forum)
        .join(Stance, col(Stance.id) == col(Evidence.stance_id))
        .join(Proposition, col(Proposition.id) == col(Stance.proposition_id))
        .join(Candidacy, col(Candidacy.id) == col(Stance.candidacy_id))
        .join(Contest, col(Contest.id) == col(Candidacy.contest_id))
        .join(Person, col(Person.id) == col(Candidacy.person_id))
        .join(Source, col(Source.id) == col(Evidence.source_id))
        .join(Forum, col(Forum.id) == col(Source.forum_id))
        .where(propositions.is_open(), col(Evidence.kind).in_(_TOLD), col(Stance.id).not_in(replaced))
        .order_by(col(Evidence.id))
    )
    return tuple(
        Told(
            person=name,
            slug=slug,
            forum=forum.id or 0,
            forum_title=Bilingual(forum.title_en, forum.title_es),
            source=source.publisher or source.title,
            path=f"/contests/{contest}/compare?by=statement#r-{statement.slug}",
            shown=Bilingual(piece.text_en or "", piece.text_es),
            texts=_texts(piece, stance, statement),
            fragment=piece.fragment or "",
        )
        for piece, stance, statement, contest, name, slug, source, forum in rows
    )


def _texts(piece: Evidence, stance: Stance, statement: Proposition) -> tuple[tuple[str, str], ...]:
    told = (
        ("en", piece.text_en),
        ("en", stance.summary_en),
        ("en", statement.text_en),
        ("es", piece.text_es),
        ("es", stance.summary_es),
        ("es", statement.text_es),
        ("en", piece.fragment),
    )
    return tuple((lang, text) for lang, text in told if text)
