"""Load a file of races, people, forums, statements and positions: all of it or nothing (docs/load.md).

Topics first, then bodies, people, forums with their sources and voices, races, the forums' own files, states, statements,
positions, what became of what was said; at the end what an imported article quotes takes the place of what we told of it.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from positions import load_record as record
from positions import load_stances as entries
from positions.candidacies import keep_candidacy, keep_contest
from positions.coding.publishing import FILE
from positions.keeping import Tally
from positions.load_document import faulty
from positions.load_followthrough.sections import FILES, SECTIONS
from positions.load_schema import Contest, Document, Forum, Stance
from positions.models import Contest as ContestRow
from positions.models import Topic
from positions.profiles import COMPARISON
from positions.stance_rules import NewEvidence
from positions.stances import record as record_stance
from positions.stances import upgrade_reported
from positions.topic_tree import curated
from positions.topics import keep_proposition, load_tree
from positions.yaml_lines import Located, Path
from transcripts.errors import BadFile, Conflict, Refusal
from transcripts.messages import Message
from transcripts.models import Forum as ForumRow
from transcripts.models import Organisation, Person
from transcripts.search.outbox import enqueue_forums

BringFile = Callable[[Session, ForumRow, Forum], bool]
"""Imports the file an entry names into its forum, through the ordinary importer; whether anything was stored."""
ReadFile = Callable[[str], bytes]
"""The bytes of a file beside the loaded one, by its name. Raises BadFile."""


def nothing_beside(name: str) -> bytes:
    """For a file that came alone. Raises BadFile."""
    raise BadFile("“{file}” cannot be read: no files came with this one.", file=name)


def load(
    session: Session,
    document: Document,
    located: Located,
    bring_file: BringFile,
    profile: str = COMPARISON,
    read_file: ReadFile = nothing_beside,
) -> Tally:
    """Bring the database into line with the document; loading it again changes nothing.

    `profile`: what readers see of a new race of which the file does not say (`positions.profiles`). Raises BadFile with line and
    field of what cannot be stored: the caller's transaction must end with it.
    """
    loading = _Loading(session, document, located, bring_file, profile, read_file)
    try:
        loading.run()
    except IntegrityError as error:
        raise Conflict("Somebody else wrote the same things at this moment; nothing was stored. Try again.") from error
    return loading.tally


@dataclass
class _Loading:
    session: Session
    document: Document
    located: Located
    bring_file: BringFile
    profile: str
    read_file: ReadFile
    tally: Tally = field(default_factory=Tally)
    faults: list[tuple[Path, Message]] = field(default_factory=list)

    def run(self) -> None:
        """Every section in turn; one with faults ends the load."""
        load_tree(self.session, curated())
        for section in (
            self._refuse_twins,
            self._bodies_and_people,
            self._forums,
            self._contests,
            self._files,
            self._states,
            self._propositions,
            self._stances,
            self._followthrough,
        ):
            section()
            if self.faults:
                raise faulty(self.located, self.faults)
        self._upgrade()

    @contextmanager
    def _at(self, *path: str | int) -> Iterator[None]:
        """Whatever is refused inside is a fault of that place of the file."""
        try:
            yield
        except Refusal as refusal:
            self.faults.append((path, refusal.message))

    def _refuse_twins(self) -> None:
        slugged = ("documents", "models", "programs", "commitments", "figures", "requests", "acts", "terms")
        for section in ("organisations", "people", "forums", "contests", "propositions", *slugged):
            self._twins(section, [entry.slug for entry in getattr(self.document, section)], "slug")
        stances = [(one.contest, one.person, one.proposition, one.as_of) for one in self.document.stances]
        self._twins("stances", stances, "person, proposition and as_of")

    def _twins(self, section: str, keys: Sequence[Hashable], name: str) -> None:
        first: dict[Hashable, int] = {}
        for n, key in enumerate(keys):
            if first.setdefault(key, n) != n:
                line = self.located.line((section, first[key]))
                twice = Message(
                    "The same {field} stands at line {line} already; keep one of the two.",
                    {"field": name, "line": line},
                )
                self.faults.append(((section, n), twice))

    def _bodies_and_people(self) -> None:
        for body in self.document.organisations:
            self.tally.count("organisations", record.keep_organisation(self.session, body))
        for person in self.document.people:
            self.tally.count("people", record.keep_person(self.session, person))

    def _forums(self) -> None:
        for n, entry in enumerate(self.document.forums):
            with self._at("forums", n, "slug"):
                forum, outcome = record.keep_forum(self.session, entry)
                self.tally.count("forums", outcome)
                if outcome == "changed":
                    enqueue_forums(self.session, [forum.id or 0])
                self._parts_of_forum(("forums", n), forum.id or 0, entry)

    def _parts_of_forum(self, at: tuple[str, int], forum_id: int, entry: Forum) -> None:
        for n, body in enumerate(entry.organisations):
            with self._at(*at, "organisations", n, "organisation"):
                found = entries.find(self.session, Organisation, body.organisation, "organisations")
                record.keep_role(self.session, forum_id, found.id or 0, body.role)
        for source in entry.sources:
            self.tally.count("sources", record.keep_source(self.session, forum_id, source))
        for n, voice in enumerate(entry.appearances):
            with self._at(*at, "appearances", n):
                person = entries.find(self.session, Person, voice.person, "people") if voice.person else None
                self.tally.count("voices", record.keep_appearance(self.session, forum_id, voice, person))

    def _contests(self) -> None:
        for n, entry in enumerate(self.document.contests):
            forums = {}
            for m, slug in enumerate(entry.forums):
                with self._at("contests", n, "forums", m):
                    forums[slug] = entries.find(self.session, ForumRow, slug, "forums").id or 0
            if not self.faults:
                with self._at("contests", n, "slug"):
                    contest_id = keep_contest(self.session, entry, forums, self.tally, self.profile)
                    self._candidacies(("contests", n), contest_id, entry)

    def _candidacies(self, at: tuple[str, int], contest_id: int, entry: Contest) -> None:
        for n, standing in enumerate(entry.candidacies):
            with self._at(*at, "candidacies", n, "person"):
                person = entries.find(self.session, Person, standing.person, "people")
                self.tally.count("candidacies", keep_candidacy(self.session, standing, contest_id, person))

    def _files(self) -> None:
        for n, entry in enumerate(self.document.forums):
            if entry.file is not None:
                with self._at("forums", n, "file"):
                    stored = self.bring_file(self.session, self._forum(entry.slug), entry)
                    self.tally.count("transcripts", "added" if stored else "same")

    def _states(self) -> None:
        for n, entry in enumerate(self.document.forums):
            for m, state in enumerate(entry.states):
                with self._at("forums", n, "states", m):
                    forum = self._forum(entry.slug)
                    person = entries.find(self.session, Person, state.person, "people")
                    self.tally.count("states", record.keep_state(self.session, forum.id or 0, state, person))

    def _propositions(self) -> None:
        for n, entry in enumerate(self.document.propositions):
            with self._at("propositions", n):
                contest = entries.find(self.session, ContestRow, entry.contest, "contests")
                topic = entries.find(
                    self.session, Topic, entry.topic, "the curated topics, which come with the product"
                )
                outcome = keep_proposition(self.session, entry, contest.id or 0, topic.id or 0, n)
                self.tally.count("statements", outcome)

    def _stances(self) -> None:
        for n, entry in enumerate(self.document.stances):
            with self._at("stances", n):
                self._stance(entry, n)

    def _stance(self, entry: Stance, n: int) -> None:
        of = entries.whose(self.session, entry)
        pieces: list[NewEvidence] = []
        for m, piece in enumerate(entry.evidence):
            with self._at("stances", n, "evidence", m):
                pieces.append(entries.evidence(self.session, piece, of))
        if len(pieces) == len(entry.evidence):
            self.tally.count("positions", record_stance(self.session, entries.stance(entry, of, pieces), FILE))

    def _followthrough(self) -> None:
        for section, (noun, keep) in SECTIONS.items():
            for n, entry in enumerate(getattr(self.document, section)):
                with self._at(section, n):
                    self.tally.count(noun, keep(self.session, entry))
                if section in FILES and entry.file is not None and not self.faults:
                    self._file_of(section, n, entry.file, entry)

    def _file_of(self, section: str, n: int, name: str, entry: Any) -> None:
        noun, keep_file = FILES[section]
        with self._at(section, n, "file"):
            self.tally.count(noun, keep_file(self.session, entry, self.read_file(name)))

    def _upgrade(self) -> None:
        forums = {slug for contest in self.document.contests for slug in contest.forums}
        upgraded = sum(upgrade_reported(self.session, self._forum(slug).id or 0) for slug in sorted(forums))
        if upgraded:
            self.tally.changed["positions"] += upgraded

    def _forum(self, slug: str) -> ForumRow:
        return self.session.exec(select(ForumRow).where(ForumRow.slug == slug)).one()
