"""Whether addresses still answer: each is asked for once a week, one that fails sooner; nothing inside a network is ever asked.

Off unless TRACKER_LINK_CHECK=on. A name is resolved once, every address it has must be public, and the connection goes to that
very address; redirects pass the same gate. Nothing of an answer is kept but its status.
"""

import http.client
import ipaddress
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from positions.followthrough import links
from positions.followthrough.links import Answer
from positions.followthrough.queries import links as addresses
from tracker.config import Config
from tracker.db import Database, stamp_of
from transcripts.models import now

SILENCE_S = 10.0
"""Seconds to wait for a connection, and for each piece of an answer."""
WHOLE_S = 20.0
"""Seconds for one question and its answer."""
MOST_BYTES = 65_536
"""Of an answer; what follows is left."""
REDIRECTS = 5
PAUSE_S = 2.0
"""Between two addresses."""
EVERY_S = 600.0
BATCH = 20
PORTS = {"http": 80, "https": 443}
_NEEDS_GET = frozenset({400, 403, 404, 405, 500, 501, 503})
"""Answers to HEAD of places that may not know it."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolve = Callable[[str], Sequence[str]]
Connect = Callable[[str, int], socket.socket]


def resolve(host: str) -> Sequence[str]:
    """Every address of a name. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def connect(address: str, port: int) -> socket.socket:
    """A connection to an address. Raises OSError."""
    return socket.create_connection((address, port), SILENCE_S)


@dataclass(frozen=True)
class Asker:
    """How addresses are asked for; tests bring a network of their own."""

    agent: str
    resolve: Resolve = resolve
    connect: Connect = connect

    def ask(self, url: str) -> Answer:
        """What an address answers: HEAD, and GET where that is not understood."""
        answer = self._followed(url, "HEAD")
        return self._followed(url, "GET") if answer.status in _NEEDS_GET else answer

    def _followed(self, url: str, method: str) -> Answer:
        for _ in range(REDIRECTS + 1):
            answer, further = self._once(url, method)
            if further is None:
                return answer
            url = _joined(url, further)
        return Answer(why="redirects")

    def _once(self, url: str, method: str) -> tuple[Answer, str | None]:
        """The answer to one question, and where it sends us on."""
        try:
            parts = urlsplit(url)
            port = _port(parts)
        except ValueError:
            return Answer(why="refused"), None
        if port is None or not parts.hostname:
            return Answer(why="refused"), None
        try:
            found = list(dict.fromkeys(self.resolve(parts.hostname)))
        except (OSError, UnicodeError):
            return Answer(why="nobody"), None
        if not found or not all(map(is_public, found)):
            return Answer(why="refused" if found else "nobody"), None
        try:
            return self._spoken(parts, found[0], port, method)
        except ssl.SSLCertVerificationError:
            return Answer(why="certificate"), None
        except TimeoutError:
            return Answer(why="silent"), None
        except (http.client.HTTPException, ValueError):
            return Answer(why="nonsense"), None
        except OSError:
            return Answer(why="closed"), None

    def _spoken(self, parts: SplitResult, address: str, port: int, method: str) -> tuple[Answer, str | None]:
        host = str(parts.hostname)
        with self.connect(address, port) as raw:
            raw.settimeout(SILENCE_S)
            ended = threading.Event()
            watch = threading.Timer(WHOLE_S, _end, (raw, ended))
            watch.start()
            try:
                sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host) if port == 443 else raw
                asked = http.client.HTTPConnection(host, port, timeout=SILENCE_S)
                asked.sock = sock
                path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
                    f"?{_safe(parts.query)}" if parts.query else ""
                )
                asked.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"})
                answer = asked.getresponse()
                answer.read(MOST_BYTES)
                further = answer.getheader("Location") if answer.status in (301, 302, 303, 307, 308) else None
                return Answer(answer.status), further
            except (OSError, http.client.HTTPException):
                if ended.is_set():
                    return Answer(why="silent"), None
                raise
            finally:
                watch.cancel()


def _end(raw: socket.socket, ended: threading.Event) -> None:
    """Break off an answer that takes for ever."""
    ended.set()
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        ended.set()  # it has ended by itself


def _joined(url: str, further: str) -> str:
    """Where an answer sends us on; nowhere that can be asked for where what it says is no address."""
    try:
        return urljoin(url, further)
    except ValueError:
        return ""


def _safe(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~?[]")


def _port(parts: SplitResult) -> int | None:
    """The port of an address that may be asked for: that of its scheme and no other, without a name or password in it."""
    if parts.scheme not in PORTS or parts.username is not None or parts.password is not None:
        return None
    return PORTS[parts.scheme] if parts.port in (None, PORTS[parts.scheme]) else None


def is_public(address: str) -> bool:
    """Whether an address is one of the public network, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def known_failing(session: Session) -> Mapping[str, datetime]:
    """Since when each address has failed that does. No statement while nothing was written; one where something was."""
    site, stamp = str(session.get_bind().engine.url), stamp_of(session)
    held = _REMEMBERED.get(site)
    if held and stamp is not None and held[0] == stamp:
        return held[1]
    failing = addresses.all_failing(session)
    if stamp is not None:
        _REMEMBERED[site] = stamp, failing
    return failing


_REMEMBERED: dict[str, tuple[Hashable, Mapping[str, datetime]]] = {}


def agent_of(config: Config) -> str:
    """How we say who asks."""
    return f"SaidAndDone link check (+{config.site_url})"


def check(
    database: Database,
    asker: Asker,
    limit: int,
    told: Callable[[str, Answer], None] = lambda url, answer: None,
    pause: Callable[[], bool] = lambda: False,
    clock: Callable[[], datetime] = now,
) -> int:
    """Ask for at most `limit` addresses that are due, and keep what each answered; how many. `pause` comes between two, and may end it."""
    with database.read() as session:
        waiting = addresses.due(session, clock(), limit)
    for n, url in enumerate(waiting):
        if n and pause():
            return n
        answer = asker.ask(url)
        with database.write() as session:
            links.record(session, url, answer, clock())
        told(url, answer)
    return len(waiting)


def work(database: Database, config: Config, stop: Event) -> None:
    """Ask for what is due until told to stop; nothing where the site does not want it."""
    asker = Asker(agent_of(config))
    while config.link_check and not stop.is_set():
        try:
            check(database, asker, BATCH, pause=lambda: stop.wait(PAUSE_S))
        except (SQLAlchemyError, OSError) as trouble:
            logging.getLogger(__name__).warning("Addresses wait to be asked for: %s", trouble)
        stop.wait(EVERY_S)
