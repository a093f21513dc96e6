"""Handing letters over: to a mail server (SMTP), or as files in the home folder where none is named."""

import os
import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from tracker.config import Config
from transcripts.errors import Refusal

TIMEOUT = 20.0
"""Seconds a mail server has for each answer."""
PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NO_SERVER = (
    "TRACKER_SMTP_URL is no address of a mail server. One looks like starttls://user:password@mail.example.org:587."
)
IN_THE_CLEAR = "TRACKER_SMTP_URL would send the password unencrypted. Write starttls:// or smtps:// instead of smtp://."


class Unreached(Exception):
    """The mail server cannot be used now, for any letter: the reason, without password and address."""


class Delayed(Exception):
    """The mail server does not take this letter now; `str()` is its code."""


class Refused(Exception):
    """The mail server will never take a letter to this address; `str()` is its code."""


TROUBLE = (Unreached, Delayed, Refused)
"""All that can go wrong with handing over one letter."""


class Post(Protocol):
    """Takes letters. `close` lets go of the connection."""

    def send(self, to: str, message: EmailMessage) -> None:
        """Hand one letter over; once this returns it is somebody else's to deliver. Raises Unreached, Delayed, Refused."""

    def close(self) -> None:
        """Let go of what is held."""


@dataclass(frozen=True)
class Server:
    """A mail server as TRACKER_SMTP_URL names it."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def server(url: str) -> Server:
    """The server of a setting. Raises Refusal, which never repeats what was written: it may hold a password."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise Refusal(NO_SERVER) from error
    if not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise Refusal(NO_SERVER)
    if parts.username and parts.scheme == "smtp" and parts.hostname not in LOOPBACK:
        raise Refusal(IN_THE_CLEAR)
    return Server(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


class SmtpPost:
    """A connection to a mail server, opened with the first letter and kept for the next."""

    def __init__(self, to: Server, hello: str, timeout: float = TIMEOUT) -> None:
        self.server = to
        self.hello = hello
        self.timeout = timeout
        self._held: smtplib.SMTP | None = None

    def connect(self) -> smtplib.SMTP:
        """A connection that may send. Raises Unreached."""
        if self._held is None:
            try:
                self._held = self._opened()
            except (OSError, smtplib.SMTPException) as error:
                raise Unreached(_reason(error)) from error
        return self._held

    def _opened(self) -> smtplib.SMTP:
        told = self.server
        if told.scheme == "smtps":
            held: smtplib.SMTP = smtplib.SMTP_SSL(
                told.host, told.port, self.hello, timeout=self.timeout, context=ssl.create_default_context()
            )
        else:
            held = smtplib.SMTP(told.host, told.port, self.hello, timeout=self.timeout)
        try:
            if told.scheme == "starttls":
                held.starttls(context=ssl.create_default_context())
            if told.user:
                held.login(told.user, told.password)
        except BaseException:
            held.close()
            raise
        return held

    def send(self, to: str, message: EmailMessage) -> None:
        held = self.connect()
        sender = message["From"].addresses[0].addr_spec
        try:
            held.sendmail(sender, [to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise (Refused if _no_such_address(code, said) else Delayed)(str(code)) from error
        except smtplib.SMTPDataError as error:
            raise Delayed(str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unreached(_reason(error)) from error

    def close(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            with suppress(OSError, smtplib.SMTPException):
                held.quit()
            held.close()


class FilePost:
    """Letters as files, `<folder>/<the letter's own id>.eml`: sent again it is the same file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, to: str, message: EmailMessage) -> None:
        name = f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f".{name}.part"
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            path.replace(self.folder / name)
        except OSError as error:
            raise Unreached(error.strerror or "the folder cannot be written") from error

    def close(self) -> None:
        """Nothing is held."""


def post_of(config: Config) -> Post:
    """The way letters go from this site. Raises Refusal for a setting that is wrong."""
    return smtp_of(config) if config.smtp_url else FilePost(config.mail_dir)


def smtp_of(config: Config, timeout: float = TIMEOUT) -> SmtpPost:
    """The mail server of this site, greeted by the site's own name. Raises Refusal for a setting that is wrong."""
    host = urlsplit(config.site_url).hostname or "localhost"
    return SmtpPost(server(config.smtp_url), f"[{host}]" if host[-1].isdigit() else host, timeout)


def _no_such_address(code: int, said: bytes) -> bool:
    """Whether it is the address that is wrong. A server that does not trust us (5.7.1) says no to every address: that ends nothing."""
    told = re.match(rb"5\.(\d+)\.\d+", said)
    return code in (550, 551, 553, 556) and (told is None or told[1] in (b"1", b"2"))


def _reason(error: Exception) -> str:
    """Why, in a few words: a server's own sentence may repeat what it was sent, so only its code is told."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"it does not accept user and password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"it does not accept the sender ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "it does not offer what the setting asks for (encryption or signing in)"
    if isinstance(error, ssl.SSLError):
        return "its certificate or encryption cannot be trusted"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "it does not answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the connection was broken off"
