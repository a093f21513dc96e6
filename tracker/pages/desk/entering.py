"""What every form that fills in the record has in common: from fields to documents and back, faults beside their fields."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session
from werkzeug.wrappers import Response

from positions.entries import Doc
from positions.load_document import BadEntry
from tracker import edits
from tracker.accounts.admission import signed_in
from tracker.acting import Done, attempt
from tracker.edits import Author, Change
from tracker.forms import NEEDED, VERSION, Typed
from tracker.i18n import gettext, translated

LONG = 2000
"""Code points of a text of ours in a form."""

FIELD_WORDS = {
    "slug": "Address",
    "title": "Title",
    "name": "Name",
    "sort_name": "Name as a register sorts it",
    "office": "Office",
    "place": "Place",
    "zone": "Time zone",
    "election_date": "Day of the election",
    "freeze_days": "Days of the freeze",
    "coding_rule": "How many people stand behind a position",
    "fictional": "Invented, for teaching or testing",
    "decides": "What this office decides",
    "forums": "Forums",
    "races": "Races",
    "kind": "Kind",
    "date": "Day",
    "venue": "Venue",
    "city": "Place",
    "attendance": "People who came",
    "language": "Language spoken",
    "languages": "Languages",
    "video": "Recording",
    "parts": "Recordings of the parts",
    "summary": "Summary",
    "organisations": "Organisations",
    "roles": "What it was to forums",
    "interest": "Interest in the subject",
    "url": "Web address",
    "key": "Address",
    "publisher": "Publisher",
    "contact": "Contact",
    "funding": "Paid for by",
    "grade": "How far the words can be trusted",
    "person": "Person",
    "ballot_name": "Name on the ballot",
    "party": "Party",
    "incumbent": "Holds the office now",
    "status": "Standing",
    "ballot_position": "Place on the ballot",
    "alias": "Other name",
    "forum": "Forum",
    "valid_from": "From",
    "valid_to": "To",
    "contest": "Race",
    "topic": "Topic",
    "type": "Kind",
    "text": "Words of the statement",
    "options": "Its answers, where there are several",
    "pending": "Words that wait to be approved",
    "worded_by": "Written by",
    "approved_by": "Both languages approved by",
    "profile": "What readers see",
    "synonyms": "Other words for it",
    "proposed_by": "Proposed by",
    "position": "Place in the list",
    "parent": "Stands under",
    "aliases": "Other names",
    "merged": "Merged into",
    "quote_cards": "Cards of single quotations",
    "said_on": "Day it was said",
    "criterion": "Done when",
    "measurable": "Anybody can check it",
    "responsible": "Who answers for it",
    "due_why": "Why that day",
    "every_months": "Again after so many months",
    "first_due_on": "Due for the first time on",
    "term_ends_on": "The term ends on",
    "origin_kind": "How we know the words",
    "origin": "What the source says, in our words",
    "fragment": "A few words of the source",
    "cited": "What it rests on",
    "began": "Began",
    "ended": "Ended",
    "stage": "How far it is",
    "model": "Design",
    "elsewhere": "Of another place",
    "maintained_by": "Who keeps its page",
    "statements": "Statements it answers",
    "documents": "Documents",
    "bodies": "Who does what",
    "history": "History",
    "money": "Money",
    "claims": "What it is said to achieve",
    "concerns": "Concerns and questions",
    "criteria": "What the design asks for",
    "rule": "What it says of programs that depart from it",
    "level": "Level",
    "body": "Body",
    "result": "What became of it",
    "decided_on": "Decided",
    "number": "Number",
    "links": "What depends on it",
    "term": "Word",
    "meaning": "Meaning",
    "what": "What was asked for",
    "asked_of": "Asked of",
    "asked_by": "Asked by",
    "asked_on": "Asked on",
    "due_on": "Due on",
    "law": "Law",
    "program": "Program",
    "commitment": "Commitment",
    "document": "Document",
    "published_on": "Published on",
    "archived_url": "Address of the archived copy",
    "archived_on": "Archived on",
    "right": "What may be shown",
    "unit": "Counted in",
    "people": "It counts people",
    "denominator": "Out of",
    "about": "What a reader must mind",
    "axes": "Breakdowns and their groups",
    "headline": "The ratio told first",
    "part": "Before or added",
    "part_of": "It is a part of",
}
"""The fields of documents as editors read them."""

KIND_WORDS = {
    "organisation": "Organisation",
    "person": "Person",
    "alias": "Other name",
    "forum": "Forum",
    "forum_merge": "Forum that was another",
    "source": "Source",
    "race": "Race",
    "race_merge": "Race that was another",
    "candidacy": "Candidate",
    "statement": "Statement",
    "statement_merge": "Statement that was another",
    "topic": "Topic",
    "topic_merge": "Topic that was another",
    "design": "Design",
    "program": "Program",
    "act": "Law or decision",
    "term": "Word of the glossary",
    "records_request": "Request for records",
    "document": "Document",
    "commitment": "Commitment",
    "figure": "Figure",
    "site": "This site",
}
"""The kinds of objects as editors read them."""

LANGUAGE_MARKS = {"en": "in English", "es": "in Spanish"}


@dataclass(frozen=True)
class Entered:
    """What a form does: the changes, at whose page they are told, and where to go afterwards."""

    url: str
    about: str
    changes: Sequence[Change]


@dataclass(frozen=True)
class FieldChange:
    """One field in words, and its texts before and after (typed and held now, where two editors meet)."""

    words: str
    before: str
    after: str


def enter(
    typed: Typed, act: str, make: Callable[[Session], Entered], again: Callable[[int], Response], *, why: bool = False
) -> Response:
    """Carry out what a form says, or show it again with what was typed. With `why` a reason must be given."""
    reason = typed.text("why", 500, needed=why)

    def work(session: Session) -> Done:
        what = _made(typed, session, make)
        author = Author(signed_in().name, reason)
        try:
            edits.carry_out(session, what.about, what.changes, author, typed[VERSION] or None)
        except BadEntry as bad:
            beside(typed, bad)
        return Done(what.url, what.about, reason)

    return attempt(typed, act, work, again)


def _made(typed: Typed, session: Session, make: Callable[[Session], Entered]) -> Entered:
    what = make(session)
    typed.check()
    return what


def beside(typed: Typed, bad: BadEntry) -> None:
    """The faults of a document beside the fields they were typed in. Raises Invalid."""
    for path, what in bad.faults:
        said = translated(what)
        typed.fail("_".join(part for part in path if isinstance(part, str)), said[:1].upper() + said[1:])
    typed.check()


def both(typed: Typed, name: str, most: int = LONG, *, needed: bool = True) -> Doc | None:
    """A text in both languages, from the fields <name>_en and <name>_es; the Spanish one may be empty."""
    en, es = (typed.text(f"{name}_{lang}", most, needed=needed and lang == "en", lines=True) for lang in ("en", "es"))
    if es and not en:
        typed.fail(f"{name}_en", NEEDED)
    return {"en": en, "es": es or None} if en else None


def values(doc: Mapping[str, Any]) -> dict[str, str]:
    """A document as the fields of a form: title_en; lists of texts a line each; true as 1."""
    found: dict[str, str] = {}
    for name, value in doc.items():
        key = name.replace(".", "_")
        if isinstance(value, dict):
            found |= {f"{key}_{inner}": "" if text is None else str(text) for inner, text in value.items()}
        elif isinstance(value, list):
            found[key] = "\n".join(one for one in value if isinstance(one, str))
        else:
            found[key] = "" if value in (None, False) else "1" if value is True else str(value)
    return found


def seen(typed: Typed, present: Doc, status: int) -> str:
    """The version a form shown again carries: what its editor saw; after a conflict, what they see now."""
    return edits.version(present) if status == 409 or not typed[VERSION] else typed[VERSION]


def meeting(typed: Typed, present: Mapping[str, str], status: int) -> list[FieldChange]:
    """Where two editors meet: the fields in which what was typed differs from what is held by now; empty otherwise."""
    if status != 409:
        return []
    return [
        FieldChange(field_words(name.replace("_en", ".en").replace("_es", ".es")), typed[name], now)
        for name, now in present.items()
        if name in typed.values and " ".join(typed[name].split()) != " ".join(now.split())
    ]


def field_words(name: str) -> str:
    """A field of a document in words: title.en is “Title (in English)”."""
    first, *rest = name.split(".")
    words = gettext(FIELD_WORDS.get(first, first))
    return f"{words} ({gettext(LANGUAGE_MARKS[rest[0]])})" if rest and rest[0] in LANGUAGE_MARKS else words


def kind_words(kind: str) -> str:
    """A kind of object in words."""
    return gettext(KIND_WORDS.get(kind, kind))
