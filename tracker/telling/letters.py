"""What a letter says, read from the record at the moment it is sent, and the letter as a mail program takes it.

Corrections come first and are called that; quotation marks stand round words of the record only; every address is the site's own,
from its settings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session, col, select

from tracker import TEMPLATES, citing
from tracker.asking import known_names
from tracker.citing import Voice, shortened
from tracker.config import Config
from tracker.i18n import gettext, long_date, moment, ngettext, speaking
from tracker.reasons import change_reason
from tracker.telling import links, searches
from tracker.telling.addresses import address
from tracker.telling.models import Finding, Follower, Letter, SavedSearch, Subscription
from tracker.telling.subscribing import host_of
from tracker.wording import correction_value, correction_words
from transcripts.citing import days
from transcripts.citing.citation import asker, one_line, quoted, recording, trust, where, who
from transcripts.errors import Refusal
from transcripts.models import Turn
from transcripts.queries import citations, corrections, documents
from transcripts.queries.citations import CITABLE, Place, Quoted
from transcripts.queries.corrections import CorrectionLine
from transcripts.queries.documents import Spoken

MOST = 25
"""Passages in a letter, corrections among them; of more it says how many."""
SHOWN = 700
"""Code points of a passage; of longer ones the beginning, the omission marked."""
CHANGED, BEFORE_IT = 400, 80
"""Code points of words before and after a correction, and of those repeated before the first that differs."""
SUBJECT = 120
NO_SENDER = "TRACKER_MAIL_FROM is “{said}”; it must be an address, such as Said & Done <told@example.org>."
FREQUENCY_WORDS = {"once": "at once", "daily": "once a day", "weekly": "once a week"}


@dataclass(frozen=True)
class Passage:
    """Words to be told of, in the letter's language but for `words`. `quotation`: somebody spoke them, so that marks stand round them."""

    words: tuple[str, ...]
    lang: str
    quotation: bool
    by: str
    asked: str
    trust: str
    hear: str
    url: str


@dataclass(frozen=True)
class Corrected:
    """A correction of words that were told of or found before. `before` and `after` begin near where they differ."""

    what: str
    before: str
    after: str
    why: str
    at: datetime
    by: str
    url: str
    undoes: bool


@dataclass(frozen=True)
class Told:
    """What a letter tells, and how much more there is than it has room for."""

    corrections: tuple[Corrected, ...]
    passages: tuple[Passage, ...]
    corrected: int
    found: int

    @property
    def more(self) -> int:
        """How many stand only on the site."""
        return self.corrected + self.found - len(self.corrections) - len(self.passages)


class _Whole(EmailPolicy):
    """Addresses in angle brackets stay on one line and as they are: the standard library would encode long ones."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in ("list-unsubscribe", "list-id", "message-id"):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Whole(linesep="\r\n", max_line_length=SMTP.max_line_length)


def write(session: Session, letter: Letter, config: Config, secret: bytes) -> tuple[str, EmailMessage] | None:
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
        told = _told(session, search, letter, by) if letter.kind == "news" else None
        if told is not None and not (told.corrections or told.passages):
            return None
        name = searches.name(known_names(session), search.parameters, subscription.lang, gettext)
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


def _subject(told: Told, name: str) -> str:
    counted = []
    if told.corrected:
        counted.append(ngettext("%(num)s correction", "%(num)s corrections", told.corrected) % {"num": told.corrected})
    if told.found:
        counted.append(ngettext("%(num)s new passage", "%(num)s new passages", told.found) % {"num": told.found})
    return f"{', '.join(counted)}: {name}"


def _told(session: Session, search: SavedSearch, letter: Letter, by: Voice) -> Told:
    """What the ledger has from `first` to `last`, as far as it may be shown now."""
    rows = session.exec(
        select(Finding)
        .where(
            Finding.saved_search_id == search.id,
            col(Finding.id).between(letter.first, letter.last),
            Finding.kind != "baseline",
        )
        .order_by(col(Finding.id))
    ).all()
    new = [one.turn_key for one in rows if one.kind == "new"]
    # words that are told for the first time are told as they stand: what was corrected before is no news of them
    changed = {one.correction_id for one in rows if one.kind == "correction"} if rows else set()
    fresh = set(new)
    lines = [one for one in corrections.of_ids(session, changed).values() if one.turn_key not in fresh]
    lines.sort(key=lambda one: (one.at, one.id))
    spoken = _in_order(session, new)
    shown = lines[:MOST]
    keys = [one.key for one in spoken[: MOST - len(shown)]]
    quotations = _quoted(session, {*keys, *(one.turn_key for one in shown)})
    return Told(
        tuple(_corrected(one, quotations.get(one.turn_key), by) for one in shown),
        tuple(_passage(quotations[key], by) for key in keys if key in quotations),
        len(lines),
        len(spoken),
    )


def _in_order(session: Session, keys: Sequence[str]) -> list[Spoken]:
    """Those of the turns that may be shown, the latest forum first, each in the order of what was said."""
    found: list[Spoken] = []
    for start in range(0, len(keys), TURNS_AT_ONCE):
        found += documents.of_turns(session, keys[start : start + TURNS_AT_ONCE])
    return sorted(found, key=lambda one: (-one.held_on.toordinal(), one.forum, one.position))


TURNS_AT_ONCE = 2_000
"""Turns asked for in one statement."""


def _quoted(session: Session, keys: Iterable[str]) -> dict[str, Quoted]:
    rows = session.exec(select(Turn.id, Turn.version).where(col(Turn.key).in_(set(keys)))).all()
    found = citations.of_places(session, [Place(id or 0, version) for id, version in rows])
    return {one.turn.key: one for one in found if one is not None}


def _passage(found: Quoted, by: Voice) -> Passage:
    cited = replace(citing.citation(found, by), words=shortened(found.words, SHOWN))
    asked = asker(cited.question, gettext) if cited.question else ""
    return Passage(
        words=tuple(one_line(one) for one in cited.words.split("\n") if one.strip()),
        lang=cited.words_lang,
        quotation=found.turn.kind in CITABLE,
        by=", ".join(filter(None, (who(cited, gettext), where(cited), days.full(cited.held_on, by.lang), cited.clock))),
        asked=f"{asked[:1].upper()}{asked[1:]}: {quoted(cited.question.words, gettext)}" if cited.question else "",
        trust=trust(cited),
        hear=recording(cited, gettext) if cited.at_second else "",
        url=cited.permalink,
    )


def _corrected(line: CorrectionLine, found: Quoted | None, by: Voice) -> Corrected:
    before, after = (correction_value(line.kind, value) for value in (line.before, line.after))
    told = [line.forum.title.within(by.lang), days.full(line.forum.held_on, by.lang)]
    name = (found.turn.speaker_name or found.turn.label) if found else None
    return Corrected(
        what=correction_words(line.kind),
        before=_near(before, after),
        after=_near(after, before),
        why=change_reason(line.why),
        at=line.at,
        by=", ".join([name, *told] if name else told),
        url=by.address(
            f"/turns/{line.turn_key}/history" if line.turn_status == "current" else f"/turns/{line.turn_key}"
        ),
        undoes=line.undoes is not None,
    )


def _near(text: str, other: str) -> str:
    """Words from a little before where they differ from others, what is left out marked."""
    same = next(
        (n for n, (one, two) in enumerate(zip(text, other, strict=False)) if one != two), min(len(text), len(other))
    )
    if len(text) <= CHANGED or same <= BEFORE_IT:
        return one_line(shortened(text, CHANGED))
    start = text.find(" ", same - BEFORE_IT) + 1 or same
    return one_line(f"[…] {shortened(text[min(start, same) :], CHANGED)}")


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
