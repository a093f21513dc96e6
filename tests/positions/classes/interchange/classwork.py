"""Invented assignments and marks as plain values: letters of many code points, both directions, marks inside one another."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from positions.classes.interchange.holding import Holding
from positions.classes.sheet import MarkView, Passage, Sheet, Tag, Work
from positions.classes.visibility import Policy, Rule, Scope, State
from transcripts.bilingual import Bilingual

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
FAMILY, WAVING = "👩‍👩‍👧‍👦", "🇵🇷"
TEXTS = (
    "Will you keep the ferry? <b>Yes or no</b> & why?",
    f"Every family {FAMILY} pays. Cafe\u0301 owners {WAVING} too; we will build 200 homes.\nThat is a promise.",
    "אני אומר: לא נסגור את הספרייה. And in English: no.",
    "=1+1 is what my opponent counts. We will build 200 homes.",
)
TAGS = (
    Tag(
        11, "answered", Bilingual("Answered", "Respondió"), Bilingual("Says yes or no."), "a plain yes", "a long story"
    ),
    Tag(12, "partly", Bilingual("Answered in part"), Bilingual(""), parent="answered"),
    Tag(13, "housing", Bilingual("Housing & <rents>", "Vivienda"), Bilingual("Homes"), topic="housing"),
)
VOICES = ("Mo Clark", "Ana Reyes", "Bo Stone", None)


def passage(n: int, text: str, **more: Any) -> Passage:
    """The n-th passage, counted from 0, spoken by the n-th voice."""
    key, who = f"01J0000000000000000000000{n}", VOICES[n]
    given = Passage(n + 1, n + 101, key, n + 1, n, n == 0, text, "en", n if who else None, who, None, "?ABCD"[n])
    return replace(given, **more)


def sheet(**more: Any) -> Sheet:
    """An assignment of one question and three answers."""
    given = Sheet(
        id=1,
        key="assignment-key",
        title="Did they answer? <1>",
        instructions="",
        preset="own",
        unit="words",
        exclusive=False,
        rule=Rule(Policy.HIDDEN),
        names_hidden=False,
        comments=True,
        replies=True,
        raters=None,
        least=0,
        due_at=None,
        revealed_at=None,
        class_id=1,
        class_key="class-key",
        class_title="Period 3",
        lang="en",
        teacher=1,
        paused=False,
        forum="rose-street",
        forum_title=Bilingual("Evening on Rose Street"),
        passages=tuple(passage(n, text) for n, text in enumerate(TEXTS)),
        tags=TAGS,
    )
    return replace(given, **more)


def mark(n: int, words: str, tag: int | None, comment: str = "", who: str = "Heron 12", **more: Any) -> MarkView:
    """A mark on the first place of these words in the n-th passage."""
    start = TEXTS[n].index(words)
    made = MarkView(
        id=n * 100 + start,
        key=f"01K{n:03}{start:03}{who}{tag}",
        member=sum(map(ord, who)),
        who=who,
        passage=n + 1,
        tag=tag,
        start=start,
        end=start + len(words),
        comment=comment,
        purpose="commenting",
        scope=Scope.CLASS,
        state=State.SUBMITTED,
        hidden=False,
        version=1,
        at=NOON,
        changed_at=NOON,
    )
    return replace(made, **more)


MARKS = (
    mark(1, f"family {FAMILY} pays", 13),
    mark(1, FAMILY, 11, "Whose family? 😀", purpose="questioning"),
    mark(1, f"{WAVING} too; we will build 200 homes", 12, "<i>Half</i> & half\nof it"),
    mark(1, "we will build 200 homes", 13, who="Otter 7"),
    mark(2, "לא נסגור את הספרייה", 11, "בסדר גמור"),
    mark(3, "=1+1", None, "=SUM(A1)", who="Otter 7", purpose="assessing"),
    mark(3, TEXTS[3], 11, who="Otter 7"),
)


def work(who: str, **more: Any) -> Work:
    """A student's work that is handed in."""
    made = Work(sum(map(ord, who)), who, State.SUBMITTED, 1, NOON, NOON, None, "", True)
    return replace(made, **more)


def holding(marks: tuple[MarkView, ...] = MARKS, named: bool = True, **more: Any) -> Holding:
    """All of it, as it goes out to the teacher."""
    works = tuple(work(who) for who in ("Heron 12", "Otter 7"))
    return Holding(sheet(**more), marks, works, "https://example.org", NOON, named)
