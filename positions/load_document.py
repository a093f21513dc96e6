"""Read a file for `tracker load`: its entries, and every fault with its line and field (docs/load.md)."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from positions.load_schema import Document
from positions.yaml_lines import Located, Path, read_yaml
from transcripts.errors import BadFile, Refusal

Model = TypeVar("Model", bound=BaseModel)


class BadEntry(Refusal):
    """One entry cannot be stored as it is: (path of the field, what is wrong with it), each."""

    def __init__(self, faults: list[tuple[Path, str]]) -> None:
        super().__init__(" ".join(f"{_field(path)}: {what}" for path, what in faults))
        self.faults = faults


def checked(model: type[Model], said: Mapping[str, Any]) -> Model:
    """One entry by itself, under the rules for a file. Raises BadEntry naming every field that is wrong."""
    try:
        return model.model_validate(said)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise BadEntry([(at["loc"], _what(at["type"], at["msg"], at.get("ctx", {}))) for at in found]) from error


def read_document(data: bytes) -> tuple[Document, Located]:
    """The file's entries and where each stands; BadFile naming the line and field of everything that is wrong."""
    located = read_yaml(data)
    try:
        return Document.model_validate(located.value), located
    except ValidationError as error:
        raise faulty(located, [_fault(located, detail) for detail in error.errors(include_url=False)]) from error


def faulty(located: Located, faults: list[tuple[Path, str]]) -> BadFile:
    """One refusal that tells every fault: (path, what is wrong), in the order of the file."""
    told = sorted({(located.line(path), f"{_field(path)}: {what}") for path, what in faults})
    first, *others = told
    return BadFile("\n".join([first[1], *(f"Line {line}: {what}" for line, what in others)]), first[0])


def _field(path: Path) -> str:
    return " → ".join(part for part in path if isinstance(part, str)) or "the file"


def _fault(located: Located, detail: ErrorDetails) -> tuple[Path, str]:
    path: Path = detail["loc"]
    return path, _what(detail["type"], detail["msg"], detail.get("ctx", {}))


def _what(kind: str, message: str, context: dict[str, Any]) -> str:
    if kind in ("enum", "literal_error"):
        return f"must be one of {str(context['expected']).replace(' or ', ', ')}."
    return WHAT.get(kind) or message.removeprefix("Value error, ").rstrip(".") + "."


WHAT = {
    "missing": "is missing; add it.",
    "extra_forbidden": "is not a field that is read here; check its spelling or remove it.",
    "string_type": "must be text; put it between quotation marks.",
    "string_too_short": "is empty; fill it in or remove it.",
    "too_short": "is empty; fill it in or remove it.",
    "int_parsing": "must be a whole number.",
    "bool_type": "must be true or false.",
    "tuple_type": "must be a list.",
    "model_type": "must be a group of fields (name: value).",
}
"""What is wrong, by the validator's name for it."""
