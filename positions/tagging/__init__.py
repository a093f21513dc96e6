"""Topics suggested for the turns of a forum, by what is said, by what was asked, and by what is being talked about.

Rules, not a model of language: listed phrases (`data/topic_words.yaml`) are found and weighed, and the context tips the
scale. Pure: turns and exchanges come in, suggestions with a reason an editor can read go out. Nothing is stored here.
"""

from positions.tagging.scenes import ExchangeLike, TurnLike
from positions.tagging.suggesting import Suggestion, suggest

__all__ = ["ExchangeLike", "Suggestion", "TurnLike", "suggest"]
