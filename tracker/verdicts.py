"""What the check of a quotation says to a reader: the verdict in a few words, and the sentences under it. Page and command say the same.

Never that something is false: what we hold says it, or does not.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from tracker.checking import Checked, Checks
from transcripts.checking.judging import Verdict
from transcripts.checking.quotation import LONGEST
from transcripts.queries.quotable import Complete, Voiced
from transcripts.vocabulary import Grade

Translate = Callable[[str], str]

VERDICT_WORDS = {
    Verdict.VERBATIM: "Verbatim",
    Verdict.OMISSION: "Verbatim with marked omission",
    Verdict.CHANGED: "Changed words",
    Verdict.SOMEONE_ELSE: "Words of someone else",
    Verdict.STITCHED: "Stitched from several passages",
    Verdict.RECAP: "Only a paraphrase or recap on file",
    Verdict.NOT_HELD: "Not in what we hold",
}
MEANING = {
    Verdict.VERBATIM: "These words stand in what we hold, one after the other.",
    Verdict.OMISSION: "These words stand in what we hold; what was left out between them is marked.",
    Verdict.CHANGED: "The nearest words in what we hold differ from these; what differs is marked.",
    Verdict.SOMEONE_ELSE: "In what we hold these are the words of {speaker}, not of {claimed}.",
    Verdict.STITCHED: "The parts of it stand in different places, and nothing marks that they were put together.",
    Verdict.RECAP: "We hold no transcript with these words. What is on file tells of it in other words, or quotes only parts.",
    Verdict.NOT_HELD: "We hold no words like these. That says nothing about what was said elsewhere.",
}
TOLD_THERE = "These words stand in what we hold, but as somebody telling of it, not as anybody's own words."
QUOTED_BY = "As quoted by {source}: what a news report quotes was chosen by its author."
A_SOURCE = "a news report"
NEGATED = "A “not” or another negation was put in or left out: that turns the meaning round."
DIFFERS = "The words differ as well."
BESIDE = "There is a “not” or another negation in the same sentence, outside these words: read all of it."
NO_VOICE = "Nobody has said yet whose voice this is, so we cannot say whether it is {claimed}."
NO_PERSON = "“{claimed}” names nobody we could compare."
AN_UNKNOWN_VOICE = "a voice not identified"
CUT = "Only its first {n} words were compared."
HELD = "What we hold, from {first} to {last}: events with a transcript {transcripts}, with a report {reports}, without words {silent}."
HELD_NOTHING = "What we hold: no transcript and no news report yet."
ONE_REPORT = "one news report, no transcript"
REPORTS = "{n} news reports, no transcript"
NO_WORDS = "no words on file"
TRANSCRIPT = "a transcript"
VIDEO = "; a video exists"


def verdict_words(verdict: str, translate: Translate) -> str:
    """A verdict as readers see it."""
    return translate(VERDICT_WORDS[Verdict(verdict)])


def sentences(checked: Checked, translate: Translate) -> Iterator[str]:
    """What a verdict means, and what has to be known beside it."""
    one = checked.found[0] if checked.found else None
    claimed = checked.claim.name if checked.claim else ""
    if checked.verdict is Verdict.RECAP and one:
        yield translate(TOLD_THERE)
    else:
        speaker = (one.turn.speaker_name or one.turn.label if one else None) or translate(AN_UNKNOWN_VOICE)
        yield translate(MEANING[checked.verdict]).format(speaker=speaker, claimed=claimed)
    if checked.verdict is Verdict.SOMEONE_ELSE and one and one.place.fit.edits:
        yield translate(DIFFERS)
    if checked.negated:
        yield translate(NEGATED)
    if checked.beside:
        yield translate(BESIDE)
    if one and one.quoted_by is not None:
        yield translate(QUOTED_BY).format(source=one.quoted_by or translate(A_SOURCE))
    if checked.claim and checked.claim.nobody:
        yield translate(NO_PERSON).format(claimed=claimed)
    elif checked.claim and one and one.place.held.claimed is None:
        yield translate(NO_VOICE).format(claimed=claimed)
    if checked.cut:
        yield translate(CUT).format(n=LONGEST)


def held(complete: Complete, translate: Translate) -> str:
    """How complete what we hold is."""
    if complete.first is None:
        return translate(HELD_NOTHING)
    return translate(HELD).format(
        transcripts=complete.transcripts,
        reports=complete.reports,
        first=complete.first,
        last=complete.last,
        silent=complete.silent,
    )


def on_file(forum: Voiced, translate: Translate) -> str:
    """What there is of one event: one news report, no transcript; a video exists."""
    if forum.grade not in (None, Grade.RECAP):
        said = translate(TRANSCRIPT)
    elif forum.articles > 1:
        said = translate(REPORTS).format(n=forum.articles)
    else:
        said = translate(ONE_REPORT if forum.articles or forum.grade else NO_WORDS)
    return said + (translate(VIDEO) if forum.videos else "")


def counted(checks: Checks) -> list[tuple[Verdict, int]]:
    """How often each verdict was given, in their order."""
    counts = Counter(one.verdict for one in checks.checked)
    return [(verdict, counts[verdict]) for verdict in Verdict if counts[verdict]]
