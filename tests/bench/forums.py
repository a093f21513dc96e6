"""Forums made up from a fixed seed: sentences of a Zipf distribution with the words topics are known by, questions and answers."""

import random
from functools import cache

from positions.topic_tree import curated

PEOPLE = ("QUINTERO", "AVERY", "BLAKE", "CASEY", "DEVON", "EMERSON")
COMMON = (
    "the of and to in we a that is it for this people city have on are not with our they be but you what as will do at can or"
    " think there who has from more about all by one so would years going when make their need know every been just how time"
    " because these work want money community year right other them now also should many first new over into only than some"
).split()


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Common words by rank, then rarer ones, some of them names of topics; weights fall as 1/rank."""
    rng = random.Random(7)
    syllables = "ba ce di fo gu la me ni po ru sa te vi wo za".split()
    rare = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(4_000)]
    names = [topic.name.en.lower() for topic in curated()]
    words = COMMON + [
        word for n, word in enumerate(rare) for word in ([names[n // 40 % len(names)], word] if n % 40 == 0 else [word])
    ]
    return words, [1 / (rank + 2) for rank in range(len(words))]


def forum_text(seed: int, turns: int) -> str:
    """`NAME: words` blocks: every sixth is the moderator's question, the others answers of 20 to 120 words."""
    rng = random.Random(seed)
    words, weights = vocabulary()
    blocks = []
    for n in range(turns):
        asks = n % 6 == 0
        said = rng.choices(words, weights, k=rng.randint(8, 25) if asks else rng.randint(20, 120))
        text = " ".join(said).capitalize() + ("?" if asks else ".")
        blocks.append(f"{PEOPLE[0] if asks else PEOPLE[1 + n % 5]}: {text}")
    return "\n\n".join(blocks) + "\n"
