"""`tracker doctor`: what is wrong with this site, and what to do about it."""

import sys
from pathlib import Path

import click

from tracker.given import OrdinaryFile


@click.command()
@click.option("--chain", help="A digest of the log of acts, written down earlier: it must still stand in it")
@click.option(
    "--checkpoint",
    "kept",
    type=OrdinaryFile(),
    help="A file with checkpoints kept elsewhere, e.g. a letter: the log must still agree with each",
)
@click.option("--key", help="The key they are signed with, as /checkpoints printed it then; else this site’s own")
def command(chain: str | None, kept: Path | None, key: str | None) -> None:
    """Look at configuration, schema, search index, outbox and the log of acts; say what is wrong and what to do.

    Exits 1 on a problem.
    """
    from tracker import checkup
    from tracker.accounts import checkpoint, checkpointing
    from tracker.config import Config

    config = Config.from_env()
    checkpoints = []
    if kept:
        text = kept.read_text(encoding="utf-8", errors="replace")
        checkpoints = checkpoint.opened(text, key or checkpointing.site_signer(config).verifier)
    findings = checkup.findings(config, chain, checkpoints)
    for finding in findings:
        mark = click.style(
            "problem" if finding.grave else "warning", fg="red" if finding.grave else "yellow", bold=True
        )
        click.echo(f"{mark}: {finding.what}")
        click.echo(f"         {finding.do}")
    if not findings:
        click.echo("Everything is in order.")
    if any(finding.grave for finding in findings):
        sys.exit(1)
