"""Words withheld at a forum, taken out of the imports under way that may be of it: files that may hold them are kept no longer."""

import json
from dataclasses import asdict

from sqlmodel import Session, select

from tracker.imports import answers as kept
from tracker.imports.models import ImportDraft, ImportFile
from transcripts import masking
from transcripts.messages import Message
from transcripts.received import may_hold
from transcripts.withholding import Gone

GIVE_AGAIN = (
    "Words of this file were withheld meanwhile, so we do not keep it. Give it again with the event it is of: what was"
    " withheld stays so."
)


def forget(session: Session, slug: str, gone: Gone) -> None:
    """Take the words out of every import that is not of another forum we hold, its files and what was said of them."""
    for draft in session.exec(select(ImportDraft).with_for_update()):
        place = kept.read(draft.answers).forum
        if place and place != slug:
            continue
        answers = masking.each_text(json.loads(draft.answers), lambda text: gone.without(text) or "")
        draft.answers, draft.refusal = json.dumps(answers, ensure_ascii=False), gone.without(draft.refusal)
        draft.version += 1
        session.add(draft)
        for file in session.exec(select(ImportFile).where(ImportFile.draft_key == draft.key)):
            _file(file, gone, here=place == slug)
            session.add(file)
    session.flush()


def _file(file: ImportFile, gone: Gone, here: bool) -> None:
    """One file: gone where it may hold the words; of what is no text nobody can say, so it goes where it is of this forum."""

    def spotted(text: str | None) -> bool:
        return bool(text) and bool(masking.spot(str(text), gone.words))

    told = (file.record, file.sample, file.columns)
    read = any(spotted(text) for one in told if one for text in _texts(one))
    if read or may_hold(file.data, lambda text: spotted(text), unsure=here):
        file.data, file.size, file.record, file.sample, file.columns, file.scores = b"", 0, None, None, None, "[]"
        file.refusal, file.line = json.dumps(asdict(Message(GIVE_AGAIN))), None
    file.filename, file.refusal = gone.without(file.filename) or "file", gone.without(file.refusal)


def _texts(document: str) -> list[str]:
    """Every text of a JSON document."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    masking.each_text(json.loads(document), keep)
    return found
