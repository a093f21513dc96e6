"""Words withheld from the whole site: the record and its interpretation first, then what forms were filled in with.

The log of acts cannot be changed by anybody: it names acts and objects, and its page hides withheld words (`masked`).
"""

import json
from typing import Any

from sqlmodel import Session, col, or_, select

from positions import withholding
from tracker.edits import Edit
from transcripts.amending import Reason
from transcripts.masking import mask_sealed
from transcripts.models import Forum
from transcripts.queries import withheld
from transcripts.withholding import Gone


def withhold(session: Session, key: str, version: int, words: str, kind: str, reason: Reason) -> None:
    """Take words of a turn out of everything the site holds of its forum, for good. See `positions.withholding.withhold`."""
    gone = withholding.withhold(session, key, version, words, kind, reason)
    slug = session.get_one(Forum, gone.forum_id).slug
    told = [col(column).contains(slug, autoescape=True) for column in (Edit.about, Edit.key, Edit.before, Edit.after)]
    for edit in session.exec(select(Edit).where(or_(*told))):
        edit.before, edit.after = _document(edit.before, gone), _document(edit.after, gone)
        edit.why = gone.without(edit.why) or ""
        session.add(edit)


def masked(session: Session, texts: list[str]) -> list[str]:
    """Texts that nobody can change, without any words that were withheld at any forum."""
    known = withheld.every_seal(session)
    return [mask_sealed(text, known) for text in texts]


def _document(document: str | None, gone: Gone) -> str | None:
    """A JSON document without the words; one that holds none stays as it was written."""
    if document is None:
        return None
    held = json.loads(document)
    new = _without(held, gone)
    return document if new == held else json.dumps(new, ensure_ascii=False)


def _without(value: Any, gone: Gone) -> Any:
    if isinstance(value, dict):
        return {name: _without(one, gone) for name, one in value.items()}
    if isinstance(value, list):
        return [_without(one, gone) for one in value]
    return gone.without(value) if isinstance(value, str) else value
