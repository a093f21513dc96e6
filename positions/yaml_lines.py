"""YAML with its line numbers kept, so that a fault in a file can be shown where it stands.

Plain values only: no aliases, no tags of other programs, no key twice, no deep nesting. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from transcripts.errors import BadFile

MOST_BYTES = 5_000_000
DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Located:
    """The value of a YAML file and the line, from 1, on which each part of it begins."""

    value: object
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """The line of `path`, or of the nearest thing round it that is written down."""
        known = next(cut for cut in range(len(path), -1, -1) if path[:cut] in self.lines)
        return self.lines[path[:known]]


@dataclass
class _Open:
    """A list or mapping that is being read; `key` is the key whose value comes next."""

    value: list[object] | dict[str, object]
    path: Path
    key: str | None = None

    def next_path(self) -> Path:
        if isinstance(self.value, list):
            return (*self.path, len(self.value))
        return self.path if self.key is None else (*self.path, self.key)


@dataclass
class _Reading:
    lines: dict[Path, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, AliasEvent):
            raise BadFile("Anchors and aliases (& and *) are not read here; write the value out.", line)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag is not None:
            raise BadFile("Tags such as {tag} are not read here; write the plain value.", line, tag=event.tag)
        if isinstance(event, DocumentStartEvent) and self.values:
            raise BadFile("A second document begins here (---); keep one document in a file.", line)
        if isinstance(event, ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            self._open({} if isinstance(event, MappingStartEvent) else [], line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.stack.pop()

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            if event.value in top.value:
                raise BadFile("“{value}” stands twice in the same place; keep one.", line, value=event.value)
            top.key = event.value
        else:
            self._put(_plain(event, line), line)

    def _open(self, value: list[object] | dict[str, object], line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            raise BadFile("A key must be plain text.", line)
        if len(self.stack) >= DEEPEST:
            raise BadFile("Nested more than {most} deep; nothing here needs that.", line, most=DEEPEST)
        path = top.next_path() if top else ()
        self._put(value, line)
        self.stack.append(_Open(value, path))

    def _put(self, value: object, line: int) -> None:
        if not self.stack:
            self.lines[()] = line
            self.values.append(value)
            return
        top = self.stack[-1]
        self.lines[top.next_path()] = line
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value[str(top.key)] = value
            top.key = None


def read_yaml(data: bytes) -> Located:
    """The one document of a YAML file; BadFile with the line of what is wrong."""
    if len(data) > MOST_BYTES:
        raise BadFile("The file is larger than {most} MB; split it.", most=MOST_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("The file is not UTF-8 text; save it as UTF-8.", data[: error.start].count(b"\n") + 1) from error
    reading = _Reading()
    for event in _events(text):
        reading.take(event)
    if not reading.values:
        raise BadFile("The file is empty.")
    return Located(reading.values[0], reading.lines)


def _events(text: str) -> Iterator[Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadFile("This is not YAML: {error}.", line, error=error.problem) from error
    except yaml.YAMLError as error:
        raise BadFile("This is not YAML: {error}.", error=str(error)) from error


def _plain(event: ScalarEvent, line: int) -> Any:
    """The value of a scalar as YAML 1.1 reads it: text, number, date, true or false, nothing."""
    resolver: Any = Resolver()
    node = ScalarNode(resolver.resolve(ScalarNode, event.value, event.implicit), event.value)
    try:
        return SafeConstructor().construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise BadFile(
            "“{value}” cannot be read ({error}); put it between quotation marks if it is text.",
            line,
            value=event.value,
            error=str(error),
        ) from error
