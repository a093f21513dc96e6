"""What an editor said about the voices of a file, carried out once they are stored: each in public, and each can be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from positions import attribution
from tracker.imports.answers import VoiceAnswer
from transcripts import attributing, enrolling
from transcripts.amending import Reason
from transcripts.enrolling import Enrolled, State
from transcripts.errors import Conflict
from transcripts.models import Forum
from transcripts.queries import attributions
from transcripts.queries.attributions import LabelHeld
from transcripts.roster_line import RosterLine
from transcripts.vocabulary import Role

WHY = "Said by an editor when the file was imported."
NOBODY = "An editor left this voice open when the file was imported."


def say(session: Session, forum: Forum, answers: Sequence[VoiceAnswer], by: str) -> None:
    """Link, part and leave open the voices of a forum as an editor said, in the caller's transaction.

    An answer about a label the forum does not have is passed over: the file was read anew since. Raises Refusal, Conflict.
    """
    step = _Step(session, by, attribution.guarded(session, forum.id or 0)) if answers else None
    for answer in answers:
        held = attributions.of_label(session, forum.id, answer.label)
        if step is None or held is None:
            continue
        step.who(held, answer)
        now = attributions.of_label(session, forum.id, answer.label)
        if answer.role and now is not None and now.role != answer.role:
            attributing.set_role(session, now.speaker_id, now.seen, Role(answer.role), Reason(WHY, by))


@dataclass
class _Step:
    """The voices of one import; `added` are the people it brought, by name: once however many voices are theirs."""

    session: Session
    by: str
    guarded: Collection[int]
    added: dict[str, str] = field(default_factory=dict)

    def who(self, held: LabelHeld, answer: VoiceAnswer) -> None:
        """Carry out one answer, where it is not so already."""
        session, reason = self.session, Reason(WHY, self.by)
        at = (session, held.speaker_id, held.seen)
        if answer.who == "nobody" and held.person is not None:
            attributing.unlink(*at, Reason(NOBODY, self.by), guarded=self.guarded)
        elif answer.who == "several" and not held.several:
            attributing.several(*at, answer.label, reason, guarded=self.guarded)
        elif answer.who in ("person", "new"):
            slug = answer.name if answer.who == "person" else self.person(answer.name)
            if held.person != slug:
                attributing.link(*at, slug, reason, guarded=self.guarded)

    def person(self, name: str) -> str:
        """The slug of somebody new."""
        if name not in self.added:
            line = RosterLine(name, (), Role.UNKNOWN, 1)
            known = enrolling.compare(self.session, [line], {})[0]
            if known.state == State.KNOWN:
                raise Conflict(
                    "We know somebody called {name} by now ({slug}): choose them under “Who speaks”.",
                    name=name,
                    slug=known.slug,
                )
            self.added[name] = enrolling.keep(self.session, [Enrolled(line, State.NEW)])[0].slug
        return self.added[name]
