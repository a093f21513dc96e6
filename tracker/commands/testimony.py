"""`tracker testimony`: the key of confidential testimony, and how what came is read; on a computer that is not the server."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.given import OrdinaryFile

if TYPE_CHECKING:
    from tracker.testimony.sealing import Beside, Told

MOST_BYTES = 300_000_000


@click.group()
def command() -> None:
    """Confidential testimony: make its key, and read what came. Both need no site and no network."""


@command.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="Where the private key goes."
)
@click.option("--passphrase", is_flag=True, help="Ask for a passphrase and encrypt the file with it.")
def key(out: Path, passphrase: bool) -> None:
    """Make a key: the private half into FILE, which nobody else may read; the public half is printed.

    Do this on a computer that is not the server: whoever has FILE can read everything that comes.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from tracker.testimony import sealing
    from transcripts.errors import Refusal

    secret = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True) if passphrase else None
    private = X25519PrivateKey.generate()
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealing.written(private, secret))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Refusal("{file} cannot be written ({error}).", file=str(out), error=error.strerror) from error
    click.echo(sealing.public_of(private))
    click.echo(
        f"The private key is in {out}. Keep two copies away from the server: without it nobody can read what comes.\n"
        "Set TRACKER_TESTIMONY_KEY on the server to the line above; an administrator opens testimony at /desk/testimony.",
        err=True,
    )


@command.command()
@click.argument("file", type=OrdinaryFile())
@click.option(
    "--key",
    "key_file",
    required=True,
    type=OrdinaryFile(),
    metavar="KEYFILE",
    help="The private key.",
)
def read(file: Path, key_file: Path) -> None:
    """Print the testimony in FILE, as it was downloaded at the desk. Writes no file.

    What cannot be opened is told, and the rest is printed; then it exits 1.
    """
    from tracker.testimony import sealing
    from transcripts.errors import Refusal

    if file.stat().st_size > MOST_BYTES:
        raise Refusal("{file} is larger than 300 MB.", file=str(file))
    private = sealing.read_private(
        key_file.read_bytes(), lambda: str(click.prompt("Passphrase", hide_input=True, err=True))
    )
    failed = 0
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        try:
            name, sealed, beside = sealing.read_line(line, number)
            click.echo(_printed(name, beside, sealing.open_(private, sealed, beside)))
        except Refusal as refusal:
            failed += 1
            click.echo(f"line {number}: {refusal}", err=True)
    if failed:
        sys.exit(1)


def _printed(name: str, beside: "Beside", told: "Told") -> str:
    """One testimony for a person. Every text was cleaned: nothing in it moves the cursor of a terminal."""
    from tracker.testimony.words import OFFERED_WORDS

    return "\n".join(
        (
            f"── {name} · came on {beside.received_on} · about {beside.about or 'no program named'}"
            f" · agreed to version {beside.consent}",
            f"Offered the program: {OFFERED_WORDS[told.offered]}",
            f"When: {told.when or '–'}",
            f"Can be reached: {told.contact or '–'}",
            f"Language of the page: {told.lang}",
            "",
            told.words,
            "",
        )
    )
