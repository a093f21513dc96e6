"""What a feed and a page tell of a program's changes: each with its page, in words, the latest first."""

from collections.abc import Iterable

from positions.followthrough.commitments import VALUES
from positions.followthrough.queries.changes import SORT_WORDS, Change, Sort
from positions.followthrough.vocabulary.commitments import Axis, Occurrence
from positions.followthrough.vocabulary.fidelity import Fidelity
from positions.followthrough.vocabulary.requests import RequestOutcome
from tracker.citing import Voice
from tracker.deeds import in_words
from tracker.feeds import Entry
from tracker.i18n import gettext, long_date

TAKEN_BACK = "Taken back"


def entries(changes: Iterable[Change], program: str, by: Voice) -> tuple[Entry, ...]:
    """The changes of a program (its slug) as entries of a feed."""
    return tuple(_entry(change, program, by) for change in changes)


def path(change: Change, program: str) -> str:
    """The page, without its language, where a change of a program can be seen."""
    return {
        Sort.EVENT: f"/commitments/{change.slug}",
        Sort.OCCURRENCE: f"/commitments/{change.slug}",
        Sort.FINDING: f"/programs/{program}/design",
        Sort.REPLY: f"/programs/{program}/design",
        Sort.REQUEST: f"/requests/{change.slug}",
        Sort.FIGURES: f"/figures/{change.slug}",
        Sort.COPY: f"/documents/{change.slug}",
    }[change.sort]


def says(change: Change) -> str:
    """What was recorded, in the page's language: its code in words, or what sort of thing it is."""
    if change.taken_back:
        return gettext(TAKEN_BACK)
    if change.code is None:
        return gettext(SORT_WORDS[change.sort])
    if change.sort == Sort.EVENT:
        axis = Axis(str(change.axis))
        return f"{in_words(axis)}: {in_words(VALUES[axis](change.code))}"
    known = {Sort.OCCURRENCE: Occurrence, Sort.FINDING: Fidelity, Sort.REQUEST: RequestOutcome}
    return in_words(known[change.sort](change.code))


def _entry(change: Change, program: str, by: Voice) -> Entry:
    said = says(change)
    day = long_date(change.on) if change.on else ""
    text = change.text.within(by.lang) if change.text else ""
    return Entry(
        id=f"{by.site_url}{path(change, program)}/{change.key}",
        title=f"{change.name.within(by.lang)} · {said}",
        author=change.by,
        link=by.address(path(change, program)),
        published=change.at,
        updated=change.at,
        said=tuple(line for line in (f"{gettext(SORT_WORDS[change.sort])}. {said}", day, text) if line),
    )
