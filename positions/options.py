"""The answers a statement of type choice lists, in their order; and a box with the words of the answer that was chosen. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from positions.cells import Cell
from transcripts.bilingual import Bilingual


@dataclass(frozen=True)
class Option:
    """One listed answer. `key` never changes; its words may."""

    key: str
    text: Bilingual


def read(told: str) -> tuple[Option, ...]:
    """The options as they are kept with a statement."""
    return tuple(Option(one["key"], Bilingual(one["en"], one["es"])) for one in json.loads(told))


def written(options: Sequence[Option]) -> str:
    """Options to be kept with a statement."""
    return json.dumps([{"key": one.key, "en": one.text.en, "es": one.text.es} for one in options], ensure_ascii=False)


def words(options: Sequence[Option]) -> dict[str, Bilingual]:
    """The words of each answer by its key."""
    return {one.key: one.text for one in options}


def worded(cell: Cell, said: Mapping[str, Bilingual]) -> Cell:
    """A box that prints the words of the answer that was chosen, now and before."""
    if not said:
        return cell
    before, since = (tuple(worded(one, said) for one in cells) for cells in (cell.earlier, cell.since))
    return replace(cell, option=said.get(cell.choice or ""), earlier=before, since=since)
