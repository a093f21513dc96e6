"""Pure: what an editor has said of an import so far, and what that means to `intake`: the place and the choices."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from tracker.intake import NewForum, Place
from transcripts.importing import Choices
from transcripts.roster_line import RosterLine
from transcripts.text import fold
from transcripts.vocabulary import ForumKind, Grade, Right, Role


@dataclass(frozen=True)
class VoiceAnswer:
    """Who the voice with this printed label is: `who` is person (`name` is a slug), new (`name` is the new person's),
    several or nobody; empty where only the role is said."""

    label: str
    who: str = ""
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Answers:
    """Empty means: not said, so as the files or the record they replace have it.

    `forum` is the slug of a forum that is held; else `title`, `day` (2026-10-20) and `place` make a new one. `beside`: a record
    of its own; `insist`: it takes the place of a record with which it shares little; `reparse`: read again although held.
    """

    forum: str = ""
    title: str = ""
    day: str = ""
    place: str = ""
    kind: str = ForumKind.FORUM
    zone: str = ""
    language: str = ""
    contest: str = ""
    grade: str = ""
    right: str = ""
    source_title: str = ""
    publisher: str = ""
    videos: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    beside: bool = False
    insist: bool = False
    reparse: bool = False
    voices: tuple[VoiceAnswer, ...] = ()

    @property
    def is_placed(self) -> bool:
        """Whether the event is said."""
        return bool(self.forum or (self.title and self.day and self.place))

    def where(self, zone: str, language: str) -> Place:
        """The place; `zone` and `language` are those of the site, for a forum of which none is said."""
        contest = self.contest or None
        if self.forum:
            return Place(self.forum, None, contest)
        day = date.fromisoformat(self.day)
        kind, spoken = ForumKind(self.kind), self.language or language
        return Place(None, NewForum(self.title, day, self.place, self.zone or zone, kind, spoken), contest)

    def choices(self, by: str) -> Choices:
        """The choices of `importing`; `by` is who imports."""
        people = {fold(name): name for name in self.people}
        return Choices(
            grade=Grade(self.grade) if self.grade else None,
            right=Right(self.right) if self.right else None,
            source_title=self.source_title or None,
            publisher=self.publisher or None,
            videos=self.videos,
            moderators=self.moderators,
            roster=tuple(RosterLine(name, (), Role.UNKNOWN, n) for n, name in enumerate(people.values(), start=1)),
            day=date.fromisoformat(self.day) if self.day else None,
            reparse=self.reparse,
            replace=self.insist,
            beside=self.beside,
            by=by,
        )


_JSON = TypeAdapter(Answers)


def read(told: str) -> Answers:
    """Answers as they are kept."""
    return _JSON.validate_json(told)


def written(answers: Answers) -> str:
    """Answers to be kept."""
    return _JSON.dump_json(answers).decode()
