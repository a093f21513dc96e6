"""`tracker doctor`: what is wrong with this site, and what to do about it."""

import sys

import click


@click.command()
@click.option("--chain", help="A digest of the log of acts, written down earlier: it must still stand in it")
def command(chain: str | None) -> None:
    """Look at configuration, schema, search index, outbox and the log of acts; say what is wrong and what to do.

    Exits 1 on a problem.
    """
    from tracker import checkup
    from tracker.config import Config

    config = Config.from_env()
    findings = checkup.findings(config, chain)
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
