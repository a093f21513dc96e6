"""The writer of a re-import: carries out its plan on the turns we hold, in public. Editors' own words are never overwritten."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, update

from transcripts import storing
from transcripts.drafting import Draft
from transcripts.formats.parsed import ParsedTurn
from transcripts.models import Correction, Forum, Turn, TurnVersion
from transcripts.queries.imports import IMPORTED, HeldTurn
from transcripts.reimport import Kept, Plan


@dataclass
class _Changes:
    """The rows an import will write, gathered first so that each table is written once."""

    forum: Forum
    record_id: int
    why: str
    at: datetime
    turns: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[dict[str, Any]] = field(default_factory=list)

    def correct(self, turn: HeldTurn, kind: str, before: str, after: str) -> None:
        """Say in public what changed."""
        said = {"before": before, "after": after, "why": self.why, "by": IMPORTED, "at": self.at}
        self.corrections.append({"forum_id": self.forum.id, "turn_id": turn.id, "kind": kind, **said})

    def write(self, session: Session) -> None:
        """Three statements, however many turns there are."""
        session.execute(update(Turn), self.turns)
        storing.write_all(session, TurnVersion, self.versions)
        storing.write_all(session, Correction, self.corrections)


def apply(session: Session, forum: Forum, record_id: int, draft: Draft, speakers: dict[str, int], at: datetime) -> None:
    """Move every turn we hold to the new record, reworded, withdrawn or merged as the plan says, and add the new ones."""
    plan = draft.plan
    assert plan is not None
    of_old, of_found = _positions(draft, plan)
    changes = _Changes(forum, record_id, _why(draft), at)
    for kept in plan.kept:
        _keep(changes, draft, plan, kept, of_found[kept.found], speakers)
    for turn in (*(draft.held[i] for i in plan.withdrawn), *draft.made_here):
        _stand_aside(changes, turn, of_old[turn.id], gone=turn.in_file)
    for i, into in plan.merged:
        _merge(changes, draft, plan, i, into, of_old[draft.held[i].id])
    changes.write(session)
    storing.add_turns(session, forum, record_id, [(of_found[j], draft.entries[j]) for j in plan.new], speakers, at)


def _why(draft: Draft) -> str:
    return f"The file {draft.files[0].filename} says so."


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
    """A turn the file still holds: new words become its next version, unless editors have worded it."""
    turn, found = draft.held[kept.held], draft.entries[kept.found]
    now = storing.row(changes.forum, changes.record_id, position, found, speakers) | {"id": turn.id}
    if not kept.relabelled and turn.speaker_id is not None:
        now["speaker_id"] = turn.speaker_id
    restored = turn.status == "withdrawn" and turn.vanished
    now["status"] = "current" if restored else turn.status
    now["version"] = turn.version + (kept.changed and not turn.edited)
    if turn.edited:
        for name in ("label", "text", "words", "fingerprint", "start_ms", "end_ms", "speaker_id"):
            del now[name]
    elif kept.changed:
        said = {name: now[name] for name in ("record_id", "label", "text", "start_ms", "end_ms")}
        changes.versions.append(
            {"turn_id": turn.id, "n": now["version"], "why": changes.why, "by": IMPORTED, "at": changes.at, **said}
        )
    changes.turns.append(now)
    _say(changes, turn, found, kept, restored, divided=kept.held in plan.split.values(), speaker=now.get("speaker_id"))


def _say(
    changes: _Changes, turn: HeldTurn, found: ParsedTurn, kept: Kept, restored: bool, divided: bool, speaker: int | None
) -> None:
    """The corrections of a kept turn. Spaces and times are put right without one; so is a label of the same voice."""
    if restored:
        changes.correct(turn, "restore", "", found.text)
    if turn.edited or (turn.status != "current" and not restored):
        return
    if turn.text.split() != found.text.split():
        changes.correct(turn, "split" if divided else "reword", turn.text, found.text)
    if kept.relabelled and speaker != turn.speaker_id:
        changes.correct(turn, "reassign", turn.label or "", found.label or "")


def _stand_aside(changes: _Changes, turn: HeldTurn, position: int, gone: bool) -> None:
    """A turn the file does not hold (any more): withdrawn if it was shown; what editors made stays as it is."""
    status = "withdrawn" if gone and turn.status == "current" else turn.status
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
    changes.correct(turn, "merge", turn.text, draft.entries[found].text)


def _moved(changes: _Changes, turn: HeldTurn, position: int, status: str, survivor: int | None) -> dict[str, Any]:
    row = {"id": turn.id, "record_id": changes.record_id, "position": position, "status": status}
    return row | ({"merged_into_id": survivor} if survivor else {})
