"""What is erased in a class, or of testimony, leaves the files too: at once where SQLite lets it, and by the next morning for certain.

SQLite overwrites what is deleted, and its log is emptied after each erasure. Copies of a row that was moved between pages of the
file before can be left over: the worker writes the file anew at night, once something was erased.
"""

from pathlib import Path

from sqlmodel import SQLModel

from tracker.config import Config
from tracker.db import Database
from transcripts.annotation_models import Annotation, AnnotationAnchor, AnnotationBody

MARK = "erased"
"""The file in TRACKER_HOME that is there while something erased waits for the night."""


def note(database: Database, config: Config) -> None:
    """Call it after the transaction that erased: whatever process comes next knows that the file is to be written anew."""
    _path(config).touch()
    database.shrink_log()


def waits(config: Config) -> bool:
    """Whether something was erased since the file was last written anew."""
    return _path(config).exists()


def finish(database: Database, config: Config) -> None:
    """Write the file anew. What is erased meanwhile waits for the next night."""
    _path(config).unlink(missing_ok=True)
    try:
        database.rewrite(tables())
    except Exception:
        _path(config).touch()
        raise


def tables() -> list[str]:
    """The tables that hold what students write, and testimony."""
    ours = [name for name in SQLModel.metadata.tables if name.startswith(("class_", "testimony"))]
    return sorted([*ours, *(str(table.__tablename__) for table in (Annotation, AnnotationAnchor, AnnotationBody))])


def _path(config: Config) -> Path:
    return config.home / MARK
