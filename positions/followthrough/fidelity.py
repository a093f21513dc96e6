"""Pure: whether a program is run as its design asks, told from what several people found; a checklist, never a score.

Of each thing the design asks for the latest finding of every finder stands, one beside the other; where they differ both are
told and neither is chosen. Earlier findings are history, and those taken back stay readable. The same holds for replies.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from positions.followthrough.days import PartialDay
from positions.followthrough.requests import Standing
from positions.followthrough.taken_back import TakenBack
from positions.followthrough.vocabulary.fidelity import Fidelity
from transcripts.bilingual import Bilingual
from transcripts.messages import Message


@dataclass(frozen=True)
class Criterion:
    """One thing a design asks for. `ground`, here and below, is what it rests on, handed through to whoever shows it."""

    id: int
    slug: str
    text: Bilingual
    core: bool = True
    position: int = 0
    ground: object | None = None


@dataclass(frozen=True)
class AskedFor:
    """The request for records that a finding names, and how it stands."""

    slug: str
    asked_on: date
    asked_of: str
    standing: Standing


@dataclass(frozen=True)
class Finding:
    """What somebody found of one criterion as of a day, and the stake of whoever found it (`interest`).

    `day` is a partial day where the source is less exact than `on`, the first day it may be. `since`: the day, as it was told, of
    the first of the findings in a row by which this finder came to the same result.
    """

    id: int
    key: str
    criterion: int
    result: Fidelity
    on: date
    by: str
    recorded_at: datetime
    text: Bilingual | None = None
    interest: Bilingual | None = None
    asked: AskedFor | None = None
    ground: object | None = None
    taken_back: TakenBack | None = None
    day: str | None = None
    since: str | None = None

    @property
    def told_on(self) -> str:
        """The (partial) day as its source gives it."""
        return self.day or self.on.isoformat()


@dataclass(frozen=True)
class Reply:
    """What a body answers in its own words: to one criterion, to one concern, or to the whole page (both None)."""

    id: int
    key: str
    by: str
    words: str
    language: str
    on: date
    recorded_at: datetime
    criterion: int | None = None
    concern: int | None = None
    received: str | None = None
    ground: object | None = None
    taken_back: TakenBack | None = None


Said = TypeVar("Said", Finding, Reply)


@dataclass(frozen=True)
class Replies:
    """What stands of what was answered to one thing, the latest of each body; what was said before; what was taken back."""

    standing: tuple[Reply, ...] = ()
    earlier: tuple[Reply, ...] = ()
    taken_back: tuple[Reply, ...] = ()


@dataclass(frozen=True)
class Row:
    """One criterion with the finding of each finder that stands, those before, those taken back, and what was answered."""

    criterion: Criterion
    standing: tuple[Finding, ...] = ()
    earlier: tuple[Finding, ...] = ()
    taken_back: tuple[Finding, ...] = ()
    replies: Replies = Replies()

    @property
    def result(self) -> Fidelity | None:
        """What everybody who looked found; None where they differ or nobody looked."""
        found = {one.result for one in self.standing}
        return found.pop() if len(found) == 1 else None

    @property
    def differ(self) -> bool:
        """Whether those who looked found different things."""
        return len({one.result for one in self.standing}) > 1


@dataclass(frozen=True)
class Rule:
    """What the design says of programs that depart from it."""

    text: Bilingual
    ground: object | None = None


@dataclass(frozen=True)
class Tally:
    """Of how many things a design asks for which was found, `differ` where finders do not agree, `unseen` where nobody looked.

    Everything together is `asked_for`.
    """

    asked_for: int
    found: dict[Fidelity, int]
    differ: int
    unseen: int


@dataclass(frozen=True)
class Checklist:
    """Everything the design asks for in its order, and what was answered to the whole. `rule` is None where we hold none."""

    rows: tuple[Row, ...]
    replies: Replies = Replies()
    rule: Rule | None = None

    @property
    def tally(self) -> Tally:
        """How many came out how."""
        counts = Counter(row.result for row in self.rows if row.result is not None)
        unseen = sum(not row.standing for row in self.rows)
        differ = sum(row.differ for row in self.rows)
        return Tally(len(self.rows), {result: counts[result] for result in Fidelity}, differ, unseen)

    @property
    def departing(self) -> tuple[Row, ...]:
        """What stands at the heart of the design and somebody found missing, lastingly, which is what DEPARTS means; others may
        have found otherwise (`Row.differ`)."""
        heart = (row for row in self.rows if row.criterion.core)
        return tuple(row for row in heart if any(one.result == Fidelity.DEPARTS for one in row.standing))

    @property
    def core(self) -> int:
        """How many things stand at the heart of the design."""
        return sum(row.criterion.core for row in self.rows)

    @property
    def finders(self) -> tuple[tuple[str, Bilingual | None], ...]:
        """Everybody whose findings stand with the interest they last told, in the order of their names."""
        latest = sorted((one for row in self.rows for one in row.standing), key=lambda one: (one.on, one.id))
        told = {_who(one): (one.by, one.interest) for one in latest}
        return tuple(told[name] for name in sorted(told))


def checklist(
    criteria: Iterable[Criterion],
    findings: Sequence[Finding],
    replies: Sequence[Reply],
    today: date,
    rule: Rule | None = None,
) -> Checklist:
    """The checklist of a program as of `today`: nothing that is dated later is told."""
    found = [one for one in findings if one.on <= today]
    said = [one for one in replies if one.on <= today]
    rows = (
        _row(one, [it for it in found if it.criterion == one.id], [it for it in said if it.criterion == one.id])
        for one in sorted(criteria, key=lambda one: (one.position, one.id))
    )
    whole = [one for one in said if one.criterion is None and one.concern is None]
    return Checklist(tuple(rows), replies_to(whole), rule)


def replies_to(said: Sequence[Reply]) -> Replies:
    """What stands of the replies to one thing."""
    return Replies(*_layers(said))


def may_find(result: Fidelity, on: PartialDay, sourced: bool, began: PartialDay | None, today: date) -> Message | None:
    """Why a finding cannot be recorded of a program that began on a day; None where it can."""
    if on.first > today:
        return Message("{day} has not come yet.", {"day": str(on)})
    if began is not None and on.last < began.first:
        return Message("The program began on {day}; nothing can have been found of it before.", {"day": str(began)})
    if result != Fidelity.NO_DATA and not sourced:
        return Message("Give the source that it rests on; only “No data” needs none.")
    return None


def may_reply(reply: Reply, today: date) -> Message | None:
    """Why a reply cannot be recorded; None where it can."""
    if reply.on > today:
        return Message("{day} has not come yet.", {"day": reply.on.isoformat()})
    if reply.criterion is not None and reply.concern is not None:
        return Message("A reply is to one thing: to a criterion, to a concern, or to the whole page.")
    if reply.ground is None and not (reply.received or "").strip():
        return Message("Say how the reply was received, or name the document that holds it.")
    return None


def _row(criterion: Criterion, findings: Sequence[Finding], replies: Sequence[Reply]) -> Row:
    standing, earlier, taken_back = _layers(findings)
    dated = tuple(replace(one, since=_since(one, earlier)) for one in standing)
    return Row(criterion, dated, earlier, taken_back, replies_to(replies))


def _since(finding: Finding, earlier: Iterable[Finding]) -> str:
    """The first day of the findings in a row with this result, by the same finder; `earlier` comes the latest first."""
    since = finding.told_on
    for one in earlier:
        if _who(one) == _who(finding):
            if one.result != finding.result:
                break
            since = one.told_on
    return since


def _layers(said: Iterable[Said]) -> tuple[tuple[Said, ...], tuple[Said, ...], tuple[Said, ...]]:
    """What stands, the latest of everybody by name; what they said before and what was taken back, the latest first."""
    latest_first = sorted(said, key=_moment, reverse=True)
    counted = [one for one in latest_first if one.taken_back is None]
    standing: dict[str, Said] = {}
    for one in counted:
        standing.setdefault(_who(one), one)
    ids = {one.id for one in standing.values()}
    by_name = tuple(standing[name] for name in sorted(standing))
    earlier = tuple(one for one in counted if one.id not in ids)
    return by_name, earlier, tuple(one for one in latest_first if one.taken_back is not None)


def _moment(one: Finding | Reply) -> tuple[date, datetime, int]:
    return one.on, one.recorded_at, one.id


def _who(one: Finding | Reply) -> str:
    """Whose it is: the same name in other capitals or with other spaces is the same."""
    return " ".join(one.by.casefold().split())
