"""Fixtures every room shares: a fresh database per test, on SQLite and on PostgreSQL."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.corpora import missing
from tests.databases import MIGRATED, Cluster, address_of, migrated_file
from tests.routes import KeptRule
from tests.statements import kept_statements
from tracker.accounts import passwords
from tracker.db import Database

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", deadline=None, max_examples=10_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2id at its least cost: the cost of production stands in `tests/tracker/test_accounts.py`."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with mock.patch.object(passwords, "hasher", lambda: quick):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_routes() -> Iterator[None]:
    """The routes of the application are compiled once per process."""
    with mock.patch.object(Flask, "url_rule_class", KeptRule):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_statements() -> Iterator[None]:
    """The SQL of the application is compiled once per process."""
    with kept_statements():
        yield


MEMORY = Path("/dev/shm")
IN_MEMORY = 4 << 30
"""Bytes that must be free in memory for the files of tests to lie there: those of a test go when it has passed."""


def _roomy() -> bool:
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > IN_MEMORY


def pytest_configure() -> None:
    """Keep the files of tests in memory where there is room: a site commits hundreds of times, and a disk makes each wait."""
    if _roomy():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _postgres_programs() -> Path | None:
    """The folder of Debian's newest server, or of whichever `initdb` is on the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = shutil.which("initdb")
    return installed[-1].parent if installed else Path(found).parent if found else None


def _as_server_user(folder: Path) -> dict[str, object]:
    """The server refuses to run as root: tests started as root run it as the distribution's `postgres` user."""
    if os.geteuid() != 0:
        return {}
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    programs = _postgres_programs()
    if programs is None:
        missing("A PostgreSQL server (Debian: apt-get install postgresql)")
        raise AssertionError("unreachable")
    import tempfile

    # socket paths are limited to 107 bytes; in memory a new database takes a sixth of the time
    with tempfile.TemporaryDirectory(prefix="pg", dir=MEMORY if _roomy() else "/tmp") as short:
        folder = Path(short)
        run_as = _as_server_user(folder)
        data = folder / "data"
        common = {"check": True, "capture_output": True, "cwd": "/", **run_as}
        subprocess.run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8"], **common)
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
        options = f"-k {folder} -c listen_addresses='' {quick}"
        subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **common)
        with psycopg.connect(address_of(folder, "postgres"), autocommit=True) as control:
            started = Cluster(folder, control)
            started.migrate()
            yield started
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **common)


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each of the two we support."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'tracker.db'}"
    else:
        with request.getfixturevalue("cluster").new() as url:
            yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the present schema and nothing in it, once on each of the two we support."""
    if request.param == "sqlite":
        yield migrated_file(tmp_path / "tracker.db")
    else:
        with request.getfixturevalue("cluster").new(MIGRATED) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with the present schema and nothing in it."""
    database = Database(database_url)
    yield database
    database.dispose()
