"""What editors do to the words of a statement: a draft, the next wording of an open one, and their approval in both languages. Pure.

Readers go on seeing the approved words until the next ones are approved: those wait beside them as `pending`.
"""

from collections.abc import Sequence

from slugify import slugify

from positions.entries.entry import Doc
from transcripts.errors import Conflict, Refusal

NO_SPANISH = "Both languages are approved together: write the Spanish of the statement and of every answer first."
NOTHING_WAITS = "Nothing waits to be approved here."
OWN_WORDS = "You wrote these words yourself: another editor must approve them."


def written(present: Doc | None, typed: Doc, by: str) -> Doc:
    """A statement as it is after somebody saved the form: a draft is changed, the next words of an open one wait."""
    if present is None:
        return {**typed, "status": "draft", "worded_by": by}
    words = {"text": typed["text"], "options": typed["options"]}
    if present["status"] == "draft":
        same = words == {name: present[name] for name in words}
        return {**present, **typed, "worded_by": present["worded_by"] if same else by}
    held = {name: present[name] for name in words}
    waiting = present["pending"]
    if words == held or typed["text"] is None:
        pending = None
    elif waiting and words == {name: waiting[name] for name in words}:
        pending = waiting
    else:
        pending = {**words, "by": by}
    return {**present, **typed, **held, "pending": pending}


def next_words(doc: Doc) -> Doc:
    """A statement with the words that wait, where some do: what the form shows."""
    waiting = doc["pending"]
    return {**doc, "text": waiting["text"], "options": waiting["options"]} if waiting else doc


def author(doc: Doc) -> str | None:
    """Who wrote the words that wait to be approved; None where none wait."""
    if doc["pending"]:
        return str(doc["pending"]["by"])
    return str(doc["worded_by"] or "") if doc["status"] == "draft" else None


def approved(doc: Doc, by: str, *, another: bool, spanish: bool) -> Doc:
    """A statement whose waiting words readers see from now on. `another`: somebody else can approve; `spanish`: both are needed.

    Raises Conflict where nothing waits, Refusal where the wrong person approves or a language is missing.
    """
    writer, said = author(doc), next_words(doc)
    if writer is None:
        raise Conflict(NOTHING_WAITS)
    if another and writer == by:
        raise Refusal(OWN_WORDS)
    if spanish and not all((said["text"]["es"], *(option["es"] for option in said["options"]))):
        raise Refusal(NO_SPANISH)
    return {**said, "status": "open", "pending": None, "worded_by": writer or None, "approved_by": by}


def options(held: Sequence[Doc], english: Sequence[str], spanish: Sequence[str]) -> list[Doc]:
    """The listed answers as they stand in two lists of lines; one that is there already keeps its key.

    Known by its English words, else by the order in which it comes among those that are not.
    """
    keys = {one["en"]: one["key"] for one in held}
    left = [one["key"] for one in held if one["en"] not in english]
    taken = {one["key"] for one in held}
    made = []
    for n, words in enumerate(english):
        key = keys.pop(words, None) or (left.pop(0) if left else _free(words, taken))
        taken.add(key)
        made.append({"key": key, "en": words, "es": spanish[n] if n < len(spanish) and spanish[n] else None})
    return made


def _free(words: str, taken: set[str]) -> str:
    base = slugify(words, max_length=40, word_boundary=True) or "answer"
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
