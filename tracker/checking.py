"""Quotations checked against the record of a site: the page and the command call `check`.

The index of words stands in memory, one for each site and process, and follows the record: what was added or reworded is read at the
next check, what may be shown is asked anew at each. Nothing that is pasted is kept.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock

from sqlmodel import Session

from positions.queries import told as reports
from transcripts.checking import judging, quotation, told
from transcripts.checking.fitting import Passage
from transcripts.checking.judging import Held, Judgement, Place, Verdict
from transcripts.checking.places import Places
from transcripts.checking.quotation import Quotation
from transcripts.checking.spotting import Pasted, Spotted
from transcripts.checking.told import Told
from transcripts.checking.words import spelt
from transcripts.identity import Identity, agree, identify, same_first_name
from transcripts.queries import names, quotable, turns
from transcripts.queries.quotable import Complete, Stamp, Voiced
from transcripts.queries.turns import TurnView
from transcripts.text import fold
from transcripts.vocabulary import Grade, TurnKind

TRUST = (Grade.REVIEWED, Grade.EDITED, Grade.PUBLISHED, Grade.MACHINE, Grade.RECAP)
"""Of two records with the same words the first is shown."""


@dataclass(frozen=True)
class Claim:
    """Whose words a quotation is said to be: everybody known who goes by that name. `nobody`: it names no one person."""

    name: str
    identity: Identity
    people: dict[str, str] = field(default_factory=dict)

    @property
    def nobody(self) -> bool:
        """Whether that names no one person."""
        return self.identity.nobody is not None and not self.people

    def is_of(self, turn: TurnView) -> bool | None:
        """Whether these are that person's words; None where nobody has said whose they are."""
        if self.nobody:
            return None
        if turn.person_slug and self.people:
            return turn.person_slug in self.people
        voices = [identify(name) for name in (turn.speaker_name, turn.label) if name]
        named = [voice for voice in voices if voice.nobody is None]
        if not named:
            return None
        ours = [self.identity, *map(identify, self.people.values())]
        return any(agree(one, voice) for one in ours if one.nobody is None for voice in named)


@dataclass(frozen=True)
class Found:
    """Words of a passage beside the quotation. `difference`: (operation, words quoted, words held) as in `fitting.Change`, with the
    punctuation that follows them."""

    turn: TurnView
    place: Place
    difference: tuple[tuple[str, str, str], ...]

    @property
    def words(self) -> str:
        """The words as they were said."""
        return self.turn.text[self.place.fit.start : self.place.fit.end]

    @property
    def path(self) -> str:
        """Where these very words are shown, without language prefix."""
        fit = self.place.fit
        return f"/turns/{self.turn.key}?words={fit.start}-{fit.end}&v={self.turn.version}"

    @property
    def quoted_by(self) -> str | None:
        """Who quoted them, where what we hold is a report."""
        return (self.turn.record.source_name or "") if self.turn.kind == TurnKind.RECAP_QUOTE else None

    @cached_property
    def around(self) -> tuple[str, str]:
        """A few words before and after."""
        fit, text = self.place.fit, self.turn.text
        before, after = text[: fit.start].split(), text[fit.end :]
        lead = after[: len(after) - len(after.lstrip(".,;:!?…”’\"')]»"))]
        rest = after[len(lead) :].split()
        return (
            ("… " if len(before) > AROUND else "") + " ".join(before[-AROUND:]),
            " ".join(rest[:AROUND]) + (" …" if len(rest) > AROUND else ""),
        )


AROUND = 12
"""Words shown before and after a passage."""


@dataclass(frozen=True, eq=False)
class Checked:
    """The verdict on one quotation, with everything a reader needs to check it. `text` is what was pasted.

    `told` and `heard` say what is on file where the words are not: reports in our words, and where the person was heard.
    """

    text: str
    claim: Claim | None
    verdict: Verdict
    found: tuple[Found, ...] = ()
    rivals: tuple[Found, ...] = ()
    told: tuple[Told, ...] = ()
    heard: tuple[Voiced, ...] = ()
    cut: bool = False

    @property
    def negated(self) -> bool:
        """Whether a negation was put in or left out."""
        return any(one.place.fit.negated for one in self.found)

    @property
    def beside(self) -> bool:
        """Whether a negation stands in the same sentence as the words, which as they are quoted have none of it."""
        return self.verdict in (Verdict.VERBATIM, Verdict.OMISSION) and any(one.place.fit.beside for one in self.found)


@dataclass(frozen=True)
class Checks:
    """What became of everything that was pasted, and how complete what we hold is."""

    checked: tuple[Checked, ...]
    complete: Complete


def check(session: Session, pasted: Sequence[Spotted | Pasted]) -> Checks:
    """Check quotations. As many statements however many there are."""
    desk = _Desk(session, _places(session), [one for text in pasted for one in _all(text)])
    checked = [judged for text in pasted for judged in desk.judged(text)]
    return Checks(tuple(desk.with_files(checked)), quotable.complete(session))


def _all(pasted: Spotted | Pasted) -> tuple[Pasted, ...]:
    if isinstance(pasted, Pasted):
        return (pasted,)
    return (*([pasted.whole] if pasted.whole else []), *pasted.inside)


class _Desk:
    """Everything asked of the database for some quotations, at once."""

    def __init__(self, session: Session, places: Places, pasted: Iterable[Pasted]) -> None:
        self.session = session
        self.places = places
        self.read = {one: quotation.read(one.text) for one in pasted}
        self.candidates = {
            one: places.find([piece.same for piece in read.pieces]) if read.pieces else []
            for one, read in self.read.items()
        }
        self.turns: dict[int, TurnView] = {}
        self.passages: dict[int, Passage] = {}
        self._fetch({id for ids in self.candidates.values() for id in ids})
        self.claims = _claims(session, {one.claimed for one in self.read if one.claimed})
        self.verdicts = {one: self._whole(one) for one in self.read}
        missing = [one for one, verdict in self.verdicts.items() if verdict is None]
        self.runs = {one: self._runs(self.read[one]) for one in missing}
        self._fetch({id for runs in self.runs.values() for _, _, ids in runs for id in ids} - self.turns.keys())

    def judged(self, pasted: Spotted | Pasted) -> list[Checked]:
        """The quotations of one text: itself, where it stands in the record, or those in it."""
        if isinstance(pasted, Pasted):
            return [self._checked(pasted)]
        whole, verdict = pasted.whole, self.verdicts[pasted.whole] if pasted.whole else None
        exact = verdict is not None and not any(place.fit.edits for place in verdict.places)
        if whole and (exact or not pasted.inside or (verdict and not pasted.mostly)):
            return [self._checked(whole)]
        return [self._checked(one) for one in pasted.inside]

    def with_files(self, checked: Sequence[Checked]) -> list[Checked]:
        """Where no words are held: what else is on file of the person, or about these words."""
        absent = [one for one in checked if one.verdict is Verdict.NOT_HELD]
        if not absent:
            return list(checked)
        every = reports.every(self.session)
        tells = {one: told.about(self.read_of(one), _of(every, one.claim)) for one in absent}
        people = {slug for one in absent if one.claim for slug in one.claim.people}
        forums = {report.forum for found in tells.values() for report in found}
        heard = quotable.voiced(self.session, people, forums)
        return [_filed(one, tells[one], heard) if one in tells else one for one in checked]

    def read_of(self, checked: Checked) -> Quotation:
        """The quotation of a verdict, read."""
        return self.read[Pasted(checked.text, checked.claim.name if checked.claim else None)]

    def _fetch(self, ids: Collection[int]) -> None:
        self.turns |= turns.by_ids(self.session, ids)

    def _held(self, one: Pasted, ids: Iterable[int]) -> list[Held]:
        claim = self.claims.get(one.claimed or "")
        return [self._holding(self.turns[id], claim) for id in ids if id in self.turns]

    def _holding(self, turn: TurnView, claim: Claim | None) -> Held:
        passage = self.passages.get(turn.id)
        if passage is None:
            passage = self.passages[turn.id] = Passage(turn.text)
        rank = (TRUST.index(Grade(turn.grade)), turn.forum.held_on.toordinal(), turn.id)
        claimed = claim.is_of(turn) if claim else None
        return Held(turn.id, passage, turn.kind, turn.forum.id, claimed, turn.record.is_published, rank)

    def _whole(self, one: Pasted) -> Judgement | None:
        return judging.judge(self.read[one], self._held(one, self.candidates[one]), self.places.rarity)

    def _runs(self, read: Quotation) -> list[tuple[int, int, list[int]]]:
        return list(self.places.runs([word.same for word in read.words], judging.RUN))

    def _checked(self, one: Pasted) -> Checked:
        verdict = self.verdicts[one]
        if verdict is None and self.runs[one]:
            parts = [(start, end, self._held(one, ids)) for start, end, ids in self.runs[one]]
            verdict = judging.stitched(self.read[one], parts)
        claim, cut = self.claims.get(one.claimed or ""), self.read[one].cut
        if verdict is None:
            return Checked(one.text, claim, Verdict.NOT_HELD, cut=cut)
        found, rivals = (
            tuple(self._found(place, verdict) for place in group) for group in (verdict.places, verdict.rivals)
        )
        return Checked(one.text, claim, verdict.verdict, found, rivals, cut=cut)

    def _found(self, place: Place, verdict: Judgement) -> Found:
        turn = self.turns[place.held.id]
        return Found(turn, place, tuple(_difference(place, verdict.quotation.text, turn.text)))


def _difference(place: Place, quoted: str, held: str) -> Iterable[tuple[str, str, str]]:
    """The changes in words, each with what follows it up to the next."""
    changes = place.fit.changes
    for n, change in enumerate(changes):
        following = changes[n + 1] if n + 1 < len(changes) else None
        ours = quoted[change.quoted[0] : following.quoted[0] if following else change.quoted[1]]
        theirs = held[change.held[0] : following.held[0] if following else change.held[1]]
        yield (
            change.operation,
            " ".join(ours.replace(quotation.BREAK, " ").split()) if change.quoted[0] < change.quoted[1] else "",
            " ".join(theirs.split()) if change.held[0] < change.held[1] else "",
        )


def _of(every: Iterable[Told], claim: Claim | None) -> list[Told]:
    """The reports of the person claimed; all where nobody, or nobody known, is."""
    people = claim.people if claim else {}
    return [report for report in every if not people or report.slug in people]


def _filed(checked: Checked, told_of_it: tuple[Told, ...], heard: dict[str, tuple[Voiced, ...]]) -> Checked:
    """Only a paraphrase or recap on file: a report may tell of these words, or reports are all that is held of the person."""
    people = checked.claim.people if checked.claim else {}
    forums = {one.forum: one for slug in people for one in heard.get(slug, ())}
    about = tuple(one for one in heard.get("", ()) if one.forum in {report.forum for report in told_of_it})
    scripts = any(one.grade not in (None, Grade.RECAP) for one in (about or forums.values()))
    reported = any(one.grade == Grade.RECAP or one.articles for one in forums.values())
    if scripts or not (told_of_it or reported):
        return replace(checked, heard=tuple(forums.values()))
    return replace(checked, verdict=Verdict.RECAP, told=told_of_it, heard=about or tuple(forums.values()))


def _claims(session: Session, claimed: Collection[str]) -> dict[str, Claim]:
    """Whom names mean, among everybody known. Two statements, none where nobody is named."""
    if not claimed:
        return {}
    everybody = names.of_people(session)
    found = {}
    for name in claimed:
        one = identify(name)
        people = {
            person.slug: person.name
            for person in everybody
            if name == person.slug
            or fold(name) in map(fold, (person.name, *person.aliases))
            or (one.nobody is None and any(_goes_by(one, identify(known)) for known in (person.name, *person.aliases)))
        }
        found[name] = Claim(name, one, people)
    return found


def _goes_by(one: Identity, other: Identity) -> bool:
    return other.nobody is None and (agree(one, other) or (not one.given and same_first_name(one, other)))


@dataclass(frozen=True)
class _Remembered:
    stamp: Stamp
    places: Places


_REMEMBERED: dict[str, _Remembered] = {}
_ONE_AT_A_TIME = Lock()


def _places(session: Session) -> Places:
    """The index of words of this site, brought up to date. One statement while nothing was changed."""
    site = str(session.get_bind().engine.url)
    with _ONE_AT_A_TIME:
        now, held = quotable.stamp(session), _REMEMBERED.get(site)
        if held and held.stamp == now:
            return held.places
        follows = held is not None and held.stamp.rest == now.rest and now.turns >= held.stamp.turns
        if held and follows and quotable.added(session, held.stamp) == now.turns - held.stamp.turns:
            places, since = held.places, held.stamp
        else:
            places, since = Places(), None
        for id, text in quotable.texts(session, since):
            places.put(id, spelt(text))
        _REMEMBERED[site] = _Remembered(now, places)
        return places
