"""Why a voice is or may be somebody, why a topic was suggested, what a file or the voice pass changed: sentences kept in
English, in the words of the page's language."""

import re
from collections.abc import Iterator, Sequence

from positions.load_record import WHY as NAMED_IN_FILE
from positions.tag_decisions import PUT_HERE
from tracker.i18n import gettext
from tracker.imports.voicing import NOBODY as LEFT_OPEN
from tracker.imports.voicing import WHY as SAID_AT_IMPORT
from transcripts.appearances import HELD, NAMED_HERE
from transcripts.queries.imports import IMPORTED
from transcripts.queries.unmatched import ELSEWHERE
from transcripts.revising import SAID_BY_FILE
from transcripts.voices import ALIKE_NAMES, FAINTLY, FITS, RELATED, SAME
from transcripts.voicing import ADDED, ANOTHER, LISTENED, TAKEN_BACK

NOBODY = "An editor looked and does not know who this is."
SEVERAL = "An editor says that several people stand behind this name."
CHOSEN = "An editor says so."
"""What stands beside a change for which an editor typed no reason."""
TIMES_FROM = "Times taken from %(name)s"
"""What stands beside times that were taken from a file of captions."""

VOICES = (
    NOBODY,
    SEVERAL,
    CHOSEN,
    SAME,
    FITS,
    ALIKE_NAMES,
    RELATED,
    FAINTLY,
    ELSEWHERE,
    HELD,
    NAMED_HERE,
    NAMED_IN_FILE,
    ADDED,
    SAID_AT_IMPORT,
    LEFT_OPEN,
    "Known by this name",
    "The only %(name)s we know here",
    "Several people we know may be “%(name)s”.",
    "No one we know here goes by this name.",
    "“%(name)s” may be %(others)s.",
    "The transcript itself marks “%(name)s” as uncertain.",
    "Two people here are called %(name)s: %(one)s and %(other)s.",
    "“%(name)s” says what this voice is, not who.",
    "“%(name)s” stands for several people.",
)
"""What the record says of voices (`transcripts.voices`, `identity`, `queries.unmatched`) and this desk adds."""

CHANGES = (SAID_BY_FILE, IMPORTED, LISTENED, ANOTHER, TAKEN_BACK, TIMES_FROM)
"""What stands beside a change that a file, the voice pass or captions made (`transcripts.revising`, `voicing`)."""

TOPICS = ("said %(phrases)s", "answers a question about %(topic)s", "goes on about %(topic)s", PUT_HERE)
"""What the rules say of a topic (`positions.tagging`): each goes on from “suggested because the turn …”."""

_PLACE = re.compile(r"%\\?\((\w+)\\?\)s")


def voice_reason(sentence: str) -> str:
    """A sentence about a voice in the page's language; what a person typed stays as it is."""
    return next(_in_words(sentence, VOICES), sentence)


def change_reason(sentence: str) -> str:
    """Why words were changed, or by what, in the page's language; what a person typed and who they are stays as it is."""
    return next(_in_words(sentence, CHANGES), sentence)


def topic_reason(reason: str, topic: str) -> str:
    """Why a topic was suggested, in the page's language; `topic` is its name in that language."""
    return next(_in_words(reason, TOPICS, topic=topic[:1].lower() + topic[1:]), reason)


def _in_words(sentence: str, templates: Sequence[str], **said: str) -> Iterator[str]:
    for template in templates:
        found = re.fullmatch(_PLACE.sub(r"(?P<\1>.+)", re.escape(template)), sentence, re.DOTALL)
        if found is not None:
            yield gettext(template) % {**found.groupdict(), **said}
