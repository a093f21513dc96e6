"""The tables of the interpretation. Positions are append-only: a new row carries `supersedes_id`, no row is updated."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Float, Text, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from positions.coding.publishing import RaceRule
from positions.profiles import COMPARISON, PROFILES
from positions.scale import Code, EvidenceKind
from transcripts.annotation_models import STATUSES
from transcripts.models import now, one_of
from transcripts.vocabulary import Reason


class Topic(SQLModel, table=True):
    """A subject in a small curated tree, two levels deep. One that editors changed (`edited`) is theirs from then on."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    parent_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
    position: int = 0
    name_en: str = Field(sa_type=Text)
    name_es: str = Field(sa_type=Text)
    summary_en: str | None = Field(default=None, sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    edited: bool = False


class TopicRedirect(SQLModel, table=True):
    """The slug of a subject that was merged into another: /topics/<slug> leads there. `moved` is what went over, to take it back."""

    __tablename__ = "topic_redirect"
    slug: str = Field(primary_key=True, max_length=120)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    moved: str = Field(default="{}", sa_type=Text)


class TopicAlias(SQLModel, table=True):
    """Another name of a topic. `exact_case` keeps LEAD the program apart from lead the verb."""

    __tablename__ = "topic_alias"
    __table_args__ = (UniqueConstraint("topic_id", "lang", "alias"),)
    id: int | None = Field(default=None, primary_key=True)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    lang: str = Field(max_length=16)
    alias: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text, index=True)
    exact_case: bool = False


class Tag(SQLModel, table=True):
    """A topic put on a turn, with the reason and who put it there; confirming is an editor's act.

    `weight` is how likely the rules found it (0 to 1), NULL where they did not say.
    """

    __table_args__ = (UniqueConstraint("turn_id", "topic_id"), one_of("status", ("suggested", "confirmed", "rejected")))
    id: int | None = Field(default=None, primary_key=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    reason: str = Field(sa_type=Text)
    put_by: str = Field(default="rule", max_length=32)
    status: str = Field(default="suggested", max_length=16)
    weight: float | None = Field(default=None, sa_type=Float)


class TagDecision(SQLModel, table=True):
    """What an editor said of a topic on a turn, kept for good. `act` binds what was decided together, `undoes` names an act.

    `before` and `after` are statuses of the tag, NULL where there was or is none. The topic stands by its slug, because topics
    may be merged.
    """

    __tablename__ = "tag_decision"
    __table_args__ = (UniqueConstraint("act", "turn_id", "topic"), UniqueConstraint("undoes", "turn_id", "topic"))
    id: int | None = Field(default=None, primary_key=True)
    act: str = Field(max_length=26, index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    topic: str = Field(max_length=120)
    before: str | None = Field(default=None, max_length=16)
    after: str | None = Field(default=None, max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now, index=True)
    undoes: str | None = Field(default=None, max_length=26)


class TopicWord(SQLModel, table=True):
    """A pattern an editor put on a topic's list of words (`grade`) or took off it (NULL), over the list that is shipped.

    Append-only: what is taken back is named by a later row (`undoes`), and the list is what the others say, one after the other.
    The topic stands by its slug, because topics may be merged.
    """

    __tablename__ = "topic_word"
    __table_args__ = (one_of("lang", ("en", "es")), one_of("grade", ("sure", "likely", "hint")))
    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(max_length=120, index=True)
    lang: str = Field(max_length=16)
    pattern: str = Field(sa_type=Text)
    grade: str | None = Field(default=None, max_length=16)
    by: str = Field(sa_type=Text)
    at: datetime = Field(default_factory=now)
    undoes_id: int | None = Field(default=None, foreign_key="topic_word.id", unique=True)


class TopicRetag(SQLModel, table=True):
    """A topic whose words changed: the worker goes over what is on file, forum by forum in order of ids; `forum_id` was the last."""

    __tablename__ = "topic_retag"
    topic: str = Field(primary_key=True, max_length=120)
    forum_id: int = 0


class Contest(SQLModel, table=True):
    """One office in one election. `decides_*` are JSON lists of plain sentences: what this office decides.

    `freeze_days`: from how many days before election day on two people must agree to a change; 0 for never, NULL for as usual.
    `profile`: whether readers see positions too, or the candidates' own words only (`positions.profiles`). `coding_rule`: how many
    people stand behind a position.
    """

    __table_args__ = (one_of("profile", PROFILES), one_of("coding_rule", RaceRule))
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    title_en: str = Field(sa_type=Text)
    title_es: str | None = Field(default=None, sa_type=Text)
    office_en: str = Field(sa_type=Text)
    office_es: str | None = Field(default=None, sa_type=Text)
    place: str = Field(sa_type=Text)
    zone: str = Field(default="UTC", max_length=64)
    election_date: date
    decides_en: str = Field(default="[]", sa_type=Text)
    decides_es: str = Field(default="[]", sa_type=Text)
    fictional: bool = False
    freeze_days: int | None = None
    profile: str = Field(default=COMPARISON, max_length=16, sa_column_kwargs={"server_default": COMPARISON})
    coding_rule: str = Field(
        default=RaceRule.CHECKED, max_length=16, sa_column_kwargs={"server_default": RaceRule.CHECKED.value}
    )


class ContestForum(SQLModel, table=True):
    """A forum where the candidates of a contest were heard."""

    __tablename__ = "contest_forum"
    contest_id: int = Field(foreign_key="contest.id", primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", primary_key=True)


class Candidacy(SQLModel, table=True):
    """A person standing in a contest. No party means unaffiliated."""

    __table_args__ = (
        UniqueConstraint("contest_id", "person_id"),
        one_of("status", ("filed", "qualified", "withdrawn", "write_in")),
    )
    id: int | None = Field(default=None, primary_key=True)
    contest_id: int = Field(foreign_key="contest.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    ballot_name: str = Field(sa_type=Text)
    party_en: str | None = Field(default=None, sa_type=Text)
    party_es: str | None = Field(default=None, sa_type=Text)
    incumbent: bool = False
    status: str = Field(default="qualified", max_length=16)
    ballot_position: int | None = None


class Proposition(SQLModel, table=True):
    """One neutral, single-idea, testable sentence under a topic (readers see: a statement).

    `synonyms` is a JSON list of other words for it; `options` of a choice are a JSON list of {key, en, es}. A draft is the editors'
    alone; `pending` is a JSON object with the next wording of an open one, which waits to be approved in both languages at once.
    """

    __table_args__ = (one_of("type", ("scale", "choice")), one_of("status", ("draft", "open")))
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    contest_id: int = Field(foreign_key="contest.id", index=True)
    topic_id: int = Field(foreign_key="topic.id", index=True)
    position: int = 0
    type: str = Field(default="scale", max_length=16)
    text_en: str = Field(sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)
    synonyms: str = Field(default="[]", sa_type=Text)
    proposed_by: str | None = Field(default=None, sa_type=Text)
    version: int = 1
    options: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})
    status: str = Field(default="open", max_length=16, sa_column_kwargs={"server_default": "open"})
    pending: str | None = Field(default=None, sa_type=Text)
    worded_by: str | None = Field(default=None, sa_type=Text)
    approved_by: str | None = Field(default=None, sa_type=Text)


class EntryMerge(SQLModel, table=True):
    """A statement, race or forum that was entered twice: its slug leads to `into_slug`, which may have been merged on itself.

    `moved` is what went over, to take it back.
    """

    __tablename__ = "entry_merge"
    __table_args__ = (one_of("kind", ("statement", "race", "forum")),)
    kind: str = Field(primary_key=True, max_length=16)
    slug: str = Field(primary_key=True, max_length=120)
    into_slug: str = Field(max_length=120)
    moved: str = Field(default="{}", sa_type=Text)


class Stance(SQLModel, table=True):
    """A candidacy's position on a proposition as of a date, or the reason why there is none: exactly one of the two.

    `proposition_version` is the version of the statement that was judged; `around_*` what changed around it since the position before;
    `choice` is the key of the option that was chosen.
    """

    __table_args__ = (
        one_of("code", Code),
        one_of("reason", Reason),
        CheckConstraint("(code IS NULL) <> (reason IS NULL)", name="code_or_reason"),
        CheckConstraint("(choice IS NULL) = (code IS NULL OR code <> 'option')", name="choice"),
        CheckConstraint("tier BETWEEN 1 AND 5", name="tier"),
    )
    id: int | None = Field(default=None, primary_key=True)
    candidacy_id: int = Field(foreign_key="candidacy.id", index=True)
    proposition_id: int = Field(foreign_key="proposition.id", index=True)
    code: str | None = Field(default=None, max_length=16)
    reason: str | None = Field(default=None, max_length=16)
    tier: int | None = None
    as_of: date
    condition_en: str | None = Field(default=None, sa_type=Text)
    condition_es: str | None = Field(default=None, sa_type=Text)
    scope_en: str | None = Field(default=None, sa_type=Text)
    scope_es: str | None = Field(default=None, sa_type=Text)
    summary_en: str | None = Field(default=None, sa_type=Text)
    summary_es: str | None = Field(default=None, sa_type=Text)
    coders: int = 1
    supersedes_id: int | None = Field(default=None, foreign_key="stance.id", unique=True)
    recorded_at: datetime = Field(default_factory=now)
    proposition_version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    around_en: str | None = Field(default=None, sa_type=Text)
    around_es: str | None = Field(default=None, sa_type=Text)
    choice: str | None = Field(default=None, max_length=64)


class Evidence(SQLModel, table=True):
    """What a stance rests on: words of a turn (start, end in code points of version `turn_version`) or a source told in our words.

    With `says_why` it is no evidence of the position but why it is another than before.
    """

    __table_args__ = (
        one_of("kind", EvidenceKind),
        one_of("role", ("supports", "contradicts", "context")),
        CheckConstraint("turn_id IS NOT NULL OR source_id IS NOT NULL", name="turn_or_source"),
    )
    id: int | None = Field(default=None, primary_key=True)
    stance_id: int = Field(foreign_key="stance.id", index=True)
    position: int = 0
    kind: str = Field(max_length=32)
    role: str = Field(default="supports", max_length=16)
    source_id: int | None = Field(default=None, foreign_key="source.id", index=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", index=True)
    turn_version: int | None = None
    start: int | None = None
    end: int | None = None
    exact: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    text_en: str | None = Field(default=None, sa_type=Text)
    text_es: str | None = Field(default=None, sa_type=Text)
    fragment: str | None = Field(default=None, sa_type=Text)
    translator: str | None = Field(default=None, sa_type=Text)
    says_why: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class SearchLog(SQLModel, table=True):
    """Who looked, when and where, before NONE_FOUND could be said."""

    __tablename__ = "search_log"
    id: int | None = Field(default=None, primary_key=True)
    stance_id: int = Field(foreign_key="stance.id", index=True)
    by: str = Field(sa_type=Text)
    at: date
    where_en: str = Field(sa_type=Text)
    where_es: str | None = Field(default=None, sa_type=Text)


class EvidenceAnchor(SQLModel, table=True):
    """Where the words of a piece of evidence stand in a later version of their turn; an orphan stands nowhere.

    One row for every version that was looked at, never overwritten; the evidence itself keeps the words that were coded.
    """

    __tablename__ = "evidence_anchor"
    __table_args__ = (
        one_of("status", STATUSES),
        CheckConstraint("(start IS NULL) = (status = 'orphan')", name="place"),
    )
    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    turn_id: int = Field(foreign_key="turn.id", index=True)
    turn_version: int
    start: int | None = None
    end: int | None = None
    exact: str | None = Field(default=None, sa_type=Text)
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    status: str = Field(max_length=16)
    method: str = Field(max_length=16)
    score: float = Field(sa_type=Float)
    confirmed_by: str | None = Field(default=None, sa_type=Text)
    at: datetime = Field(default_factory=now)
