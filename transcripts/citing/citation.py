"""Pure: everything a citation says, and the sentences that several forms share.

A quotation mark stands only round words of the record; nothing inside it is changed, shortened or given other punctuation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from transcripts.exchanges import sentences

Say = Callable[[str], str]
"""An English text of ours → the same in the language of the citation."""

NOBODY = "Voice not identified"
A_VOICE = "a voice not identified"
ASKED_BY = "asked by %(name)s"
QUOTED_BY = "as quoted by %(source)s"
LISTEN = "Automatic captions: listen before quoting."
ALL_ANSWERS = "See all %(n)s answers: %(url)s"
ONE_ANSWER = "See the question and its one answer: %(url)s"
CONVERSATION = "See the whole conversation: %(url)s"
ACCESSED = "Accessed %(day)s."
RECORDING_AT = "Recording at %(time)s: %(url)s"
RECORDING_FIND = "Recording: %(url)s, about %(time)s; just before it, search for these words: %(words)s"
RECORDING_WORDS = "Recording: %(url)s; just before it, search for these words: %(words)s"
RECORDING_ABOUT = "Recording: %(url)s, about %(time)s"
FIND = "Just before it in the recording, search for these words: %(words)s"
QUOTATION = "“%(words)s”"

LONG_QUESTION = 400
"""Code points of a question that a citation repeats whole; of a longer one its last sentences, the omission marked."""
OMITTED = "[…] "


@dataclass(frozen=True)
class Asked:
    """The question words answer, and who asked it; `by` is None for a voice not identified. `role` is in words."""

    words: str
    by: str | None
    role: str | None


@dataclass(frozen=True)
class Citation:
    """Words somebody said and all that is needed to check them. Texts of ours are in `lang`, `words` in `words_lang`.

    `register` is the speaker's name as a register sorts it (Berg, Ida): None for a voice that is no known person, whose name is
    never turned round. `passage` is the place of the words in their turn (12-45), empty for all of it. `clock` is the media
    time (12:04), `video` the recording, at that second where it takes one (`at_second`); `before` are the words just before.
    `grade` and `role` are in words; `notes` are sentences that must travel with the words (captions, corrections, an invented
    forum). `answers` counts voices.
    """

    key: str
    version: int
    passage: str
    words: str
    words_lang: str
    speaker: str | None
    register: str | None
    role: str | None
    question: Asked | None
    forum: str
    kind: str
    place: str | None
    held_on: date
    clock: str | None
    video: str | None
    at_second: bool
    before: str
    grade: str
    quoted_by: str | None
    notes: tuple[str, ...]
    permalink: str
    answers: int
    answers_url: str
    site: str
    publisher: str
    accessed: date
    lang: str


def question_words(text: str) -> str:
    """A question as a citation repeats it: whole, or its last sentences behind a marked omission."""
    text = " ".join(text.split())
    if len(text) <= LONG_QUESTION:
        return text
    kept = ""
    for sentence in reversed(sentences.sentences(text)):
        longer = f"{sentence} {kept}".strip()
        if kept and len(longer) > LONG_QUESTION:
            break
        kept = longer
    return OMITTED + kept if kept != text else text


def one_line(text: str) -> str:
    """Words of several paragraphs on one line."""
    return " ".join(text.split())


def quoted(words: str, say: Say) -> str:
    """Words on one line between the quotation marks of the language."""
    return say(QUOTATION) % {"words": one_line(words)}


def uncapital(words: str) -> str:
    """Words of a list as they stand inside a sentence: Candidate → candidate."""
    return words[:1].lower() + words[1:]


def named(name: str | None, role: str | None, say: Say) -> str:
    """Who speaks, and as what: Ida Berg (candidate)."""
    if name is None:
        return say(NOBODY)
    return f"{name} ({uncapital(role)})" if role else name


def who(cited: Citation, say: Say, *, registered: bool = False) -> str:
    """The speaker with the role at this forum, and the report that quotes them where that is what we hold.

    `registered`: by the name as a register sorts it, where the speaker is a known person.
    """
    told = named(cited.register if registered and cited.register else cited.speaker, cited.role, say)
    return f"{told}, {say(QUOTED_BY) % {'source': cited.quoted_by}}" if cited.quoted_by else told


def asker(asked: Asked, say: Say) -> str:
    """asked by Mara Quill (moderator)"""
    return say(ASKED_BY) % {"name": questioner(asked, say)}


def questioner(asked: Asked, say: Say) -> str:
    """Who asked, inside a sentence."""
    return named(asked.by, asked.role, say) if asked.by else say(A_VOICE)


def trust(cited: Citation) -> str:
    """How far the words can be trusted, and every sentence that must travel with them."""
    return " ".join((sentence(cited.grade), *cited.notes))


def sentence(words: str) -> str:
    """Words with a full stop, unless they end a sentence already."""
    return words if words.endswith((".", "!", "?", "…", ".”", ".»", "?”", "?»")) else f"{words}."


def more(cited: Citation, say: Say) -> str:
    """Where the other answers, or the rest of the conversation, stand."""
    told = CONVERSATION if cited.question is None else ALL_ANSWERS if cited.answers > 1 else ONE_ANSWER
    return say(told) % {"n": cited.answers, "url": cited.answers_url}


def recording(cited: Citation, say: Say) -> str:
    """How to hear it: a link at the second, or the time and the words just before; empty where there is neither."""
    said = {"url": cited.video, "time": cited.clock, "words": quoted(cited.before, say) if cited.before else ""}
    if cited.video and cited.at_second:
        return say(RECORDING_AT) % said
    if cited.video and cited.before:
        return say(RECORDING_FIND if cited.clock else RECORDING_WORDS) % said
    if cited.video:
        return say(RECORDING_ABOUT) % said if cited.clock else ""
    return say(FIND) % said if cited.before and cited.clock else ""


def where(cited: Citation) -> str:
    """The forum and its place."""
    return f"{cited.forum}, {cited.place}" if cited.place else cited.forum
