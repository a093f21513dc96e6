from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from tracker import schema
from tracker.db import Database
from transcripts.errors import Refusal


@pytest.fixture
def empty(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    yield database
    database.dispose()


def _shape(engine: Engine) -> dict[str, Any]:
    """Columns, keys, checks and indexes as the database itself tells them, without the migration's own table."""
    seen = inspect(engine)

    def named(rows: list[Any]) -> list[list[str]]:
        kept = (
            "name",
            "column_names",
            "unique",
            "sqltext",
            "constrained_columns",
            "referred_table",
            "referred_columns",
        )
        return sorted([str(row[key]) for key in kept if key in row] for row in rows)

    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(table)],
            "primary key": seen.get_pk_constraint(table)["name"],
            "foreign keys": named(seen.get_foreign_keys(table)),
            "unique": named(seen.get_unique_constraints(table)),
            "checks": named(seen.get_check_constraints(table)),
            "indexes": named(seen.get_indexes(table)),
        }
        for table in sorted(seen.get_table_names())
        if table != "alembic_version"
    }


def test_an_empty_database_reaches_the_present_schema_and_stays_there(empty: Database) -> None:
    assert schema.upgrade(empty) == (None, schema.head())
    assert schema.upgrade(empty) == (schema.head(), schema.head())
    assert schema.differences(empty) == []
    schema.require_current(empty)


def test_migrations_build_exactly_what_the_models_say(empty: Database) -> None:
    schema.upgrade(empty)
    migrated = _shape(empty.writer)
    with empty.writer.begin() as connection:
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
    assert migrated == _shape(empty.writer)


def test_every_constraint_has_a_name(empty: Database) -> None:
    schema.upgrade(empty)
    seen = inspect(empty.writer)
    for table in seen.get_table_names():
        rows = [*seen.get_foreign_keys(table), *seen.get_unique_constraints(table), *seen.get_check_constraints(table)]
        assert all(row["name"] for row in rows), table


def test_a_column_the_models_do_not_know_is_reported(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.writer.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    assert any("shoe_size" in line for line in schema.differences(empty))


def test_work_on_another_schema_is_refused_with_what_to_do(empty: Database) -> None:
    with pytest.raises(Refusal, match="no tables yet. Run: tracker migrate"):
        schema.require_current(empty)
    schema.upgrade(empty)
    with empty.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refusal, match="newer version"):
        schema.require_current(empty)


def test_foreign_keys_are_enforced_again_after_a_migration(empty: Database) -> None:
    schema.upgrade(empty)
    if empty.is_sqlite:
        with empty.writer.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
