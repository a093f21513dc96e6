"""/desk/ties: what ties an account has to campaigns, parties and candidates; administrators see what everybody declared."""

from flask import Blueprint, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from positions import coder_ties
from positions.coding.ties import NAMING, TIE_WORDS, Tie
from positions.queries import coded
from tracker.accounts.admission import signed_in
from tracker.accounts.roles import AccountRole
from tracker.acting import Done, attempt, recorder
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import gettext
from tracker.rendering import page

bp = Blueprint("ties", __name__, url_prefix="/desk/ties")

UNKNOWN = "Nobody called “%(person)s” stands in a race here. Write the name as the comparison prints it."


@bp.get("")
def show() -> Response:
    """What this account declares, to change it; for an administrator what everybody declares."""
    with reading() as session:
        held = coded.declared(session, signed_in().id)
        people = coded.named_people(session, signed_in().id)
    said = {"kind": held.kind, "party": held.party, "candidates": "\n".join(people)} if held else {}
    return _page(Typed.of(said), 200)


@bp.post("")
def declare() -> Response:
    """Declare ties; what was declared before holds no longer, and both stand in the log."""
    typed = Typed.sent()

    def work(session: Session) -> Done:
        kind = typed.one_of("kind", tuple(TIE_WORDS))
        party, names = typed.text("party", needed=False), typed.rows("candidates", 50)
        found = coded.candidates_named(session, names)
        for name in names:
            if name not in found:
                typed.fail("candidates", UNKNOWN, person=name)
        typed.check()
        tie = Tie(kind or Tie.NONE)
        people = list(dict.fromkeys(found.values())) if tie in NAMING else []
        coder_ties.declare(session, recorder(), tie, party if tie != Tie.NONE else "", people)
        told = ", ".join([tie, *([party] if party else []), *(names if people else [])])
        return Done(url_for(".show"), f"account {signed_in().id}", told)

    return attempt(typed, "declare ties", work, lambda status: _page(typed, status))


def _page(typed: Typed, status: int) -> Response:
    with reading() as session:
        held = coded.declared(session, signed_in().id)
        every = coded.every_declared(session) if AccountRole.ADMIN in signed_in().roles else ()
    return page(
        "desk/ties/show.html",
        status=status,
        form=typed,
        held=held,
        every=every,
        kinds=[(str(tie), gettext(words)) for tie, words in TIE_WORDS.items()],
        tie_words=TIE_WORDS,
    )
