"""`tracker mail`: try the mail server, and send what waits now."""

import click

LOST = "The mail server cannot be used: {why}. Letters wait and are tried again; check TRACKER_SMTP_URL."
DELAYED = "The mail server does not take this letter now (code {code}). Try again later."
REFUSED = "The mail server does not take letters to this address (code {code})."


@click.group()
def command() -> None:
    """Mail: try the mail server, and send what waits now. `tracker serve` sends by itself.

    TRACKER_SMTP_URL names the server, TRACKER_MAIL_FROM whom letters come from. Without a server they are files in the folder
    mail under TRACKER_HOME.
    """


@command.command("test")
@click.argument("address")
@click.option("--lang", type=click.Choice(["en", "es"]), help="Language of the letter (default: the site's).")
def test(address: str, lang: str | None) -> None:
    """Send one letter to ADDRESS, that says nothing but that it came."""
    from tracker.config import Config
    from tracker.db import Database
    from tracker.i18n import gettext, speaking
    from tracker.telling import letters, posting, subscribing
    from tracker.telling.addresses import address as checked
    from transcripts.errors import Refusal
    from transcripts.models import now

    config = Config.from_env()
    to, post = checked(address), posting.post_of(config)
    with Database(config.database_url) as database, database.read() as session, speaking(lang or config.lang):
        said = letters.of_site(session, config, lang or config.lang)
        message = letters.compose(config, to, gettext("A message to try the mail server"), "test", said)
    message["Message-ID"] = subscribing.message_id(subscribing.host_of(config.site_url))
    message["Date"] = now()
    try:
        post.send(to, message)
    except posting.Unreached as trouble:
        raise Refusal(LOST, why=str(trouble)) from trouble
    except posting.Delayed as trouble:
        raise Refusal(DELAYED, code=str(trouble)) from trouble
    except posting.Refused as trouble:
        raise Refusal(REFUSED, code=str(trouble)) from trouble
    finally:
        post.close()
    where = (
        f"The server has taken a letter to {to}." if config.smtp_url else f"A letter to {to} lies in {config.mail_dir}."
    )
    click.echo(where)


@command.command("send")
def send() -> None:
    """Send what is due now, and what waits; exits 2 where the mail server cannot be used."""
    from tracker import schema
    from tracker.config import Config
    from tracker.db import Database
    from tracker.telling import hearing, sending
    from transcripts.errors import Refusal

    config = Config.from_env()
    with Database(config.database_url) as database:
        schema.require_current(database)
        while hearing.carry_out(database):
            pass
        done = sending.send_now(database, config)
    where = "" if config.smtp_url else f" They are files in {config.mail_dir}: TRACKER_SMTP_URL names no mail server."
    click.echo(f"{done.sent} sent, {done.delayed} to be tried again, {done.refused} refused for good.{where}")
    if done.unreached:
        raise Refusal(LOST, why=done.unreached)
