"""Bring annotations of another program into an assignment: each of their authors becomes a coder of the class, by a made-up name.

What stands where the file says, or in one place only, is put; the rest is told to the teacher, who puts it by hand or lets it be.
One step of the caller's transaction.
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session, col, select

from positions.classes import marking, placing, spans, submitting
from positions.classes.interchange.holding import Holding
from positions.classes.marking import LONGEST, MOST, Wish
from positions.classes.models import Allocation, BroughtIn, ClassMember
from positions.classes.placing import Placed, Tagged
from positions.classes.sheet import Passage, Sheet, Tag
from transcripts.errors import Refusal
from transcripts.models import now
from transcripts.web_annotations import Noted

Clock = Callable[[], datetime]

CODERS = 40
"""Authors of one file."""
NAMES = {"en": "Imported", "es": "Importado"}
NO_CODE = "$"
"""What is kept in place of a return code that nobody has: no code has this digest."""
WORDS = 300
"""Code points of the words that are told to the teacher."""


@dataclass(frozen=True)
class Brought:
    """An annotation that came with a file: `status` as in `placing`, or `refused` where the assignment does not take it.

    `via` is its own id there; `mark` the key of the annotation it became here, None for none.
    """

    at: datetime
    who: str
    mark: str | None
    via: str
    status: str
    words: str


def bring_in(session: Session, holding: Holding, notes: Sequence[Noted], clock: Clock = now) -> None:
    """Put the annotations of a file as marks of new coders, handed in. Raises Refusal for too many of either, or a paused class."""
    sheet = holding.sheet
    by_author: dict[str, list[Noted]] = defaultdict(list)
    for noted in notes:
        by_author[noted.creator].append(noted)
    if len(by_author) > CODERS or max(map(len, by_author.values())) > MOST:
        raise Refusal(
            "At most {coders} authors with {most} annotations each in one file. Divide it.", coders=CODERS, most=MOST
        )
    codes, at = _codes(holding), clock()
    for own in by_author.values():
        coder = _Coder(sheet, _member(session, sheet, at))
        for noted in own:
            _bring(session, coder, noted, codes, at)
        submitting.hand_in(session, replace(sheet, least=0), coder.member, lambda: at)


def brought(session: Session, sheet: Sheet) -> tuple[Brought, ...]:
    """What was brought into an assignment, the latest file first. One statement."""
    rows = session.exec(
        select(BroughtIn, ClassMember.pseudonym)
        .join(ClassMember, col(ClassMember.id) == col(BroughtIn.member_id))
        .where(BroughtIn.assignment_id == sheet.id)
        .order_by(col(BroughtIn.at).desc(), col(BroughtIn.id))
    )
    return tuple(Brought(row.at, who, row.mark, row.via, row.status, row.words) for row, who in rows)


def _bring(session: Session, coder: "_Coder", noted: Noted, codes: Mapping[str, Tag], at: datetime) -> None:
    sheet = coder.sheet
    place = placing.placed(noted, sheet.answers)
    status, key = str(place.status), None
    if place.passage is not None and status in ("exact", "moved"):
        wishes = list(_wishes(noted, place.passage, place, placing.tagged(noted, sheet.tags, codes)))
        if wishes and all(coder.takes(place.passage, wish) for wish in wishes):
            keys = [
                marking.put(session, sheet, coder.member, secrets.token_hex(16), wish, lambda: at) for wish in wishes
            ]
            key = keys[0]
        else:
            status = "refused"
    session.add(
        BroughtIn(
            assignment_id=sheet.id,
            member_id=coder.member,
            mark=key,
            via=noted.via,
            status=status,
            words=(noted.exact or place.words or noted.comment)[:WORDS],
            at=at,
        )
    )
    session.flush()


def _wishes(noted: Noted, passage: Passage, place: Placed, told: Tagged) -> Iterator[Wish]:
    """A mark for each tag, the words beside the first; labels this assignment does not know are kept as words."""
    said = "\n".join((*told.unknown, noted.comment)).strip()
    for n, tag in enumerate(told.tags or (None,)):
        comment = said if n == 0 else ""
        if tag or comment:
            yield Wish(passage.id, place.start, place.end, tag.id if tag else None, comment, noted.purpose)


@dataclass
class _Coder:
    """A new member, and the places where they have put a tag so far."""

    sheet: Sheet
    member: int
    tagged: set[tuple[int, int, int]] = field(default_factory=set)

    def takes(self, passage: Passage, wish: Wish) -> bool:
        """Whether the assignment takes this too: comments only where there are any, one tag an answer where it says so."""
        if wish.comment and (not self.sheet.comments or len(wish.comment) > LONGEST):
            return False
        if wish.tag is None or not self.sheet.exclusive:
            return True
        span = spans.fitted(passage.text, passage.sentences, self.sheet.unit, (wish.start, wish.end))
        free = (passage.id, *span) not in self.tagged
        self.tagged.add((passage.id, *span))
        return free


def _codes(holding: Holding) -> dict[str, Tag]:
    """The tags of the assignment by every address our own files give them."""
    codes = {holding.tag(tag).urn: tag for tag in holding.sheet.tags}
    return codes | {f"{holding.site}/topics/{tag.topic}": tag for tag in holding.sheet.tags if tag.topic}


def _member(session: Session, sheet: Sheet, at: datetime) -> int:
    """A new member nobody can sign in as, who judges every answer."""
    name = NAMES[sheet.lang]
    held = set(session.exec(select(ClassMember.pseudonym).where(ClassMember.class_id == sheet.class_id)))
    free = next(f"{name} {n}" for n in range(1, len(held) + 2) if f"{name} {n}" not in held)
    made = ClassMember(
        key=secrets.token_urlsafe(16),
        class_id=sheet.class_id,
        pseudonym=free,
        code=NO_CODE,
        joined_on=at.date(),
    )
    session.add(made)
    session.flush()
    assert made.id is not None
    if sheet.raters is not None:
        session.add_all(Allocation(class_turn_id=one.id, member_id=made.id) for one in sheet.answers)
        session.flush()
    return made.id
