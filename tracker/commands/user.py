"""`tracker user`: accounts from the command line, for the first editor and for emergencies."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlmodel import Session

    from tracker.config import Config

HERE = (None, "command line")
ROLES = click.option("--roles", default="editor", show_default=True, help="teacher, editor, admin: between commas")


@click.group()
def command() -> None:
    """Accounts: who may change the record. Nobody can sign up; people are added or invited."""


@command.command()
@click.argument("name")
@ROLES
def add(name: str, roles: str) -> None:
    """Make an account and print a link with which NAME chooses a password."""
    from tracker.accounts import audit, people
    from tracker.accounts.roles import read_roles

    with _writing() as (session, config):
        account_id = people.add(session, name, read_roles(roles))
        secret = people.reset(session, account_id, HERE[1])
        audit.note(session, HERE, "add account", name, roles)
    click.echo(f"{name} may sign in once a password is chosen here, within a week:\n{_address(config, secret)}")


@command.command()
@ROLES
def invite(roles: str) -> None:
    """Print a link for somebody new, who chooses a name and a password."""
    from tracker.accounts import audit, people
    from tracker.accounts.roles import read_roles

    with _writing() as (session, config):
        secret = people.invite(session, read_roles(roles), HERE[1])
        audit.note(session, HERE, "invite", "", roles)
    click.echo(f"This link works once, within a week:\n{_address(config, secret)}")


@command.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a link with which NAME chooses a new password."""
    from tracker.accounts import audit, people

    with _writing() as (session, config):
        secret = people.reset(session, people.named(session, name), HERE[1])
        audit.note(session, HERE, "link for a new password", name)
    click.echo(f"This link works once, within a week:\n{_address(config, secret)}")


@command.command()
@click.argument("name")
def disable(name: str) -> None:
    """Let NAME in no more, at once; what they did stays under their name."""
    from tracker.accounts import audit, people

    with _writing() as (session, _):
        people.disable(session, people.named(session, name))
        audit.note(session, HERE, "disable account", name)
    click.echo(f"{name} is signed out everywhere and cannot come in.")


@command.command()
@click.argument("name")
def enable(name: str) -> None:
    """Let NAME in again."""
    from tracker.accounts import audit, people

    with _writing() as (session, _):
        people.enable(session, people.named(session, name))
        audit.note(session, HERE, "enable account", name)
    click.echo(f"{name} may sign in again.")


@command.command(name="list")
def list_() -> None:
    """Print every account, what it may do, and whether it can come in."""
    from tracker.accounts import people

    with _writing() as (session, _):
        for one in people.members(session):
            state = "disabled" if one.disabled else "" if one.has_password else "has not chosen a password"
            click.echo("\t".join((one.name, ", ".join(one.roles) or "member", state)).rstrip())


@contextmanager
def _writing() -> "Iterator[tuple[Session, Config]]":
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database

    config = Config.from_env()
    with Database(config.database_url) as database:
        schema.require_current(database)
        with database.write() as session:
            yield session, config


def _address(config: "Config", secret: str) -> str:
    return f"{config.site_url}/welcome/{secret}"
