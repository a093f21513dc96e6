"""The tables of classes. No name, address, birth date or photo of a student has a column here, or anywhere.

Keys are 128 random bits in URLs; secrets are kept as digests; `teacher` is the number of an account (accounts are only ever
disabled, and this room does not know them). What a student wrote is erased, not hidden, when it is taken away.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from positions.classes.visibility import Policy, Scope, State
from transcripts.models import now, one_of

UNITS = ("turn", "sentence", "words")
RULES = ("teacher", "vote")
BROUGHT = ("exact", "moved", "needs_review", "orphan", "refused")
NOMINATED = ("nominated", "accepted", "declined")


class ClassRoom(SQLModel, table=True):
    """A teacher's class. `join_code` is NULL while nobody new may come in; everything of it is erased on `purge_on`.

    `comments` is off for children under thirteen. `paused_at`: nobody can write until the teacher goes on.
    """

    __tablename__ = "class_room"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    teacher: int = Field(index=True)
    title: str = Field(sa_type=Text)
    lang: str = Field(default="en", max_length=16)
    join_code: str | None = Field(default=None, unique=True, max_length=16)
    join_until: datetime | None = None
    most: int = 40
    comments: bool = True
    created_at: datetime = Field(default_factory=now)
    paused_at: datetime | None = None
    purge_on: date


class ClassMember(SQLModel, table=True):
    """A student by a made-up name. `joined_on` is a day, NULL while the slip has not been used; `code` digests the return code.

    `exported_on`: the day the teacher last took everything of the student's out for a parent; the student is told.
    """

    __tablename__ = "class_member"
    __table_args__ = (UniqueConstraint("class_id", "pseudonym"),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    class_id: int = Field(foreign_key="class_room.id", index=True)
    pseudonym: str = Field(max_length=64)
    code: str = Field(sa_type=Text)
    joined_on: date | None = None
    exported_on: date | None = None


class ClassSignIn(SQLModel, table=True):
    """A browser in which a student works. The cookie's secret is kept as a digest; no device, no address."""

    __tablename__ = "class_sign_in"
    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True, max_length=64)
    member_id: int = Field(foreign_key="class_member.id", index=True)
    expires_at: datetime


class ClassRequest(SQLModel, table=True):
    """Somebody who asked for a class: an editor answers, and the row is erased a month later."""

    __tablename__ = "class_request"
    __table_args__ = (one_of("state", ("open", "invited", "declined")),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    name: str = Field(sa_type=Text)
    school: str = Field(sa_type=Text)
    contact: str = Field(sa_type=Text)
    message: str = Field(default="", sa_type=Text)
    state: str = Field(default="open", max_length=16)
    at: datetime = Field(default_factory=now)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = None


class Assignment(SQLModel, table=True):
    """What a class is given: turns of one forum in fixed versions, tags of its own, and who may see whose marks when.

    `raters` is how many students judge each answer, NULL for the whole class; `least` how many marks are asked for.
    `exclusive`: one tag an answer. `names_hidden`: speakers go by letters until the reveal.
    """

    __tablename__ = "class_assignment"
    __table_args__ = (
        one_of("unit", UNITS),
        one_of("policy", Policy),
        CheckConstraint("policy <> 'until' OR seen_from IS NOT NULL", name="until_when"),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    class_id: int = Field(foreign_key="class_room.id", index=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    title: str = Field(sa_type=Text)
    instructions: str = Field(default="", sa_type=Text)
    preset: str = Field(default="own", max_length=32)
    unit: str = Field(default="turn", max_length=16)
    exclusive: bool = False
    policy: str = Field(default=Policy.HIDDEN, max_length=16)
    seen_from: datetime | None = None
    revealed_at: datetime | None = None
    names_hidden: bool = False
    comments: bool = True
    replies: bool = True
    raters: int | None = None
    seed: int = 0
    least: int = 0
    due_at: datetime | None = None
    created_at: datetime = Field(default_factory=now)


class AssignmentTag(SQLModel, table=True):
    """One tag of an assignment. `topic` is the slug of a topic it stands for; `parent` the key of the tag above it."""

    __tablename__ = "class_tag"
    __table_args__ = (UniqueConstraint("assignment_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    position: int = 0
    key: str = Field(max_length=64)
    parent: str | None = Field(default=None, max_length=64)
    name_en: str = Field(sa_type=Text)
    name_es: str | None = Field(default=None, sa_type=Text)
    description_en: str = Field(default="", sa_type=Text)
    description_es: str | None = Field(default=None, sa_type=Text)
    includes: str = Field(default="", sa_type=Text)
    excludes: str = Field(default="", sa_type=Text)
    topic: str | None = Field(default=None, max_length=120)


class AssignmentTurn(SQLModel, table=True):
    """A turn of an assignment in the version that is read. `asked` ones are the questions: shown, not marked."""

    __tablename__ = "class_turn"
    __table_args__ = (UniqueConstraint("assignment_id", "turn_id"),)
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    position: int = 0
    turn_id: int = Field(foreign_key="turn.id", index=True)
    turn_version: int
    asked: bool = False


class Allocation(SQLModel, table=True):
    """A turn that a student was given to judge, where not everybody judges everything."""

    __tablename__ = "class_allocation"
    class_turn_id: int = Field(foreign_key="class_turn.id", primary_key=True)
    member_id: int = Field(foreign_key="class_member.id", primary_key=True, index=True)


class Submission(SQLModel, table=True):
    """A student's work on an assignment. `n` counts how often it was handed in; `remark` is the teacher's when it came back."""

    __tablename__ = "class_submission"
    __table_args__ = (UniqueConstraint("assignment_id", "member_id"), one_of("state", State))
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    member_id: int = Field(foreign_key="class_member.id", index=True)
    state: str = Field(default=State.DRAFT, max_length=16)
    n: int = 0
    handed_in_at: datetime | None = None
    first_handed_in_at: datetime | None = None
    until: datetime | None = None
    remark: str = Field(default="", sa_type=Text)


class HandedIn(SQLModel, table=True):
    """What a submission held when it was handed in for the n-th time: JSON of its marks. Append-only."""

    __tablename__ = "class_handed_in"
    __table_args__ = (UniqueConstraint("submission_id", "n"),)
    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="class_submission.id", index=True)
    n: int
    marks: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class Mark(SQLModel, table=True):
    """An annotation of the record made for an assignment: at most one tag on [start, end) of the version that is read.

    What it says beside the tag is a body of the annotation. `op` is the browser's key of the save, so that one sent again is one.
    """

    __tablename__ = "class_mark"
    __table_args__ = (UniqueConstraint("member_id", "op"), one_of("scope", Scope))
    annotation_id: int = Field(foreign_key="annotation.id", primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    member_id: int = Field(foreign_key="class_member.id", index=True)
    class_turn_id: int = Field(foreign_key="class_turn.id", index=True)
    tag_id: int | None = Field(default=None, foreign_key="class_tag.id", index=True)
    start: int
    end: int
    scope: str = Field(default=Scope.CLASS, max_length=16)
    op: str = Field(max_length=40)
    hidden_at: datetime | None = None


class BroughtIn(SQLModel, table=True):
    """An annotation of another program that came in a file: its own id, the words it stands on, and what became of it.

    `mark` is the key of the annotation it is here, NULL where it was not put; `member_id` the coder its author became.
    """

    __tablename__ = "class_brought_in"
    __table_args__ = (one_of("status", BROUGHT),)
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    member_id: int = Field(foreign_key="class_member.id", index=True)
    mark: str | None = Field(default=None, max_length=26)
    via: str = Field(sa_type=Text)
    status: str = Field(max_length=16)
    words: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)


class MarkAct(SQLModel, table=True):
    """One thing a student did to their marks, in order, so that it can be undone; `undoes` names the act it took back."""

    __tablename__ = "class_mark_act"
    __table_args__ = (UniqueConstraint("member_id", "op"), one_of("act", ("put", "take", "say")))
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    member_id: int = Field(foreign_key="class_member.id", index=True)
    annotation_id: int = Field(foreign_key="annotation.id", index=True)
    act: str = Field(max_length=16)
    op: str = Field(max_length=40)
    undoes_id: int | None = Field(default=None, foreign_key="class_mark_act.id", unique=True)
    at: datetime = Field(default_factory=now)


class ClassReply(SQLModel, table=True):
    """What a student (or the teacher: `member_id` NULL) says about an answer, or about one mark on it.

    `seed` notes are the teacher's and stand there from the beginning.
    """

    __tablename__ = "class_reply"
    __table_args__ = (one_of("scope", Scope),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    class_turn_id: int = Field(foreign_key="class_turn.id", index=True)
    annotation_id: int | None = Field(default=None, foreign_key="annotation.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="class_member.id", index=True)
    text: str = Field(sa_type=Text)
    scope: str = Field(default=Scope.CLASS, max_length=16)
    seed: bool = False
    hidden_at: datetime | None = None
    at: datetime = Field(default_factory=now)


class Ballot(SQLModel, table=True):
    """How a student votes on whether a tag belongs on an answer, when the class decides together."""

    __tablename__ = "class_ballot"
    class_turn_id: int = Field(foreign_key="class_turn.id", primary_key=True)
    tag_id: int = Field(foreign_key="class_tag.id", primary_key=True)
    member_id: int = Field(foreign_key="class_member.id", primary_key=True)
    present: bool


class ClassDecision(SQLModel, table=True):
    """The class answer: whether a tag belongs on a turn, by which rule, and why. Append-only; the last one stands."""

    __tablename__ = "class_decision"
    __table_args__ = (one_of("rule", RULES),)
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="class_assignment.id", index=True)
    class_turn_id: int = Field(foreign_key="class_turn.id", index=True)
    tag_id: int = Field(foreign_key="class_tag.id", index=True)
    present: bool
    rule: str = Field(max_length=16)
    reason: str = Field(default="", sa_type=Text)
    for_it: int = 0
    of: int = 0
    at: datetime = Field(default_factory=now)


class Nomination(SQLModel, table=True):
    """A class answer its teacher puts forward for the record: a topic on a turn. An editor accepts it or not.

    The topic and the turn stand by slug and key, and the class by what may be said of it in public: it outlives the class.
    `said` is the rule it was decided by, `for_it` of `of` those who voted for it, or had put it where the teacher decided.
    """

    __tablename__ = "class_nomination"
    __table_args__ = (one_of("state", NOMINATED),)
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=32)
    decision_id: int | None = Field(default=None, foreign_key="class_decision.id", unique=True)
    turn: str = Field(max_length=26, index=True)
    topic: str = Field(max_length=120)
    said: str = Field(sa_type=Text)
    for_it: int
    of: int
    reason: str = Field(default="", sa_type=Text)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    state: str = Field(default="nominated", max_length=16)
    decided_by: str | None = Field(default=None, sa_type=Text)
    decided_at: datetime | None = None
