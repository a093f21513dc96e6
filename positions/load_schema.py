"""What a file for `tracker load` may hold (docs/load.md), validated before anything is stored.

Unknown fields are refused. `load_document` reads a file and tells its faults.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, model_validator

from positions.coding.publishing import RaceRule
from positions.followthrough_entries.acts import Act
from positions.followthrough_entries.commitments import Commitment
from positions.followthrough_entries.designs import Model
from positions.followthrough_entries.documents import Document as Paper
from positions.followthrough_entries.figures import Figure
from positions.followthrough_entries.findings import Finding, Reply
from positions.followthrough_entries.programs import Program
from positions.followthrough_entries.requests import Request
from positions.followthrough_entries.terms import Term
from positions.load_fields import Both, Day, Entry, FileName, InBoth, Language, Slug, Url, Words, Zone
from positions.scale import Code, EvidenceKind, Tier
from transcripts.messages import Message
from transcripts.vocabulary import ForumKind, Grade, Reason, Right, Role


class Organisation(Entry):
    slug: Slug
    name: Words
    interest: Both | None = None
    url: Url | None = None


class Person(Entry):
    slug: Slug
    name: Words
    sort_name: Words
    aliases: tuple[Words, ...] = ()


class ForumOrganisation(Entry):
    organisation: Slug
    role: Literal["organiser", "host", "publisher", "questioners"]


class Appearance(Entry):
    """A voice at the forum: a person with the labels printed for them, or a label that stands for a role."""

    person: Slug | None = None
    role: Role
    labels: tuple[Words, ...] = ()
    label: Words | None = None
    credit: Both | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.person is None) == (self.label is None):
            raise ValueError(Message("needs either a person (with labels) or a label alone"))
        return self


class Source(Entry):
    key: Slug
    kind: Literal["article", "video", "transcript", "questionnaire", "document"]
    title: Words
    publisher: Words | None = None
    date: Day | None = None
    url: Url | None = None
    grade: Grade | None = None
    interest: Both | None = None


class State(Entry):
    """What became of a person in the exchange whose question holds these words."""

    question: Words
    person: Slug
    state: Literal["answered"] | Reason
    note: Both | None = None


class Forum(Entry):
    slug: Slug
    title: Both
    kind: ForumKind
    date: Day
    zone: Zone
    venue: Words | None = None
    city: Words | None = None
    attendance: int | None = Field(default=None, ge=0, le=10_000_000)
    language: Language = "en"
    video: Url | None = None
    fictional: StrictBool = False
    summary: Both | None = None
    organisations: tuple[ForumOrganisation, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    sources: tuple[Source, ...] = ()
    file: FileName | None = None
    grade: Grade | None = None
    right: Right | None = None
    source: Slug | None = None
    states: tuple[State, ...] = ()


class Candidacy(Entry):
    person: Slug
    ballot_name: Words | None = None
    party: Both | None = None
    incumbent: StrictBool = False
    status: Literal["filed", "qualified", "withdrawn", "write_in"] = "qualified"
    ballot_position: int | None = Field(default=None, ge=1, le=1000)


class Contest(Entry):
    slug: Slug
    title: Both
    office: Both
    place: Words
    zone: Zone
    election_date: Day
    freeze_days: int | None = Field(default=None, ge=0, le=365)
    coding_rule: RaceRule = RaceRule.CHECKED
    fictional: StrictBool = False
    profile: Literal["comparison", "verbatim_guide"] | None = None
    decides: tuple[Both, ...] = ()
    forums: tuple[Slug, ...] = ()
    candidacies: tuple[Candidacy, ...] = ()


class TopicAlias(Entry):
    lang: Literal["en", "es"]
    text: Words
    exact_case: StrictBool = False


class Topic(Entry):
    """A subject of the tree as editors keep it; `parent` is the slug of one that has none itself. No file brings these."""

    slug: Slug
    parent: Slug | None = None
    position: int = Field(default=0, ge=0, le=100_000)
    name: InBoth
    summary: InBoth | None = None
    aliases: tuple[TopicAlias, ...] = ()


class Option(Entry):
    """One answer of a statement that has several."""

    key: Annotated[Slug, Field(max_length=64)]
    en: Words
    es: Words | None = None


Options = Annotated[tuple[Option, ...], Field(max_length=20)]


class Wording(Entry):
    """The words of a statement and of its answers, written by somebody."""

    text: Both
    options: Options = ()
    by: Words


class Proposition(Entry):
    slug: Slug
    contest: Slug
    topic: Slug
    type: Literal["scale", "choice"] = "scale"
    text: Both
    options: Options = ()
    synonyms: tuple[Words, ...] = ()
    proposed_by: Words | None = None
    status: Literal["draft", "open"] = "open"

    @model_validator(mode="after")
    def _answers_of_its_type(self) -> Self:
        keys = [option.key for option in self.options]
        if self.type == "scale" and keys:
            raise ValueError(Message("a statement to be for or against has no options; say type: choice"))
        if self.type == "choice" and len(keys) < 2:
            raise ValueError(Message("a statement of type choice needs two options at least, each with a key"))
        if len(set(keys)) < len(keys):
            raise ValueError(Message("two options have the same key; every key stands once"))
        return self


class Statement(Proposition):
    """A statement as editors keep it: who worded it, the next wording that waits, and who approved both languages."""

    pending: Wording | None = None
    worded_by: Words | None = None
    approved_by: Words | None = None


class Translation(Entry):
    """A quotation in the other language, and who put it there."""

    en: Words | None = None
    es: Words | None = None
    by: Words


class Evidence(Entry):
    kind: EvidenceKind
    role: Literal["supports", "contradicts", "context", "reason"] = "supports"
    forum: Slug | None = None
    words: Words | None = None
    translation: Translation | None = None
    source: Slug | None = None
    text: Both | None = None
    fragment: Words | None = None

    @model_validator(mode="after")
    def _fields_of_its_kind(self) -> Self:
        quoted = {"forum": self.forum, "words": self.words}
        told = {"source": self.source, "text": self.text}
        needed, unused = (quoted, told) if self.kind == EvidenceKind.QUOTATION else (told, quoted)
        if self.kind == EvidenceKind.TRANSLATION:
            raise ValueError(Message("a translation belongs to a quotation: write it there as translation"))
        missing = [name for name, value in needed.items() if value is None]
        if missing:
            raise ValueError(Message("{kind} needs {fields}", {"kind": self.kind, "fields": ", ".join(missing)}))
        extra = [name for name, value in unused.items() if value is not None]
        if extra:
            raise ValueError(Message("{kind} does not take {fields}", {"kind": self.kind, "fields": ", ".join(extra)}))
        return self


class SearchLog(Entry):
    by: Words
    at: Day
    where: Both


class Stance(Entry):
    contest: Slug
    person: Slug
    proposition: Slug
    code: Code | None = None
    reason: Reason | None = None
    option: Annotated[Slug, Field(max_length=64)] | None = None
    as_of: Day
    tier: Tier | None = None
    condition: Both | None = None
    scope: Both | None = None
    summary: Both | None = None
    around: Both | None = None
    coders: int = Field(default=1, ge=1, le=1000)
    evidence: tuple[Evidence, ...] = ()
    search_log: SearchLog | None = None


class Document(Entry):
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    forums: tuple[Forum, ...] = ()
    contests: tuple[Contest, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    stances: tuple[Stance, ...] = ()
    documents: tuple[Paper, ...] = ()
    models: tuple[Model, ...] = ()
    programs: tuple[Program, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    requests: tuple[Request, ...] = ()
    findings: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()
    acts: tuple[Act, ...] = ()
    terms: tuple[Term, ...] = ()
