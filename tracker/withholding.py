"""Words withheld from the whole site: the record and its interpretation first, then what forms were filled in with.

The log of acts cannot be changed by anybody: it names acts and objects, and its page hides withheld words (`masked`).
"""

import json
from urllib.parse import unquote

from sqlmodel import Session, col, or_, select

from positions import withholding
from positions.classes import withholding as classes
from positions.entries import KINDS
from positions.followthrough import uploads
from positions.followthrough.queries import passages
from positions.models import EntryMerge
from tracker import edits
from tracker.accounts.models import DoneForm
from tracker.edits import Author, Change, Edit
from tracker.freezing import guard
from tracker.freezing.models import FreezeException, FreezeSwitch
from tracker.imports import forgetting
from tracker.replying.models import BodyInvitation, Reply, ReplyInvitation
from tracker.telling import searches, subscribing
from tracker.telling.models import SavedSearch, Subscription
from transcripts import masking
from transcripts.amending import Reason
from transcripts.masking import mask_sealed
from transcripts.models import Forum
from transcripts.queries import withheld
from transcripts.search import outbox
from transcripts.vocabulary import Right
from transcripts.withholding import Gone

DEEDS = frozenset(KINDS) - frozenset(
    "organisation person alias forum forum_merge source race race_merge candidacy statement statement_merge topic topic_merge".split()
)
"""Kinds of objects that tell of no one forum: commitments, programs, documents and the like."""
LOOK_AT_IT = "Words that were withheld may stand in it. Look at it before it is shown again."


def withhold(session: Session, key: str, version: int, words: str, kind: str, reason: Reason) -> None:
    """Take words of a turn out of everything the site holds of its forum, for good. See `positions.withholding.withhold`."""
    guard.exempt(session)
    gone = withholding.withhold(session, key, version, words, kind, reason)
    classes.take_out(session, gone)
    slug = session.get_one(Forum, gone.forum_id).slug
    _forms(session, slug, gone)
    _merges(session, slug, gone)
    _answers(session, gone)
    _exceptions(session, gone)
    _followed(session, gone)
    forgetting.forget(session, slug, gone)
    _documents(session, gone, reason)


def _documents(session: Session, gone: Gone, reason: Reason) -> None:
    """Documents that print the words are closed until an editor has looked: they may tell of somebody else, and are falsified by nobody.

    It is an act of the desk like any other, so it can be taken back there. Their index is built anew.
    """

    def spotted(text: str) -> bool:
        return bool(masking.spot(text, gone.words))

    uploads.forget(session, spotted)
    for slug in passages.holding(session, spotted):
        closed = Change("document", slug, {**edits.held(session, "document", slug), "right": Right.PRIVATE.value})
        edits.carry_out(session, f"document/{slug}", [closed], Author(reason.by, LOOK_AT_IT))
        outbox.enqueue(session, [outbox.REBUILD], passages.SHELF)


def masked(session: Session, texts: list[str]) -> list[str]:
    """Texts that nobody can change, without any words that were withheld at any forum."""
    known = withheld.every_seal(session)
    return [mask_sealed(text, known) for text in texts]


def _forms(session: Session, slug: str, gone: Gone) -> None:
    """What forms about the forum, about what became of what was said there, and about the private people were filled in with."""
    columns = (Edit.about, Edit.key, Edit.before, Edit.after)
    told = [col(column).contains(one, autoescape=True) for column in columns for one in (slug, *gone.people)]
    for edit in session.exec(select(Edit).where(or_(col(Edit.kind).in_(DEEDS), *told))):
        edit.before, edit.after = _document(edit.before, gone), _document(edit.after, gone)
        edit.why = gone.without(edit.why) or ""
        if masking.spot(edit.key, gone.words):
            edit.key = f"withheld-{edit.id}"
        if masking.spot(edit.about, gone.words):
            edit.about = f"{edit.about.partition('/')[0]}/withheld-{edit.id}"
        session.add(edit)


def _merges(session: Session, slug: str, gone: Gone) -> None:
    """What went over when entries were merged that tell of the forum."""
    tells = (col(EntryMerge.into_slug) == slug) | col(EntryMerge.moved).contains(slug, autoescape=True)
    for merge in session.exec(select(EntryMerge).where(tells)):
        merge.moved = _document(merge.moved, gone) or merge.moved
        session.add(merge)


def _answers(session: Session, gone: Gone) -> None:
    """Where forms led whose address holds the words: sent again, they lead to the desk."""
    for form in session.exec(select(DoneForm)):
        if masking.spot(unquote(form.url), gone.words):
            form.url = "/desk"
            session.add(form)


def _exceptions(session: Session, gone: Gone) -> None:
    """What editors wrote about changes during a freeze, and candidates and bodies in what they were asked and replied."""
    for one in session.exec(select(FreezeException)):
        one.what, one.why = gone.without(one.what) or "", gone.without(one.why) or ""
        one.decided_why = gone.without(one.decided_why)
        session.add(one)
    for reply in session.exec(select(Reply)):
        reply.text = gone.without(reply.text) or ""
        session.add(reply)
    for invitation in session.exec(select(ReplyInvitation)):
        invitation.verified = gone.without(invitation.verified) or ""
        session.add(invitation)
    for asked in session.exec(select(BodyInvitation)):
        asked.body, asked.verified = gone.without(asked.body) or "", gone.without(asked.verified) or ""
        session.add(asked)
    for switch in session.exec(select(FreezeSwitch)):
        switch.why = gone.without(switch.why) or ""
        session.add(switch)


def _followed(session: Session, gone: Gone) -> None:
    """Searches people follow that hold the words: they find nothing any more, and end."""
    for search in session.exec(select(SavedSearch)):
        if masking.spot(searches.words(search.parameters), gone.words):
            subscribing.end(
                session, session.exec(select(Subscription).where(Subscription.saved_search_id == search.id)).all()
            )


def _document(document: str | None, gone: Gone) -> str | None:
    """A JSON document without the words; one that holds none stays as it was written."""
    if document is None:
        return None
    held = json.loads(document)
    new = masking.each_text(held, lambda text: gone.without(text) or "")
    if held.get("name") != new.get("name") and "sort_name" in new:
        new["sort_name"] = new["name"]  # it holds the same words in another order
    return document if new == held else json.dumps(new, ensure_ascii=False)
