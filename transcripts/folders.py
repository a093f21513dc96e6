"""The writer of folders: quotations kept by whoever holds the link. No account; the links themselves are kept nowhere.

Every function is one step of the caller's transaction. `version` is the folder's, as its owner saw it: what was changed
meanwhile is never written over.
"""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from transcripts.capabilities import digest
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.folder_models import FolderQuote, QuoteFolder
from transcripts.masking import mask_sealed
from transcripts.models import Turn, now
from transcripts.queries import withheld
from transcripts.queries.citations import Quoted
from transcripts.queries.folders import KEPT_DAYS, NO_FOLDER, expired
from transcripts.text import clean

Clock = Callable[[], datetime]
MOST_QUOTES = 200
LONGEST_TITLE, LONGEST_NOTE = 120, 2_000
"""Code points of a title and of a note."""
SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
CHANGED = "This folder was changed meanwhile, perhaps in another window. It is shown as it stands now; do it again."


def new_secret() -> str:
    """The secret of a link that may change a folder. A form brings it along, so that sending it twice is one folder."""
    return secrets.token_urlsafe(24)


def share_secret(secret: str) -> str:
    """The secret of the link that may only read the folder: follows from the other one, and never leads back to it."""
    return urlsafe_b64encode(hashlib.sha256(f"share {secret}".encode()).digest())[:32].decode()


def start(session: Session, secret: str, title: str, clock: Clock = now) -> None:
    """Begin a folder; with the secret of one that is there nothing happens. Folders nobody needs any more go at the same time."""
    if SECRET.fullmatch(secret) is None:
        raise Refusal("This form is too old or was not ours. Load the page again.")
    at = clock()
    _sweep(session, at)
    if session.exec(select(QuoteFolder.id).where(QuoteFolder.edit_digest == digest(secret))).first() is None:
        session.add(
            QuoteFolder(
                edit_digest=digest(secret),
                share_digest=digest(share_secret(secret)),
                title=_title(session, title),
                created_at=at,
                changed_at=at,
            )
        )
        session.flush()


def add(session: Session, secret: str, quoted: Quoted, note: str = "", clock: Clock = now) -> None:
    """Put words at the end of a folder; words that are in it already stay where they are. Raises Refusal for a full folder."""
    folder = _held(session, secret, clock())
    place = (None, None) if quoted.whole else (quoted.start, quoted.end)
    same = select(FolderQuote.id).where(
        FolderQuote.folder_id == folder.id,
        FolderQuote.turn_id == quoted.turn.id,
        FolderQuote.turn_version == quoted.turn.version,
        col(FolderQuote.start).is_(None) if place[0] is None else FolderQuote.start == place[0],
        col(FolderQuote.end).is_(None) if place[1] is None else FolderQuote.end == place[1],
    )
    if session.exec(same).first() is not None:
        return
    counted = select(func.count(col(FolderQuote.id)), func.max(FolderQuote.position))
    count, last = session.exec(counted.where(FolderQuote.folder_id == folder.id)).one()
    if count >= MOST_QUOTES:
        raise Refusal("A folder holds {n} quotations. Start another one, or remove some.", n=MOST_QUOTES)
    assert folder.id is not None
    session.add(
        FolderQuote(
            folder_id=folder.id,
            position=(last or 0) + 1,
            turn_id=quoted.turn.id,
            turn_version=quoted.turn.version,
            start=place[0],
            end=place[1],
            note=_note(session, note, quoted.turn.forum.id),
            added_at=clock(),
        )
    )
    _touch(session, folder, clock())


def rename(session: Session, secret: str, version: int, title: str, clock: Clock = now) -> None:
    """Give a folder another title."""
    folder, new = _held(session, secret, clock()), _title(session, title)
    if new != folder.title:
        _unchanged(folder, version)
        folder.title = new
        _touch(session, folder, clock())


def annotate(session: Session, secret: str, version: int, id: int, note: str, clock: Clock = now) -> None:
    """Write the note beside a quotation; an empty one takes it away."""
    folder = _held(session, secret, clock())
    one, forum_id = _quote(session, folder, id)
    new = _note(session, note, forum_id)
    if new != one.note:
        _unchanged(folder, version)
        one.note = new
        session.add(one)
        _touch(session, folder, clock())


def move(session: Session, secret: str, version: int, id: int, up: bool, clock: Clock = now) -> None:
    """Put a quotation before the one above it, or behind the one below; at an end it stays."""
    folder = _held(session, secret, clock())
    _unchanged(folder, version)
    one, _ = _quote(session, folder, id)
    order = list(
        session.exec(
            select(FolderQuote)
            .where(FolderQuote.folder_id == folder.id)
            .order_by(col(FolderQuote.position), col(FolderQuote.id))
        )
    )
    at = order.index(one)
    order.insert(max(0, at - 1) if up else at + 1, order.pop(at))
    for position, quote in enumerate(order, start=1):
        quote.position = position
        session.add(quote)
    _touch(session, folder, clock())


def remove(session: Session, secret: str, id: int, clock: Clock = now) -> None:
    """Take a quotation out of a folder. Raises NotFound."""
    folder = _held(session, secret, clock())
    one, _ = _quote(session, folder, id)
    session.delete(one)
    _touch(session, folder, clock())


def delete_folder(session: Session, secret: str, clock: Clock = now) -> None:
    """Take a folder away with its notes, for good. Raises NotFound."""
    _drop(session, [_held(session, secret, clock()).id])


def delete_shared(session: Session, shared: str) -> None:
    """An editor takes a folder away by the link its readers have. Raises NotFound."""
    id = session.exec(select(QuoteFolder.id).where(QuoteFolder.share_digest == digest(shared))).first()
    if id is None:
        raise NotFound(NO_FOLDER)
    _drop(session, [id])


def _held(session: Session, secret: str, at: datetime) -> QuoteFolder:
    folder = session.exec(
        select(QuoteFolder).where(QuoteFolder.edit_digest == digest(secret)).with_for_update()
    ).one_or_none()
    if folder is None or expired(folder, at):
        raise NotFound(NO_FOLDER)
    return folder


def _unchanged(folder: QuoteFolder, version: int) -> None:
    if folder.version != version:
        raise Conflict(CHANGED)


def _touch(session: Session, folder: QuoteFolder, at: datetime) -> None:
    folder.version += 1
    folder.changed_at = at
    session.add(folder)
    session.flush()


def _quote(session: Session, folder: QuoteFolder, id: int) -> tuple[FolderQuote, int]:
    """A quotation of this folder, and the forum its words are from."""
    found = session.exec(
        select(FolderQuote, Turn.forum_id)
        .join(Turn, col(Turn.id) == col(FolderQuote.turn_id))
        .where(FolderQuote.id == id, FolderQuote.folder_id == folder.id)
    ).first()
    if found is None:
        raise NotFound("This quotation is no longer in the folder.")
    return found


def _title(session: Session, title: str) -> str:
    words = " ".join(clean(title).split())
    if not words or len(words) > LONGEST_TITLE:
        raise Refusal("Give the folder a title of at most {n} characters.", n=LONGEST_TITLE)
    return mask_sealed(words, withheld.every_seal(session))


def _note(session: Session, note: str, forum_id: int) -> str:
    words = clean(note).strip()
    if len(words) > LONGEST_NOTE:
        raise Refusal("A note has at most {n} characters.", n=LONGEST_NOTE)
    return mask_sealed(words, withheld.known(session, forum_id))


def _sweep(session: Session, at: datetime) -> None:
    """Delete what nobody has changed for so long as was told."""
    old = select(QuoteFolder.id).where(col(QuoteFolder.changed_at) < at - timedelta(days=KEPT_DAYS))
    _drop(session, list(session.exec(old)))


def _drop(session: Session, ids: list[int | None]) -> None:
    session.exec(delete(FolderQuote).where(col(FolderQuote.folder_id).in_(ids)))
    session.exec(delete(QuoteFolder).where(col(QuoteFolder.id).in_(ids)))
