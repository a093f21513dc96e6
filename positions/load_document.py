"""Read a file for `tracker load`: its entries, and every fault with its line and field (docs/load.md)."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from positions.load_schema import Document
from positions.yaml_lines import Located, Path, read_yaml
from transcripts.errors import BadFile, Refusal
from transcripts.messages import Message, joined

Model = TypeVar("Model", bound=BaseModel)


class BadEntry(Refusal):
    """One entry cannot be stored as it is: (path of the field, what is wrong with it), each."""

    def __init__(self, faults: list[tuple[Path, Message]]) -> None:
        whole = joined([_at_field(path, what) for path, what in faults])
        super().__init__(whole.template, **whole.values)
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


def faulty(located: Located, faults: list[tuple[Path, Message]]) -> BadFile:
    """One refusal that tells every fault: (path, what is wrong), in the order of the file."""
    told = {(located.line(path), str(at := _at_field(path, what))): at for path, what in faults}
    (line, _), *others = sorted(told)
    first, *more = (told[place] for place in sorted(told))
    lines = [BadFile.of(what, at).message for (at, _), what in zip(others, more, strict=True)]
    return BadFile.of(joined([first, *lines], "\n"), line)


def _at_field(path: Path, what: Message) -> Message:
    field = " → ".join(part for part in path if isinstance(part, str))
    return Message("{field}: {what}", {"field": field or Message("the file"), "what": what})


def _fault(located: Located, detail: ErrorDetails) -> tuple[Path, Message]:
    path: Path = detail["loc"]
    return path, _what(detail["type"], detail["msg"], detail.get("ctx", {}))


def _what(kind: str, message: str, context: dict[str, Any]) -> Message:
    if kind in ("enum", "literal_error"):
        return Message("must be one of {codes}.", {"codes": str(context["expected"]).replace(" or ", ", ")})
    if kind in WHAT:
        return WHAT[kind]
    said = next(iter(getattr(context.get("error"), "args", ())), message)
    return Message("{said}.", {"said": said if isinstance(said, Message) else message.rstrip(".")})


WHAT = {
    "missing": Message("is missing; add it."),
    "extra_forbidden": Message("is not a field that is read here; check its spelling or remove it."),
    "string_type": Message("must be text; put it between quotation marks."),
    "string_too_short": Message("is empty; fill it in or remove it."),
    "too_short": Message("is empty; fill it in or remove it."),
    "int_parsing": Message("must be a whole number."),
    "bool_type": Message("must be true or false."),
    "tuple_type": Message("must be a list."),
    "model_type": Message("must be a group of fields (name: value)."),
}
"""What is wrong, by the validator's name for it."""
