"""The folder of an index: who may write, which files are current, which generation they are.

`state.json` names the folder of the engine's files and is replaced whole: a reader sees the old index or the new, and a
crash leaves one of them. `index.lock` is a lock of the operating system: none is left behind by a killed writer.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO, TypeVar

from transcripts.errors import Conflict, Refusal
from transcripts.search.documents import SCHEMA

ATTEMPTS = 3
PAUSE = 0.05
"""Seconds between two attempts to open an index."""

View = TypeVar("View")


class Unusable(Refusal):
    """The index is missing, damaged or of another version; building it again repairs it."""


class Missing(Unusable):
    """No index has been built here yet."""


class Outdated(Unusable):
    """The index was made by another version of this program."""


@dataclass(frozen=True)
class State:
    """What an index says of itself. `folder` holds the engine's files; `generation` goes up with every commit."""

    engine: str
    folder: str = ""
    generation: int = 0
    schema: int = SCHEMA


def damaged() -> Unusable:
    """The refusal of an index whose files make no sense."""
    return Unusable("The search index cannot be read. Build it again with: tracker reindex")


class Store:
    """One engine's index on disk, and this process's place in it."""

    def __init__(self, home: Path, engine: str) -> None:
        self.home = home
        self.engine = engine
        self.fresh = False
        self._lock: TextIO | None = None
        self._writing = State(engine)
        self._file = home / "state.json"
        self._read: tuple[tuple[int, int, int], State] | None = None

    def state(self) -> State:
        """The present state. Raises Unusable where there is no index, or it is not this version's."""
        try:
            state = self._present()
        except FileNotFoundError:
            raise Missing("There is no search index yet. Build it with: tracker reindex") from None
        except (OSError, ValueError, TypeError):
            raise damaged() from None
        if state.schema != SCHEMA or state.engine != self.engine:
            raise Outdated("The search index was made by another version. Build it again with: tracker reindex")
        return state

    def _present(self) -> State:
        """What the file says, read again only where it is another: it is looked at with every search."""
        file = self._file.stat()
        mark = file.st_ino, file.st_size, file.st_mtime_ns
        if self._read is None or self._read[0] != mark:
            self._read = mark, State(**json.loads(self._file.read_text()))
        return self._read[1]

    def opened(self, view: Callable[[Path], View]) -> tuple[State, View]:
        """What `view` makes of the present files, tried again where a writer replaced them meanwhile. Raises Unusable."""
        for _ in range(ATTEMPTS - 1):
            state = self.state()
            try:
                return state, view(self.home / state.folder)
            except Unusable:
                time.sleep(PAUSE)
        state = self.state()
        return state, view(self.home / state.folder)

    def lock(self) -> None:
        """Take the writer's place unless this object has it. Raises Conflict while another has."""
        if self._lock is not None:
            return
        self.home.mkdir(parents=True, exist_ok=True)
        lock = (self.home / "index.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise Conflict("Another process is writing the search index; try again in a moment.") from None
        self._lock = lock

    def present(self) -> Path:
        """The folder to write changes to. Takes the writer's place."""
        self.lock()
        self._writing = self.state()
        return self.home / self._writing.folder

    def begin(self) -> Path:
        """A new empty folder beside the present one, which is read until `publish`. Takes the writer's place."""
        self.lock()
        folder = str(max(map(int, self._folders()), default=0) + 1)
        self._writing = State(self.engine, folder, self._generation())
        self.fresh = True
        (self.home / folder).mkdir()
        return self.home / folder

    def publish(self) -> int:
        """What was written is the index from now on; gives the writer's place back and returns the generation."""
        state = replace(self._writing, generation=self._writing.generation + 1)
        draft = self.home / "state.json.new"
        with draft.open("w") as file:
            json.dump(asdict(state), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.home / "state.json")
        for folder in self._folders():
            if folder != state.folder:
                shutil.rmtree(self.home / folder, ignore_errors=True)
        self.release()
        return state.generation

    def release(self) -> None:
        """Give the writer's place back."""
        self.fresh = False
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _folders(self) -> list[str]:
        return [path.name for path in self.home.iterdir() if path.name.isdigit()]

    def _generation(self) -> int:
        try:
            return self.state().generation
        except Unusable:
            return 0
