"""What follow-through is about, by its name: programs, commitments, figures, documents and acts, with the way to the page of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, literal, select, union_all
from sqlmodel import Session, SQLModel, col

from positions.followthrough.models.acts import ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.documents import Document
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.programs import Program
from transcripts.bilingual import Bilingual
from transcripts.desk_models import Report
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Named:
    """One of them; `path` is without language."""

    id: int
    slug: str
    title: Bilingual
    path: str


KINDS: Mapping[str, tuple[type[SQLModel], str, str]] = {
    "program": (Program, "name", "/programs/"),
    "commitment": (Commitment, "title", "/commitments/"),
    "figure": (Indicator, "name", "/figures/"),
    "document": (Document, "title", "/documents/"),
    "act": (ExternalAct, "title", "/acts/"),
}
"""What readers can ask about, by the name it has in addresses: its table, how its columns of a name begin, where its pages are."""


def by_slug(session: Session, kind: str, slug: str) -> Named:
    """One of them. Raises NotFound."""
    row = session.execute(_asked(kind).where(_column(kind, "slug") == slug)).first()
    if row is None:
        raise NotFound("There is no {kind} “{key}”.", kind=kind, key=slug)
    return _named(*row)[1]


def by_ids(session: Session, about: Collection[tuple[str, int]]) -> dict[tuple[str, int], Named]:
    """Those that are there, by kind and id. One statement, none where nothing is asked."""
    ids = {kind: {id for named, id in about if named == kind} for kind in KINDS}
    asked = [_asked(kind).where(_column(kind, "id").in_(some)) for kind, some in ids.items() if some]
    return dict(_named(*row) for row in session.execute(union_all(*asked))) if asked else {}


def asked_about(session: Session, row: SQLModel) -> bool:
    """Whether readers reported a row or asked about it. No statement for a row of another table."""
    kind = next((kind for kind, (model, _, _) in KINDS.items() if isinstance(row, model)), None)
    about = exists().where(col(Report.subject) == kind, col(Report.subject_id) == getattr(row, "id", None))
    return kind is not None and bool(session.execute(select(about)).scalar_one())


def _asked(kind: str) -> Select[Any]:
    name = KINDS[kind][1]
    return select(literal(kind), *(_column(kind, part) for part in ("id", "slug", f"{name}_en", f"{name}_es")))


def _column(kind: str, name: str) -> Any:
    return getattr(KINDS[kind][0], name)


def _named(kind: str, id: int, slug: str, en: str, es: str | None) -> tuple[tuple[str, int], Named]:
    return (kind, id), Named(id, slug, Bilingual(en, es), f"{KINDS[kind][2]}{slug}")
