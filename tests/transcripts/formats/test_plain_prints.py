"""The gold turns of every shared transcript, printed again in the ways people print transcripts, and read back.

So the rules are measured on a dozen publishers and not only on those whose files are plain text.
"""

import re
import textwrap
from collections.abc import Callable
from difflib import SequenceMatcher

import pytest

from tests.corpora import corpus
from tests.gold.turns import GoldTurn, gold_turns
from transcripts.formats import plain

pytestmark = pytest.mark.corpora

MOST = 150
"""Turns taken from each file: enough for every kind of label, few enough to be quick."""


def _wrapped(label: str, text: str) -> str:
    return textwrap.fill(f"{label}: {text}", 72, break_on_hyphens=False)


def _paragraphs(label: str, text: str) -> str:
    sentences = re.split(r"(?<=[.?!]) ", text)
    return f"{label}: " + "\n\n".join(" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


Print = Callable[[str, str], str]
PRINTS: dict[str, tuple[Print, str]] = {
    "a paragraph a turn": (lambda label, text: f"{label}: {text}", "\n\n"),
    "a line a turn": (lambda label, text: f"{label}: {text}", "\n"),
    "name alone": (lambda label, text: f"{label}\n{text}", "\n\n"),
    "name alone with a colon": (lambda label, text: f"{label}:\n{text}", "\n\n"),
    "name a paragraph of its own": (lambda label, text: f"{label}\n\n{text}", "\n\n"),
    "bold": (lambda label, text: f"**{label}:** {text}", "\n\n"),
    "a dash": (lambda label, text: f"{label.upper()} — {text}", "\n\n"),
    "a full stop and a dash": (lambda label, text: f"{label.upper()}.- {text}", "\n\n"),
    "a tab": (lambda label, text: f"{label}\t{text}", "\n"),
    "broken lines": (_wrapped, "\n\n"),
    "broken lines without a gap": (_wrapped, "\n"),
    "chevrons": (lambda label, text: f">> {label.upper()}: {text}", "\n"),
    "many paragraphs": (_paragraphs, "\n\n"),
    "a time": (lambda label, text: f"{label}: (00:41)\n{text}", "\n\n"),
}
UPPER = {"a dash", "a full stop and a dash", "chevrons"}
WITHOUT = {"a16", "a09"}
"""a16 labels by number, a09 by initials in lower case: no text prints names so."""


def paths() -> list[str]:
    names = sorted(path.name.removesuffix(".jsonl") for path in corpus("gold/turns").iterdir())
    return [name for name in names if name[:3] not in WITHOUT]


def printable(turn: GoldTurn) -> bool:
    """Not the labels that say nothing: those are read as no label."""
    return (
        bool(turn.label and turn.text) and turn.label.strip("()").lower() != "unknown" and not turn.label.endswith(":")
    )


@pytest.mark.parametrize("style", PRINTS)
def test_labels_come_back(style: str) -> None:
    printed, joint = PRINTS[style]
    expected = found = wrong = 0
    for path in paths():
        gold = [turn for turn in gold_turns(path.replace("__", "/", 1)) if printable(turn)][:MOST]
        record = plain.read(joint.join(printed(turn.label, turn.text) for turn in gold))
        wanted = [turn.label.upper() if style in UPPER else turn.label for turn in gold]
        read = [turn.label for turn in record.turns]
        same = sum(block.size for block in SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks())
        expected += len(wanted)
        found += same
        wrong += len([label for label in read if label is not None]) - same
    print(f"{style}: {found} of {expected} turns ({found / expected:.3%}), {wrong} labels too many")
    assert found / expected > 0.995
    assert wrong <= expected * 0.001
