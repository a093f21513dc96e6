"""The writer of a re-import: carries out its plan on the turns we hold, in public. Editors' own words are never overwritten."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from transcripts import storing
from transcripts.desk_models import ProposedChange
from transcripts.drafting import Choices, Draft
from transcripts.formats.parsed import ParsedTurn
from transcripts.models import Correction, Forum, Turn, TurnVersion
from transcripts.queries.imports import IMPORTED, HeldTurn
from transcripts.reimport import Kept, Plan
from transcripts.vocabulary import TurnKind

SAID_BY_FILE = "The file %(name)s says so."
BY_RULE = (TurnKind.SPEECH, TurnKind.PROCEDURE)
"""Kinds a rule tells apart where files know only speech."""


@dataclass
class _Changes:
    """The rows an import will write, gathered first so that each table is written once.

    `guarded` are turns whose voice only two editors change: for them a change is proposed, in the name of `by`.
    """

    forum: Forum
    record_id: int
    why: str
    at: datetime
    by: str = IMPORTED
    guarded: Collection[int] = ()
    turns: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)

    def correct(
        self, turn: HeldTurn, kind: str, before: str, after: str, version: int = 0, other: int | None = None
    ) -> None:
        """Say in public what changed."""
        said = {"before": before, "after": after, "why": self.why, "by": IMPORTED, "at": self.at}
        place = {"forum_id": self.forum.id, "turn_id": turn.id, "version": version or turn.version, "other_id": other}
        self.corrections.append({"kind": kind, **place, **said})

    def propose(self, turn: HeldTurn, version: int, speaker_id: int | None) -> None:
        """Ask a second editor for another voice."""
        said = {"speaker_id": speaker_id, "why": self.why, "by": self.by, "at": self.at, "status": "open"}
        self.proposals.append({"turn_id": turn.id, "version": version, **said})

    def write(self, session: Session) -> None:
        """A statement for each table, however many turns there are."""
        session.execute(update(Turn), self.turns)
        storing.write_all(session, TurnVersion, self.versions)
        storing.write_all(session, Correction, self.corrections)
        waiting = set(session.exec(select(ProposedChange.turn_id).where(col(ProposedChange.status) == "open")))
        storing.write_all(session, ProposedChange, [row for row in self.proposals if row["turn_id"] not in waiting])


def apply(
    session: Session,
    forum: Forum,
    record_id: int,
    draft: Draft,
    choices: Choices,
    speakers: dict[str, int],
    at: datetime,
) -> None:
    """Move every turn we hold to the new record, reworded, withdrawn or merged as the plan says, and add the new ones."""
    plan = draft.plan
    assert plan is not None
    of_old, of_found = _positions(draft, plan)
    changes = _Changes(forum, record_id, _why(draft), at, choices.by or IMPORTED, choices.guarded)
    for kept in plan.kept:
        _keep(changes, draft, plan, kept, of_found[kept.found], speakers)
    for turn in (*(draft.held[i] for i in plan.withdrawn), *draft.made_here):
        _stand_aside(changes, turn, of_old[turn.id], gone=turn.in_file)
    for i, into in plan.merged:
        _merge(changes, draft, plan, i, into, of_old[draft.held[i].id])
    changes.write(session)
    storing.add_turns(session, forum, record_id, [(of_found[j], draft.entries[j]) for j in plan.new], speakers, at)


def _why(draft: Draft) -> str:
    return SAID_BY_FILE % {"name": draft.files[0].filename}


def _positions(draft: Draft, plan: Plan) -> tuple[dict[int, int], dict[int, int]]:
    """(position by id of what no file holds now, position by index of what was found): the former stay behind who they followed."""
    kept = {draft.held[one.held].id: one.found for one in plan.kept}
    behind: dict[int, list[int]] = defaultdict(list)
    here = -1
    for turn in sorted((*draft.held, *draft.made_here), key=lambda turn: (turn.position, turn.id)):
        if turn.id in kept:
            here = kept[turn.id]
        else:
            behind[here].append(turn.id)
    of_old: dict[int, int] = {}
    of_found: dict[int, int] = {}
    for j in range(-1, len(draft.entries)):
        if j >= 0:
            of_found[j] = len(of_old) + len(of_found)
        for id in behind[j]:
            of_old[id] = len(of_old) + len(of_found)
    return of_old, of_found


def _keep(changes: _Changes, draft: Draft, plan: Plan, kept: Kept, position: int, speakers: dict[str, int]) -> None:
    """A turn the file still holds: what differs becomes its next version, except what editors have set."""
    turn, found = draft.held[kept.held], draft.entries[kept.found]
    now = storing.row(changes.forum, changes.record_id, position, found, speakers) | {"id": turn.id}
    if not kept.relabelled and turn.speaker_id is not None:
        now["speaker_id"] = turn.speaker_id
    restored = turn.status == "withdrawn" and turn.vanished
    now["status"] = "current" if restored else turn.status
    _leave(turn, now)
    asked = now["speaker_id"]
    if turn.id in changes.guarded:
        now["speaker_id"] = turn.speaker_id
    changed = _versioned(turn, now)
    now["version"] = turn.version + changed
    if changed:
        now["review"] = None
        said = {name: now[name] for name in storing.VERSIONED if name != "record_id"}
        said["record_id"] = None if turn.edited else changes.record_id
        changes.versions.append(
            {"turn_id": turn.id, "n": now["version"], "why": changes.why, "by": IMPORTED, "at": changes.at, **said}
        )
    if asked != now["speaker_id"]:
        changes.propose(turn, now["version"], asked)
    changes.turns.append(now)
    _say(changes, turn, found, kept, now, restored, divided=kept.held in plan.split.values())


def _leave(turn: HeldTurn, now: dict[str, Any]) -> None:
    """Editors' own words, voices, times and kinds stand as they are; so does what a rule made of speech."""
    if turn.edited:
        now |= {"label": turn.label, "text": turn.text, "speaker_id": turn.speaker_id}
        del now["words"], now["fingerprint"]
    if turn.edited or "times" in turn.fixed:
        now["start_ms"], now["end_ms"] = turn.times
    if "speaker_id" in turn.fixed:
        now["speaker_id"] = turn.speaker_id
    if "kind" in turn.fixed or (turn.kind in BY_RULE and now["kind"] in BY_RULE):
        now["kind"] = turn.kind


def _versioned(turn: HeldTurn, now: dict[str, Any]) -> bool:
    """Whether anything a version keeps differs from what stands."""
    stands = (turn.label, turn.text, turn.speaker_id, turn.kind, *turn.times)
    return stands != tuple(now[name] for name in ("label", "text", "speaker_id", "kind", "start_ms", "end_ms"))


def _say(
    changes: _Changes,
    turn: HeldTurn,
    found: ParsedTurn,
    kept: Kept,
    now: dict[str, Any],
    restored: bool,
    divided: bool,
) -> None:
    """The corrections of a kept turn. Spaces and times are put right without one; so is a label of the same voice."""
    version = now["version"]
    if restored:
        changes.correct(turn, "restore", "", found.text, version)
    if turn.edited or (turn.status != "current" and not restored):
        return
    if turn.text.split() != found.text.split():
        changes.correct(turn, "split" if divided else "reword", turn.text, found.text, version)
    if kept.relabelled and now["speaker_id"] != turn.speaker_id:
        changes.correct(turn, "reassign", turn.label or "", found.label or "", version)


def _stand_aside(changes: _Changes, turn: HeldTurn, position: int, gone: bool) -> None:
    """A turn the file does not hold (any more): withdrawn if it was shown; what editors made or want shown stays as it is."""
    status = "withdrawn" if gone and turn.status == "current" and not turn.restored else turn.status
    changes.turns.append(_moved(changes, turn, position, status, None))
    if status != turn.status:
        changes.correct(turn, "withdraw", turn.text, "")


def _merge(changes: _Changes, draft: Draft, plan: Plan, i: int, into: int, position: int) -> None:
    """A turn whose words its neighbour now says: its link leads there."""
    turn, survivor = draft.held[i], draft.held[into]
    if turn.status != "current" or survivor.status != "current":
        _stand_aside(changes, turn, position, gone=True)
        return
    changes.turns.append(_moved(changes, turn, position, "merged", survivor.id))
    found = next(kept.found for kept in plan.kept if kept.held == into)
    changes.correct(turn, "merge", turn.text, draft.entries[found].text, other=survivor.id)


def _moved(changes: _Changes, turn: HeldTurn, position: int, status: str, survivor: int | None) -> dict[str, Any]:
    row = {"id": turn.id, "record_id": changes.record_id, "position": position, "status": status}
    return row | ({"merged_into_id": survivor} if survivor else {})
