"""The tables of who is who: what editors said about voices, and people who turned out to be one.

Beside `models`, with the same habits; `at` columns are UTC.
"""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, SQLModel

from transcripts.models import now, one_of

OPEN = text("status = 'open'")
ATTRIBUTIONS = ("link", "unlink", "several", "split", "open", "role", "undo")
"""What an editor may say of a voice; `open`: they looked, and it is nobody they know."""


class Attribution(SQLModel, table=True):
    """A public change of who a voice is: before, after, why, who. `cells` is what exactly changed (`journal`), to take it back.

    `label` is the printed label it is about, where it is about one; `undoes_id` names the change this one takes back.
    """

    __table_args__ = (one_of("kind", ATTRIBUTIONS),)
    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    speaker_id: int = Field(foreign_key="speaker.id", index=True)
    kind: str = Field(max_length=16)
    label: str | None = Field(default=None, sa_type=Text)
    before: str = Field(default="", sa_type=Text)
    after: str = Field(default="", sa_type=Text)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, index=True)
    cells: str = Field(default="[]", sa_type=Text)
    undoes_id: int | None = Field(default=None, foreign_key="attribution.id", unique=True)


class PersonRedirect(SQLModel, table=True):
    """The slug of somebody who turned out to be another person: /speakers/<slug> leads there."""

    __tablename__ = "person_redirect"
    slug: str = Field(primary_key=True, max_length=120)
    person_id: int = Field(foreign_key="person.id", index=True)


class PersonMerge(SQLModel, table=True):
    """Two people found to be one: what the one who is gone was called, and the ids of the rows that went over, by table.

    `into_id` follows the survivor when they are merged in turn; `into_slug` does not. `undone_*` say that it was taken back.
    """

    __tablename__ = "person_merge"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(max_length=120, index=True)
    name: str = Field(sa_type=Text)
    sort_name: str = Field(sa_type=Text)
    into_id: int = Field(foreign_key="person.id", index=True)
    into_slug: str = Field(max_length=120)
    moved: str = Field(default="{}", sa_type=Text)
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, index=True)
    undone_why: str | None = Field(default=None, sa_type=Text)
    undone_by: str | None = Field(default=None, sa_type=Text)
    undone_at: datetime | None = None


class ProposedMerge(SQLModel, table=True):
    """Two people to be merged, or (`undoes_id`) separated again, where positions rest on words that would change hands.

    It waits for another editor's word; `by` and `decided_by` are names of accounts. At most one is open for whoever would go.
    """

    __tablename__ = "proposed_merge"
    __table_args__ = (
        one_of("status", ("open", "approved", "refused")),
        Index("uq_proposed_merge_open", "gone_slug", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )
    id: int | None = Field(default=None, primary_key=True)
    gone_slug: str = Field(max_length=120)
    kept_slug: str = Field(max_length=120)
    undoes_id: int | None = Field(default=None, foreign_key="person_merge.id")
    why: str = Field(sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    status: str = Field(default="open", max_length=16)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = None
    decided_why: str | None = Field(default=None, sa_type=Text)
