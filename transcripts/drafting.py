"""What storing some files would do to a forum, worked out before anything is written: shown as the preview, then carried out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from slugify import slugify
from sqlmodel import Session

from transcripts import appearances, minors, reimport
from transcripts.appearances import Cast, Guest, Occasion
from transcripts.errors import Conflict
from transcripts.formats import article, questionnaire
from transcripts.formats.parsed import ParsedRecord, ParsedTurn, Problem
from transcripts.masking import Sealed, mask_sealed, spot_sealed
from transcripts.messages import Message
from transcripts.models import Forum
from transcripts.queries import imports, withheld
from transcripts.queries.imports import HeldTurn, Standing
from transcripts.received import Received, in_order, joined, masked, may_hold
from transcripts.reimport import Kept, Plan, Said
from transcripts.roster_line import RosterLine
from transcripts.text import fingerprint
from transcripts.vocabulary import Grade, Right, Role, Severity, TurnKind

SAME_SOURCE = 0.5
"""Holding less than this share of its turns, a file is no correction of a record: it is another record, or a mistake."""
CLAIMED = (Grade.EDITED, Grade.REVIEWED)
"""Grades no file can give itself: they say what the editors of this site have done."""
LOOKED_UP = 300
"""How many turns of a file are looked for among those held: a sample that one statement can take."""
LONG_ENOUGH = 60
"""Code points a turn must have for its repetition to mean anything."""


@dataclass(frozen=True)
class Choices:
    """What the editor says about the files. None means: as the file, or the record it replaces, has it.

    `people` are slugs of people known for another reason (they stand in a race of this forum), with the role that gives.
    `videos` are addresses of the recording, one for each part. `day` is the local day of a forum yet to be made. `reparse`
    reads the same bytes again; `replace` lets a file take the place of a record with which it shares little; `beside` makes a
    transcript a record of its own, not shown, beside the one that stands. `by` is the account that imports; `guarded` are
    ids of turns whose voice only two editors change, because positions rest on them.
    """

    grade: Grade | None = None
    right: Right | None = None
    source_key: str | None = None
    source_title: str | None = None
    publisher: str | None = None
    videos: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    people: tuple[tuple[str, Role], ...] = ()
    roster: tuple[RosterLine, ...] = ()
    day: date | None = None
    reparse: bool = False
    replace: bool = False
    beside: bool = False
    by: str = ""
    guarded: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Draft:
    """The files against what is held. `standing` is the record they replace, None for a record of their own.

    `plan` speaks of `held` (the turns an earlier file held) and of `entries` (the turns of these files) by index; `made_here`
    are turns editors made by dividing one; `unkept` are digests of files whose bytes may hold withheld words; `elsewhere` are
    slugs of other forums that hold these words.
    """

    files: tuple[Received, ...]
    record: ParsedRecord
    entries: tuple[ParsedTurn, ...]
    guests: tuple[Guest, ...]
    cast: tuple[Cast, ...]
    published: bool
    same_as: int | None
    standing: Standing | None
    held: tuple[HeldTurn, ...] = ()
    made_here: tuple[HeldTurn, ...] = ()
    plan: Plan | None = None
    repeats: tuple[Message, ...] = ()
    elsewhere: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    unkept: frozenset[str] = frozenset()

    @property
    def is_report(self) -> bool:
        """Whether this is a news article: a record beside the transcript."""
        return self.record.format == article.NAME

    @property
    def is_written(self) -> bool:
        """Whether this is a written questionnaire: its questions and answers are told by the file itself."""
        return self.record.format == questionnaire.NAME

    def words_after(self) -> tuple[dict[int, str | None], list[tuple[int | None, str]]]:
        """What the turns held would say after this import, by id (None: nothing), and the whole transcript in order."""
        after: dict[int, str | None] = {turn.id: None for turn in self.held}
        owner: dict[int, int] = {}
        for kept in self.plan.kept if self.plan else ():
            turn, found = self.held[kept.held], self.entries[kept.found]
            if turn.status == "current" or turn.vanished:
                after[turn.id] = turn.text if turn.edited else found.text
                owner[kept.found] = turn.id
        after |= {turn.id: turn.text for turn in self.made_here if turn.status == "current"}
        texts: list[tuple[int | None, str]] = [
            (owner.get(n), (after.get(owner.get(n, 0)) or entry.text)) for n, entry in enumerate(self.entries)
        ]
        return after, texts

    @property
    def stranger(self) -> tuple[int, int] | None:
        """(turns it still holds, turns there are) of a record with which the file shares too little to replace it unasked."""
        if self.plan is None:
            return None
        living = sum(turn.status == "current" for turn in self.held)
        lost = sum(self.held[i].status == "current" for i in self.plan.withdrawn)
        return (living - lost, living) if lost > living * (1 - SAME_SOURCE) else None

    def refuse_strangers(self, choices: Choices) -> None:
        """Raises Conflict where the file shares too little with the record it would replace, unless the editor insists."""
        if self.stranger is not None and not choices.replace:
            kept, living = self.stranger
            raise Conflict(
                "This file holds only {kept} of the {living} turns of the record it would replace. If it is another part of"
                " the recording, give all parts together; if it really takes its place, say so (--replace).",
                kept=kept,
                living=living,
            )


def draft(session: Session, files: Sequence[Received], forum: Forum | None, choices: Choices) -> Draft:
    """Work out what these files would do to `forum`; None stands for a forum that is yet to be made. Writes nothing."""
    forum_id = forum.id if forum else None
    known = withheld.known(session, forum_id)
    read = joined(files)
    record = masked(read, known)
    files = [replace(file, filename=mask_sealed(file.filename, known)) for file in files]
    entries = in_order(record)
    records = imports.standing(session, forum_id)
    replaced = _replaced(session, records, files, record, entries, choices)
    everything = imports.held(session, replaced.id) if replaced else []
    keys = {turn.key for turn in entries if turn.key}
    held = tuple(turn for turn in everything if turn.in_file or turn.key in keys)
    plan = reimport.plan(_said_before(held), _said_now(entries)) if replaced else None
    labels = [turn.label for turn in entries if turn.label]
    occasion = Occasion(forum_id, forum.held_on if forum else choices.day)
    guests = appearances.guests(session, occasion, choices.people, choices.roster)
    cast = appearances.cast(session, forum_id, labels, guests, choices.moderators)
    aside = choices.beside or record.format == article.NAME
    repeats, elsewhere = _repeats(session, forum_id, files, entries)
    return Draft(
        files=tuple(files),
        record=record,
        entries=tuple(entries),
        guests=tuple(guests),
        cast=tuple(cast),
        published=replaced.is_published if replaced else not aside or not any(one.is_published for one in records),
        same_as=None if choices.reparse else _same(records, files),
        standing=replaced,
        held=held,
        made_here=tuple(turn for turn in everything if not turn.in_file and turn.key not in keys),
        plan=plan,
        repeats=tuple(repeats),
        elsewhere=tuple(elsewhere),
        problems=(
            *_problems(record, entries, held, plan, cast, choices),
            *minors.warnings(entries),
            *_masked(read, record),
        ),
        unkept=frozenset(file.sha256 for file in files if known and may_hold(file.data, _spotter(known))),
    )


def _masked(read: ParsedRecord, record: ParsedRecord) -> list[Problem]:
    n = sum(one != other for one, other in zip(read.turns, record.turns, strict=True))
    return (
        [
            Problem(
                None,
                Severity.INFO,
                "{n} turns of this file hold words that were withheld before: they stay withheld.",
                {"n": n},
            )
        ]
        if n
        else []
    )


def _spotter(known: Sequence[Sealed]) -> Callable[[str], bool]:
    return lambda text: any(spot_sealed(text, sealed) for sealed in known)


def _replaced(
    session: Session,
    records: Sequence[Standing],
    files: Sequence[Received],
    record: ParsedRecord,
    entries: Sequence[ParsedTurn],
    choices: Choices,
) -> Standing | None:
    """The record these files are a new version of: the one that holds their keys; else the transcript, for a transcript;
    for an article, the same article."""
    keys = [turn.key for turn in entries if turn.key][:LOOKED_UP]
    ours = imports.holding(session, [one.id for one in records], keys) if keys else None
    if ours is not None:
        return next(one for one in records if one.id == ours)
    if record.format != article.NAME:
        if choices.beside:
            return None
        return next((one for one in records if not one.is_report), None)
    reports = [one for one in records if one.is_report]
    key = choices.source_key or (slugify(choices.source_title) if choices.source_title else None)
    if key:
        return next((one for one in reports if one.source_key == key), None)
    prints = [fingerprint(turn.label, turn.text) for turn in entries[:LOOKED_UP]]
    for one in reports:
        if one.filename == files[0].filename or imports.shared(session, one.id, prints) >= SAME_SOURCE * len(prints):
            return one
    return None


def _same(records: Sequence[Standing], files: Sequence[Received]) -> int | None:
    ours = tuple((file.sha256, file.record.format, file.parser_version) for file in files)
    return next((one.id for one in records if one.files == ours), None)


def _said_before(held: Sequence[HeldTurn]) -> list[Said]:
    return [Said(turn.file_label, turn.file_text or "", turn.source_ref, turn.file_times, turn.key) for turn in held]


def _said_now(entries: Sequence[ParsedTurn]) -> list[Said]:
    return [Said(turn.label, turn.text, turn.source_ref, (turn.start_ms, turn.end_ms), turn.key) for turn in entries]


def _repeats(
    session: Session, forum_id: int | None, files: Sequence[Received], entries: Sequence[ParsedTurn]
) -> tuple[list[Message], list[str]]:
    """Sentences for an editor: where these words are held already, and what the file says twice; and the slugs of those forums."""
    same = imports.files_elsewhere(session, forum_id, [file.sha256 for file in files])
    found = [Message("The very same file is held at {slug}.", {"slug": slug}) for slug in same]
    long = [turn for turn in entries if turn.kind == TurnKind.SPEECH and len(turn.text) >= LONG_ENOUGH]
    prints = Counter(fingerprint(turn.label, turn.text) for turn in long)
    sample = [print for print, _ in sorted(prints.items(), key=lambda pair: pair[0])[:LOOKED_UP]]
    alike = (
        [slug for slug, n in imports.elsewhere(session, forum_id, sample) if n >= SAME_SOURCE * len(sample)]
        if sample
        else []
    )
    found += [
        Message("Most of these words are held at {slug}: is this the same event?", {"slug": slug})
        for slug in alike
        if slug not in same
    ]
    twice = sum(n - 1 for n in prints.values())
    if twice > len(long) / 10:
        found.append(Message("{n} turns stand in the file twice: it may hold the whole event twice.", {"n": twice}))
    return found, list(dict.fromkeys((*same, *alike)))


def _problems(
    record: ParsedRecord,
    entries: Sequence[ParsedTurn],
    held: Sequence[HeldTurn],
    plan: Plan | None,
    cast: Sequence[Cast],
    choices: Choices,
) -> list[Problem]:
    """What the reader of the format found, and what only the import can see."""
    found = list(record.problems)
    moderated = [one for one in cast if one.role == Role.MODERATOR]
    if choices.moderators and not moderated:
        names = ", ".join(choices.moderators)
        found.append(
            Problem(
                None,
                Severity.WARNING,
                "No voice of this file goes by the moderator's name ({names}).",
                {"names": names},
            )
        )
    if record.grade in CLAIMED and choices.grade is None:
        found.append(
            Problem(
                None,
                Severity.WARNING,
                "The file says of itself “{grade}”. Only an editor of this site can say so: give the grade if it is true.",
                {"grade": record.grade},
            )
        )
    disputed = [kept for kept in plan.kept if _disputed(held[kept.held], entries[kept.found], kept)] if plan else []
    if disputed:
        found.append(
            Problem(
                None,
                Severity.WARNING,
                "{n} turns were corrected by editors and are worded anew in this file: the editors' words stand.",
                {"n": len(disputed)},
            )
        )
    return found


def _disputed(turn: HeldTurn, found: ParsedTurn, kept: Kept) -> bool:
    """Whether editors worded a turn and the file words it anew, in yet other words."""
    return turn.edited and kept.reworded and turn.text != found.text
