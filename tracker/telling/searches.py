"""A search as it is followed: one row however it was typed into the address, its name in words, and what it matches."""

import hashlib
import re
from urllib.parse import unquote_plus, urlencode

from werkzeug.datastructures import MultiDict

from positions.cells import Translate
from tracker import following
from tracker.following import NothingAsked
from tracker.searched import CONTROLS, searched
from transcripts.citing import days
from transcripts.errors import Refusal
from transcripts.search.explaining import explain, say
from transcripts.search.matching import Matcher
from transcripts.search.names import Names
from transcripts.search.parsing import TooLong

LONGEST = 2_000
"""Characters of the parameters of a search that is followed."""
NOTHING = (
    "Say first what you want to be told about: search for it, or open the page of a person, a topic, a race or a forum."
)
NOTHING = "Say what to follow: a word, a speaker, a topic, a race or a forum."
TOO_MUCH = "This search is too long to be followed. Leave something out."
AN_ADDRESS = "A search that holds a web address cannot be followed by e-mail. Leave it out."
_ADDRESS = re.compile(r"://|www\.|@|[a-z0-9-]{2,}\.[a-z]{2,}", re.IGNORECASE)
"""What a mail program would make a link of: nobody sends links to others by following."""


def parameters(given: MultiDict[str, str]) -> str:
    """What an address searches for, the same for every way to write it. Raises Refusal for nothing, too much, or a web address."""
    try:
        one = searched(given, 1)
    except TooLong as error:
        raise Refusal(TOO_MUCH) from error
    if one.is_empty:
        raise NothingAsked(NOTHING)
    said = sorted((name, " ".join(value.split())) for name, value in one.parameters if name in CONTROLS)
    told = urlencode(list(dict.fromkeys(said)))
    if len(told) > LONGEST:
        raise Refusal(TOO_MUCH)
    if any(_ADDRESS.search(value) for _, value in said):
        raise Refusal(AN_ADDRESS)
    return told


def digest(parameters: str) -> str:
    """By what a search is known again."""
    return hashlib.sha256(parameters.encode()).hexdigest()


def words(parameters: str) -> str:
    """What was typed and chosen, to be looked through for words that were withheld."""
    return unquote_plus(parameters)


def name(names: Names, parameters: str, lang: str, translate: Translate) -> str:
    """A search in words: What Ida Berg said, with “rents” in any form. Raises Refusal for one that asks for nothing."""
    asked = following.wanted(following.saved(parameters), names)
    told = say(explain(asked, names, lang), translate, lambda day: days.full(day, lang))
    return told[:1].upper() + told[1:]


def matcher(names: Names, parameters: str) -> Matcher | None:
    """What tells whether a turn answers a search; None where it cannot be read any more and finds nothing."""
    try:
        return following.matcher(following.saved(parameters), names)
    except Refusal:
        return None
