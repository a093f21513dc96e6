"""The facts a site tells about itself as one object that a form writes and an undo puts back."""

from sqlmodel import Session, select

from positions.entries import Doc, Kind
from tracker import site
from tracker.facts import FACTS, LANGUAGES, SWITCHES
from tracker.site import SiteFact
from transcripts.errors import Conflict

KEYS = tuple((fact.name, lang) for fact in FACTS for lang in (LANGUAGES if fact.told_per_language else ("",)))
"""Every fact with the language it is told in."""
SWITCH_KEYS = tuple((switch.name, "") for switch in SWITCHES)


def field(name: str, lang: str) -> str:
    """The name of a fact in the document and in the form: funding.es, name."""
    return f"{name}.{lang}" if lang else name


def read(session: Session, _key: str) -> Doc:
    """Every fact, empty where nobody has told it; a switch is empty while it is on."""
    told = {(row.name, row.lang): row.value for row in session.exec(select(SiteFact))}
    return {field(*key): told.get(key, "") for key in (*KEYS, *SWITCH_KEYS)}


def write(session: Session, _key: str, doc: Doc) -> None:
    """Tell every fact anew. Raises Refusal."""
    told = {key: str(doc.get(field(*key)) or "") for key in (*KEYS, *SWITCH_KEYS)}
    site.check(told)
    site.store(session, told)
    session.flush()


def remove(_session: Session, _key: str) -> None:
    """A site is never taken away."""
    raise Conflict("What the site says about itself can be changed, not taken away.")


KIND = Kind(read, write, remove)
