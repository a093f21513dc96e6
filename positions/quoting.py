"""Equal space for everybody's words: how much of a quotation is shown before "more"."""

import re
from functools import lru_cache
from itertools import islice

LEAST, MOST = 15, 40
"""Words shown of a quotation: never fewer than LEAST (unless it ends earlier), never more than MOST."""
PASSAGES = 3
"""Passages of one candidate shown in one box; the others are counted ("n more")."""

_WORD = re.compile(r"\S+\s*")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_SENTENCE = re.compile(r"[^.!?]+[.!?…]*[\"”’)\]]*")
_TITLE = re.compile(r"^[A-Z]\w{0,2}\.$")


@lru_cache(maxsize=8192)
def split_quote(text: str, least: int = LEAST, most: int = MOST) -> tuple[str, str]:
    """(shown, rest) with shown + rest == text; shown ends with a sentence where one ends between `least` and `most` words."""
    words = list(islice(_WORD.finditer(text), most + 1))
    if len(words) <= most:
        return text, ""
    whole = [word.end() for word in words[least - 1 : most] if _ends_sentence(word.group().rstrip())]
    cut = whole[-1] if whole else words[most - 1].end()
    return text[:cut], text[cut:]


def question_in(text: str, most: int = MOST) -> str:
    """The sentences of a long question that ask, from the last one back, at most `most` words; a short one whole."""
    if len(text.split()) <= most:
        return text
    asking = [sentence.strip() for sentence in _SENTENCE.findall(text) if "?" in sentence]
    kept: list[str] = []
    for sentence in reversed(asking):
        if kept and len(" ".join([sentence, *kept]).split()) > most:
            break
        kept.insert(0, sentence)
    return f"… {' '.join(kept)}" if kept else f"{' '.join(text.split()[:most])} …"


def _ends_sentence(word: str) -> bool:
    """Short words with a capital and a full stop (Mr., Dr., St.) are no ends."""
    return _END.search(word) is not None and _TITLE.match(word) is None
