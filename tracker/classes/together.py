"""What a class made of an assignment, put together for a page: the sentence, the answers by how split they are, the thread of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from positions.agreement import Figure
from positions.classes import discussion, reading, results
from positions.classes.discussion import Said
from positions.classes.results import AnswerResult, Beside, ClassAnswer, Judgement, Results
from positions.classes.sheet import MarkView, Passage, Sheet, Work
from positions.classes.visibility import Policy, Scope, Viewer
from tracker.i18n import gettext, ngettext

BAND_WORDS = {
    "alike": "You read these answers much alike. Begin with the most split one; then ask what made the others easy.",
    "mixed": "You read some of these answers differently. Take the most split one first: let each side point at the words it went by.",
    "apart": "You read many of these answers differently. Perhaps the tags can be understood in two ways: agree on what each of them "
    "means, then look again.",
}
"""What to do next, by how far the class agrees."""
RULE_WORDS = {"teacher": "decided by the teacher", "vote": "decided by a vote"}
NOTHING = "Nothing to compare yet: fewer than two of you have handed in."
NOT_YET_WORDS = {
    Policy.PRIVATE: "In this assignment everybody’s work stays their own: nothing of it is laid side by side.",
    Policy.HIDDEN: "You see what the class made of it when you have handed in your own work, or when your teacher reveals it.",
    Policy.UNTIL: "What the class made of it is shown from a day on that your teacher has set.",
    Policy.OPEN: "What the class made of it is open.",
}
"""Why a student sees nothing of the others yet, and when they will."""


@dataclass(frozen=True)
class Shown:
    """One answer as a page of results shows it, with the question above it.

    `mine` is what the student who looks said, None for the teacher; `vote` what they voted, None where they did not;
    `votes` student → tags, for the teacher.
    """

    result: AnswerResult
    asked: Passage | None
    comments: tuple[MarkView, ...]
    said: tuple[Said, ...]
    decided: ClassAnswer | None
    votes: Mapping[int, Judgement]
    mine: Judgement | None
    vote: Judgement | None

    @property
    def beside(self) -> Beside | None:
        """The student's own judgement beside the class answer, where there is one."""
        return results.beside(self.decided, self.mine) if self.decided and self.mine is not None else None

    def for_tag(self, tag: int) -> int:
        """How many vote for a tag."""
        return sum(tag in ballot for ballot in self.votes.values())


@dataclass(frozen=True)
class Together:
    """An assignment's results for one viewer: the answers by how split they are."""

    results: Results
    answers: tuple[Shown, ...]
    marks: tuple[MarkView, ...]
    works: tuple[Work, ...]

    @property
    def first(self) -> Shown | None:
        """The most split answer, where there is one."""
        split = self.results.most_split
        return next((one for one in self.answers if split and one.result.number == split.number), None)


def put_together(session: Session, sheet: Sheet, viewer: Viewer, at: datetime) -> Together:
    """What the class made of an assignment, as far as this viewer may read it. Six statements."""
    marks = reading.marks(session, sheet, viewer, at)
    works = reading.works(session, sheet, viewer, at)
    said = [one for one in discussion.said(session, sheet, viewer, at) if one.mark is None]
    decided = discussion.decisions(session, sheet, viewer, at)
    cast = discussion.ballots(session, sheet, viewer, at)
    found = results.of_class(sheet, marks, works)
    noted = [one for one in marks if one.comment and one.scope == Scope.CLASS]
    return Together(
        found,
        tuple(
            Shown(
                result,
                _question(sheet, result.passage),
                tuple(one for one in noted if one.passage == result.passage.id),
                tuple(one for one in said if one.passage == result.passage.id),
                decided.get(result.passage.id),
                cast.get(result.passage.id, {}) if viewer.teacher else {},
                results.own(marks, viewer.member, result.passage.id) if viewer.member is not None else None,
                cast.get(result.passage.id, {}).get(viewer.member) if viewer.member is not None else None,
            )
            for result in found.by_split
        ),
        marks,
        works,
    )


def _question(sheet: Sheet, answer: Passage) -> Passage | None:
    """The question an answer stands under; None where there is none, or its words were removed."""
    above = [one for one in sheet.passages if one.asked and one.position < answer.position]
    return above[-1] if above and not above[-1].gone else None


def sentence(found: Results) -> str:
    """What the class made of it in one sentence, without a name."""
    if not found.compared:
        return gettext(NOTHING)
    agreed = ngettext(
        "On %(n)s of %(num)s answer at least 4 in 5 of you agreed",
        "On %(n)s of %(num)s answers at least 4 in 5 of you agreed",
        len(found.compared),
    ) % {"n": found.agreed, "num": len(found.compared)}
    split = found.most_split
    if split is None:
        return gettext("%(agreed)s; you are split over none of them.") % {"agreed": agreed}
    return gettext("%(agreed)s; the most split: answer %(number)s.") % {"agreed": agreed, "number": split.number}


def voice(sheet: Sheet, passage: Passage) -> str:
    """Who gives an answer, as far as it may be told in this assignment now."""
    if sheet.nameless:
        return gettext("Speaker %(letter)s") % {"letter": passage.letter}
    return passage.speaker or passage.label or gettext("Speaker not confirmed yet")


def figure(one: Figure) -> str:
    """A figure of agreement with two digits, or in words why there is none."""
    if one.value is None:
        return gettext("not computable: %(why)s") % {"why": gettext(str(one.why))}
    return f"{one.value:.2f}"
