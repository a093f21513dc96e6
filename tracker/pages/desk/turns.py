"""/desk/turns/<key>: everything an editor can do to what one voice said. Each act is public, with its reason, and can be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import attribution, reanchoring
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import VERSION, Typed
from tracker.i18n import precise_clock
from tracker.rendering import page
from transcripts import correcting, regrouping
from transcripts.amending import Reason
from transcripts.errors import Refusal
from transcripts.queries import forums, transcripts, turns, versions
from transcripts.queries.turns import TurnPage, TurnView
from transcripts.vocabulary import ANSWERED, Part, Role, TurnKind
from transcripts.vocabulary import Reason as Silence

bp = Blueprint("desk_turns", __name__, url_prefix="/desk/turns")

HERE = "|"
"""What an editor puts between the two parts of a turn."""
ONE_MARK = "Put one | where the second part begins, and change nothing else."
KINDS = (TurnKind.SPEECH, TurnKind.PROCEDURE)
OWN = "own"
"""A turn that asks a question of its own, in the list of questions."""
NOBODY = "0"
"""No voice, in the list of voices."""

Apply = Callable[[Session, "Act"], str | None]


@dataclass(frozen=True)
class Act:
    """One act on a turn as it was asked for. `version` is the one the editor saw."""

    key: str
    version: int
    typed: Typed
    reason: Reason


def _reword(session: Session, act: Act) -> None:
    correcting.reword(session, act.key, act.version, act.typed.text("text", 20_000, lines=True), act.reason)


def _voice(session: Session, act: Act) -> str | None:
    chosen = act.typed.whole("speaker", 0)
    act.typed.check()
    proposed = attribution.reassign(session, act.key, act.version, chosen or None, act.reason)
    return url_for("proposals.show") if proposed is not None else None


def _time(session: Session, act: Act) -> None:
    start, end = act.typed.clock("start"), act.typed.clock("end")
    act.typed.check()
    correcting.retime(session, act.key, act.version, start, end, act.reason)


def _kind(session: Session, act: Act) -> None:
    kind = act.typed.one_of("kind", KINDS)
    act.typed.check()
    correcting.mark(session, act.key, act.version, TurnKind(kind or ""), act.reason)


def _split(session: Session, act: Act) -> str:
    """The words come back with one mark between them; everything else has to be as it stands."""
    held = turns.by_key(session, act.key).turn.text
    first, mark, second = act.typed["text"].partition(HERE)
    if not mark or HERE in second or "".join((first + second).split()) != "".join(held.split()):
        act.typed.fail("text", ONE_MARK)
    act.typed.check()
    at = _place(held, len("".join(first.split())))
    part = correcting.split(session, act.key, act.version, at, act.reason)
    return url_for("desk_turns.show", key=part)


def _place(text: str, letters: int) -> int:
    """The code point after so many characters that are no white space."""
    seen = 0
    for at, char in enumerate(text):
        if seen == letters:
            return at
        seen += not char.isspace()
    return len(text)


def _join(session: Session, act: Act) -> None:
    following = turns.by_key(session, act.key).next_key
    if following is None:
        raise Refusal("Nothing follows that could be joined with this.")
    seen = act.typed.whole("next_version", 1) or 0
    correcting.merge(session, (act.key, act.version), (following, seen), act.reason)


def _withdraw(session: Session, act: Act) -> None:
    correcting.withdraw(session, act.key, act.version, act.reason)


def _restore(session: Session, act: Act) -> None:
    correcting.restore(session, act.key, act.version, act.reason)


def _question(session: Session, act: Act) -> None:
    question = act.typed["question"]
    part = act.typed.one_of("part", list(Part), needed=question not in ("", OWN))
    act.typed.check()
    asked = act.key if question == OWN else question or None
    chosen = Part.QUESTION if question == OWN else Part(part) if part and asked else None
    regrouping.move(session, act.key, act.version, asked, chosen, act.reason)


def _state(session: Session, act: Act) -> None:
    speaker, state = act.typed.whole("speaker", 1), act.typed.one_of("state", (ANSWERED, *Silence))
    act.typed.check()
    regrouping.set_state(session, act.key, speaker or 0, act.typed["seen"] or None, state or "", act.reason)


def _undo(session: Session, act: Act) -> str | None:
    correction = act.typed.whole("correction", 1) or 0
    proposed = attribution.undo(session, correction, act.version, act.reason)
    return url_for("proposals.show") if proposed is not None else None


ACTS: Mapping[str, tuple[str, Apply]] = {
    "words": ("reword", _reword),
    "voice": ("give to another voice", _voice),
    "time": ("retime", _time),
    "kind": ("say what it is", _kind),
    "split": ("divide", _split),
    "join": ("join", _join),
    "withdraw": ("withdraw", _withdraw),
    "restore": ("put back", _restore),
    "question": ("move to a question", _question),
    "state": ("say what became of an answer", _state),
    "undo": ("take back", _undo),
}
"""By the last part of the address: how the log names it, and what does it; what that returns is where to go instead."""


@bp.get("/<key>")
def show(key: str) -> Response:
    """The turn, what can be done to it, and everything it has said."""
    return _turn(key.upper(), None, Typed.of({}), 200)


@bp.post("/<key>/<act>")
def change(key: str, act: str) -> Response:
    """Do one of ACTS to a turn the editor saw at the version the form carries."""
    typed, key = Typed.sent(), key.upper()
    with reading() as session:
        forum_id = turns.by_key(session, key).turn.forum.id  # one that is not there is not found, whatever was typed
    name, apply = ACTS.get(act, ("", _refused))

    def work(session: Session) -> Done:
        version = typed.whole(VERSION, 1) or 0
        why = typed.text("why", 1000)
        typed.check()
        asked = Act(key, version, typed, Reason(why, signed_in().name, typed.text("requested_by", 200, needed=False)))
        elsewhere = apply(session, asked)
        reanchoring.reanchor(session, forum_id)
        return Done(elsewhere or url_for("desk_turns.show", key=key), f"turn {key}")

    return attempt(typed, name, work, lambda status: _turn(key, act, typed, status))


def _refused(session: Session, act: Act) -> None:
    raise Refusal("That cannot be done to these words.")


def _turn(key: str, tried: str | None, typed: Typed, status: int) -> Response:
    """The page; the form that was refused shows what was typed, the others what is held."""
    with reading() as session:
        found = turns.by_key(session, key)
        forum = forums.by_slug(session, found.turn.forum.slug)
        history = versions.of_turn(session, key)
        asked = transcripts.asked(session, forum.line.id)
        following = turns.by_key(session, found.next_key).turn if found.next_key else None
        states = transcripts.states_of(session, key)
    held = {name: typed if name == tried else Typed.of(values) for name, values in _held(found, following).items()}
    return page(
        "desk/turns/show.html",
        status=status,
        found=found,
        turn=found.turn,
        forum=forum,
        history=history[::-1],
        forms=held,
        asked=asked,
        following=following,
        said_of=states,
        kinds=KINDS,
        parts=[part for part in Part if part != Part.QUESTION],
        states=(ANSWERED, *Silence),
        candidates=forum.with_role(Role.CANDIDATE),
        own=OWN,
        undoable={line.id for line in found.corrections if not line.undone and line.kind != "withhold"},
    )


def _held(found: TurnPage, following: TurnView | None) -> dict[str, dict[str, object]]:
    turn = found.turn
    common: dict[str, object] = {"why": "", "requested_by": ""}
    own: dict[str, dict[str, object]] = {
        "words": {"text": turn.text},
        "voice": {"speaker": turn.speaker_id or NOBODY},
        "time": {"start": precise_clock(turn.start_ms), "end": precise_clock(turn.end_ms)},
        "kind": {"kind": turn.kind},
        "split": {"text": turn.text},
        "join": {"next_version": following.version if following else ""},
        "question": {
            "question": OWN if turn.question_key == turn.key else turn.question_key,
            "part": turn.exchange_part,
        },
    }
    return {name: common | own.get(name, {}) for name in ACTS}
