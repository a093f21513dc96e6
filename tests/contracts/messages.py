"""The English templates of refusals and messages, collected from the code that makes them."""

import ast
import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from positions.entries import KINDS
from tests.corpora import ROOT
from tracker import edits
from transcripts import messages
from transcripts.errors import Refusal

TEMPLATE_AT = {"Message": 0, "Problem": 2, "warn": 1, "_notice": 1, "fault": 0, "needed": 3, "_unreadable": 3}
"""What is called with a template, and the place of it among what is given; beside these, every refusal with its first."""
MADE_ELSEWHERE = {
    "transcripts/errors.py": "hand on what they are given",
    "transcripts/messages.py": "joins what it is given",
    "transcripts/formats/parsed.py": "hands on what it is given",
    "transcripts/formats/blocks.py": "hands on what `_notice` is given",
    "transcripts/formats/cues.py": "hands on what `_notice` is given",
    "transcripts/formats/questionnaire.py": "hands on what `warn` is given",
    "transcripts/formats/own_json.py": "hands on what `fault` is given",
    "positions/followthrough/observation_files.py": "hands on what `_unreadable` is given",
    "positions/entries/entry.py": "hands on what `needed` is given",
    "positions/load_document.py": "makes a refusal of faults",
    "tracker/edits.py": "tells a kind by its name: `nouns`",
    "tracker/imports/drafts.py": "what was kept before messages were kept whole",
}
"""Modules that may call one of these with something that is no template in the code, and why."""


def templates() -> set[str]:
    """Every template a page may have to translate."""
    return {text for _, _, text in _found() if text is not None} | set(KINDS) | set(edits.KINDS)


def unreadable() -> list[str]:
    """Places where a template is made as the program runs, so that nobody can translate it."""
    return [f"{file}:{line}" for file, line, text in _found() if text is None and file not in MADE_ELSEWHERE]


@cache
def _found() -> tuple[tuple[str, int, str | None], ...]:
    """File, line and template of every place where one is made; None for one that is made as the program runs."""
    code = {
        path: ast.parse(path.read_text())
        for package in ("transcripts", "positions", "tracker")
        for path in sorted((ROOT / package).rglob("*.py"))
        if ROOT / "tracker" / "commands" not in path.parents
    }
    names = {**dict.fromkeys(_refusals(code.values()), 0), **TEMPLATE_AT}
    return tuple(place for path, tree in code.items() for place in _in(path, tree, names))


def _refusals(code: Iterable[ast.Module]) -> set[str]:
    """The names of the classes of refusals, whichever are imported."""
    classes = [node for tree in code for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    bases = {one.name: {base.id for base in one.bases if isinstance(base, ast.Name)} for one in classes}
    found = {Refusal.__name__}
    while more := {name for name, over in bases.items() if over & found} - found:
        found |= more
    return found


def _in(path: Path, tree: ast.Module, names: dict[str, int]) -> Iterator[tuple[str, int, str | None]]:
    file = path.relative_to(ROOT).as_posix()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name in names and len(call.args) > names[name]:
                for text in _texts(file, call.args[names[name]]):
                    yield file, call.lineno, text


def _texts(file: str, node: ast.expr) -> Iterator[str | None]:
    """The texts an expression may be: written there, one of two, or a constant of the module."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from (text for one in (node.body, node.orelse) for text in _texts(file, one))
        case ast.Name(id=name) if name.strip("_").isupper():
            module = importlib.import_module(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
            yield getattr(module, name)
        case _:
            yield None


def has_words(template: str) -> bool:
    """Whether anything of a template is left to translate when its places are taken out."""
    return any(char.isalpha() for char in messages.PLACE.sub("", template))
