"""A letter as a mail program takes it, in plain text and HTML; every address in it is the site's own, from its settings."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session, col, select

from tracker import TEMPLATES, citing
from tracker.citing import shortened
from tracker.config import Config
from tracker.i18n import gettext, long_date, moment, ngettext, speaking
from tracker.telling import contents, links, searches
from tracker.telling.addresses import address
from tracker.telling.models import Follower, Letter, SavedSearch, Subscription
from tracker.telling.subscribing import host_of
from transcripts.citing.citation import one_line
from transcripts.errors import Refusal
from transcripts.search.names import Names

SUBJECT = 120
NO_SENDER = "TRACKER_MAIL_FROM is “{said}”; it must be an address, such as Said & Done <told@example.org>."
FREQUENCY_WORDS = {"once": "at once", "daily": "once a day", "weekly": "once a week"}


class _Whole(EmailPolicy):
    """Addresses in angle brackets stay on one line and as they are: the standard library would encode long ones."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in ("list-unsubscribe", "list-id", "message-id"):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Whole(linesep="\r\n", max_line_length=SMTP.max_line_length)


def write(
    session: Session, letter: Letter, config: Config, secret: bytes, names: Names
) -> tuple[str, EmailMessage] | None:
    """The letter and the address it goes to; None where nothing is left to tell, or nobody to tell it to."""
    row = session.exec(
        select(Subscription, Follower, SavedSearch)
        .join(Follower, col(Follower.id) == col(Subscription.follower_id))
        .join(SavedSearch, col(SavedSearch.id) == col(Subscription.saved_search_id))
        .where(Subscription.id == letter.subscription_id)
    ).first()
    if row is None:
        return None
    subscription, follower, search = row
    with speaking(subscription.lang):
        by = citing.voice(session, config, subscription.lang, gettext)
        told = contents.told(session, search, letter, by) if letter.kind == "news" else None
        if told is not None and not (told.corrections or told.passages):
            return None
        name = searches.name(names, search.parameters, subscription.lang, gettext)
        said = {
            **of_site(session, config, subscription.lang),
            "name": name,
            "told": told,
            "known": subscription.state == "confirmed",
            "how_often": gettext(FREQUENCY_WORDS[subscription.frequency]),
            "search": by.address(f"/search?{search.parameters}"),
            "confirm": by.address(f"/follow/confirm/{links.link(secret, 'confirm', subscription.ref)}"),
            "mine": by.address(f"/follow/mine/{links.link(secret, 'mine', follower.ref)}"),
            "stop": by.address(f"/follow/stop/{links.link(secret, 'stop', subscription.ref)}"),
        }
        subject = _subject(told, name) if told else gettext("Please confirm: %(name)s") % {"name": name}
        message = compose(config, follower.address, subject, letter.kind, said)
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(letter.created_at)
    message["List-Id"] = f"<search-{search.id}.{host_of(config.site_url)}>"
    message["List-Unsubscribe"] = f"<{said['stop']}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return follower.address, message


def of_site(session: Session, config: Config, lang: str) -> dict[str, Any]:
    """What every letter says of the site."""
    by = citing.voice(session, config, lang, gettext)
    return {"lang": lang, "site": by.name, "publisher": by.publisher, "name": by.name, "home": by.address("/")}


def compose(config: Config, to: str, subject: str, template: str, said: dict[str, Any]) -> EmailMessage:
    """A letter of two parts, each whole by itself: plain text and HTML."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender(config)
    message["To"] = to
    message["Subject"] = shortened(one_line(subject), SUBJECT)
    message["Auto-Submitted"] = "auto-generated"
    text = _templates().get_template(f"letters/{template}.txt").render(said)
    message.set_content(text.strip() + "\n", cte="quoted-printable")
    html = _templates().get_template(f"letters/{template}.html").render(said)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def sender(config: Config) -> Address:
    """Whom letters come from. Raises Refusal where the setting is no address."""
    if not config.mail_from and not config.smtp_url:
        return Address("Said & Done", "told", host_of(config.site_url))  # letters as files go nowhere
    name, found = parseaddr(config.mail_from)
    try:
        return Address(one_line(name), addr_spec=address(found))
    except Refusal as refusal:
        raise Refusal(NO_SENDER, said=config.mail_from) from refusal


def _subject(told: contents.Told, name: str) -> str:
    counted = []
    if told.corrected:
        counted.append(ngettext("%(num)s correction", "%(num)s corrections", told.corrected) % {"num": told.corrected})
    if told.found:
        counted.append(ngettext("%(num)s new passage", "%(num)s new passages", told.found) % {"num": told.found})
    return f"{', '.join(counted)}: {name}"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    install: Any = vars(made)["install_gettext_callables"]
    install(gettext, ngettext, newstyle=True)
    made.filters.update(long_date=long_date, moment=moment)
    return made
