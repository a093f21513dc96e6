"""Turns made up from a fixed seed: words of a Zipf distribution in two languages, speakers, topics and forums as sites have them."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from transcripts.search.documents import Document, order_of

_ONSETS = "b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr sh sl st str tr th".split()
_VOWELS = "a e i o u ai ea ie oa ou".split()
_CODAS = ["", "", "", "l", "m", "n", "r", "s", "t", "nd", "nt", "rd", "ck"]
_ENDINGS = {"en": ["", "s", "ed", "ing", "ly"], "es": ["", "s", "ando", "ó", "ción"]}
_NAMES = "Ada Bela Cora Dov Esme Fynn Gita Hugo Ines Jory Kofi Lena Milo Nadia Otto Petra Quim Rosa Sven Tova".split()
ROLES = ("candidate", "candidate", "candidate", "moderator", "audience")
GRADES = ("machine", "published", "reviewed")
PARTIES = ((), (), ("Harbor Party", "Partido del Puerto"), ("Orchard Union",))
PLACES = ("Port Linden, Westmark", "Quarry Falls, Westmark", "New Bristow")


class World:
    """The words, people, topics and forums of one seed."""

    def __init__(
        self, seed: int, vocabulary: int = 20_000, people: int = 300, topics: int = 28, forums: int = 400
    ) -> None:
        self.random = random.Random(seed)
        self.roots = self._roots(vocabulary)
        self.forms = {lang: [self._forms(root, endings) for root in self.roots] for lang, endings in _ENDINGS.items()}
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(vocabulary)))
        self.people = [self._person(number) for number in range(people)]
        self.topics = [f"topic-{number}" for number in range(topics)]
        self.forums = [(f"forum-{number}", date(2004, 1, 5) + timedelta(days=19 * number)) for number in range(forums)]

    def turns(self, count: int) -> Iterator[Document]:
        """So many turns, forum by forum."""
        each = max(count // len(self.forums), 1)
        for number in range(count):
            forum = min(number // each, len(self.forums) - 1)
            yield self._turn(number, forum, number - forum * each)

    def _turn(self, number: int, forum: int, position: int) -> Document:
        rng = self.random
        slug, day = self.forums[forum]
        lang = "es" if rng.random() < 0.15 else "en"
        person, name = self.people[(forum * 7 + int(abs(rng.gauss(0, 2.5)))) % len(self.people)]
        linked = rng.random() < 0.9
        return Document(
            key=f"{number:026d}",
            forum=slug,
            order=order_of(day, forum + 1, position),
            date=day,
            text=self.speech(max(1, min(int(rng.lognormvariate(3.5, 1.0)), 900)), lang),
            speaker=person if linked else "",
            speaker_name=name,
            role=rng.choice(ROLES),
            contests=(f"race-{forum % 40}",),
            party=PARTIES[forum % len(PARTIES)],
            place=(PLACES[forum % len(PLACES)],),
            lang=lang,
            grade=GRADES[forum % len(GRADES)],
            has_video=forum % 3 == 0,
            topics=tuple(sorted(rng.sample(self.topics, rng.choice((0, 1, 1, 2, 3))))),
            added=(number + 1) * 2_654_435_761 % 2**32,  # in no order, and no two alike: the factor is odd
        )

    def speech(self, length: int, lang: str) -> str:
        """So many words, in sentences."""
        rng = self.random
        said = [rng.choice(forms) for forms in rng.choices(self.forms[lang], cum_weights=self.weights, k=length)]
        for end in range(11, length, 12):
            said[end] += "."
        return " ".join(said).capitalize() + "."

    def word(self) -> str:
        """A word as it may be typed, as frequent as it is spoken."""
        return self.random.choice(self.random.choices(self.forms["en"], cum_weights=self.weights)[0])

    def _forms(self, root: str, endings: list[str]) -> tuple[str, str, str]:
        """Each word is used in two forms, the plain one more often."""
        return root, root, root + self.random.choice(endings)

    def _roots(self, count: int) -> list[str]:
        rng = self.random
        found: dict[str, None] = {}
        while len(found) < count:
            syllables = 1 + (len(found) > 300) + (rng.random() < 0.4)
            root = "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))
            found[root] = None
        return list(found)

    def _person(self, number: int) -> tuple[str, str]:
        surname = self.roots[300 + number].capitalize()
        name = f"{_NAMES[number % len(_NAMES)]} {surname}"
        return name.lower().replace(" ", "-"), name
