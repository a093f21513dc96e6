"""Somebody who walks through follow-through as nobody and as everybody: pages read at odd addresses, their forms sent, odd and not.

The links, forms and secrets of the pages that were seen lead on, so that what takes a valid token, version or key is reached.
A fault is an answer of 500, one that takes longer than `SLOW` seconds, and a record half written: whatever refuses changes
nothing, and what is done is one transaction with its line in the log.
"""

import io
import logging
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import quote, urlsplit

from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import event
from sqlmodel import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from positions.entries import KINDS
from positions.followthrough.models.acts import ExternalAct
from positions.followthrough.models.commitments import Commitment
from positions.followthrough.models.designs import ProgramModel
from positions.followthrough.models.documents import Document
from positions.followthrough.models.figures import Indicator
from positions.followthrough.models.programs import Program
from positions.followthrough.models.requests import RecordsRequest
from positions.followthrough.models.terms import GlossaryTerm
from tests.fuzz.forms import ODD, File, Filled, Form, forms_of
from tests.positions.followthrough import bridge
from tests.positions.town import load_text
from tests.tracker.confiding import take_testimony
from tests.tracker.desk import OURS, Desk, Visitor
from tracker.db import Database

SLOW = 5.0
ROOMS = "programs models commitments figures documents acts requests glossary".split()
PREFIXES = (
    *(f"/{name}" for name in ROOMS),
    *(f"/desk/{name}" for name in (*ROOMS, "findings", "testimony", "undo", "changes")),
    *("/search/documents", "/tell", "/reply/program"),
)
BESIDE = {"rate_count", "sign_in", "done_form", "audit_entry"}
"""Tables that are no part of the record: a refusal may count a try."""
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.I)
CODE = re.compile(r'<p class="secret">([A-Z0-9]{4}-[A-Z0-9-]+)</p>')
SECRET = re.compile(r"/reply/program/[\w-]{20,}|/desk/undo/[0-9A-Z]{26}")


NOUNS = {
    "design": ProgramModel,
    "program": Program,
    "document": Document,
    "commitment": Commitment,
    "figure": Indicator,
    "records_request": RecordsRequest,
    "act": ExternalAct,
    "term": GlossaryTerm,
}
"""The tables of what forms fill in, by the kind of their entries."""


def town(desk: Desk) -> None:
    """Something to walk in: a town with a race, a program, and testimony that is taken."""
    load_text(desk.database)
    with desk.database.write() as session:
        bridge.store(session)
    take_testimony(desk.database, desk.app.config["TRACKER"])


def spoilt(database: Database) -> list[str]:
    """What is held by now and cannot be stored again just as it stands."""
    found = []
    for kind, table in NOUNS.items():
        with database.write() as session:
            for slug in session.exec(select(table.slug)).all():
                held = KINDS[kind].read(session, slug)
                assert held is not None
                KINDS[kind].write(session, slug, held)
                session.expire_all()
                if KINDS[kind].read(session, slug) != held:
                    found.append(f"{kind} {slug}")
    return found


@dataclass
class Walk:
    """One walk: what was asked how often with which answer, and what should not have been answered."""

    desk: Desk
    dice: random.Random
    asked: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    known: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Addresses that stood on a page, by the rule they belong to."""
    sent: list[tuple[str, Filled]] = field(default_factory=list)
    """Forms as they went out, to be sent again."""

    codes: list[str] = field(default_factory=list)
    """Codes that take testimony back."""

    def go(self, steps: int) -> None:
        """Take so many steps: a page each, and mostly one of its forms."""
        rules = [rule for rule in self.desk.app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)]
        reading = [rule for rule in rules if "GET" in (rule.methods or ())]
        writing = [rule for rule in rules if "POST" in (rule.methods or ())]
        visitors = [self.desk.nobody(), self.desk.as_("editor"), self.desk.as_("admin")]
        visitors += [self.desk.as_("admin", "editor") for _ in range(2)]
        with self._watched() as committed, self._logged() as broken:
            self._committed, self._broken = committed, broken
            for _ in range(steps):
                visitor = self.dice.choice(visitors)
                if self.dice.random() < 0.1:
                    self._post(visitor, self._path(self.dice.choice(writing)), {"why": [self.dice.choice(ODD)]})
                elif self.dice.random() < 0.05 and self.sent:
                    self._post(visitor, *self.dice.choice(self.sent))
                else:
                    self._step(visitor, self._path(self.dice.choice(reading)))

    def _step(self, visitor: Visitor, path: str) -> None:
        answer = self._ask(visitor, "GET", path)
        forms = self._seen(answer, path)
        if not forms or self.dice.random() < 0.15:
            return
        form = min(self.dice.sample(forms, min(3, len(forms))), key=self._times)
        if form.action.endswith("/remove") and self.dice.random() < 0.5:
            return  # what is taken away at once is never found, answered or counted
        odd = self.dice.choice((0.0, 0.0, 0.02, 0.1, 0.5))
        filled = form.filled(self.dice, odd)
        if "code" in filled and self.codes and form.action.endswith("/take-back"):
            filled["code"] = [self.dice.choice(self.codes)]
        action = (
            form.action if self.dice.random() < 0.97 else form.action + self.dice.choice(("/x", "?about=%00", "?n=1"))
        )
        self.sent = [*self.sent[-30:], (action, filled)]
        done = self._post(visitor, action, filled)
        again = [one for one in self._seen(done, action) if done.status_code in (200, 422) and self.dice.random() < 0.5]
        if again:
            form = self.dice.choice(again)
            done = self._post(visitor, form.action, form.filled(self.dice, 0))
        if done.status_code == 303:
            after = done.headers["Location"]
            self._seen(self._ask(visitor, "GET", after), after)

    def _times(self, form: Form) -> int:
        rule = self._rule("POST", form.action)
        return sum(n for (method, asked, _), n in self.asked.items() if (method, asked) == ("POST", rule))

    def _post(self, visitor: Visitor, path: str, filled: Filled) -> TestResponse:
        return self._ask(visitor, "POST", path, filled)

    def _ask(self, visitor: Visitor, method: str, path: str, data: Filled | None = None) -> TestResponse:
        self._committed.clear()
        self._broken.clear()
        began = perf_counter()
        where = {"REMOTE_ADDR": f"10.{self.dice.randrange(250)}.{self.dice.randrange(250)}.7"}
        opened = {name: [_opened(one) for one in values] for name, values in (data or {}).items()} or None
        answer = visitor.client.open(path, method=method, data=opened, headers=OURS, environ_overrides=where)
        took = perf_counter() - began
        rule = self._rule(method, path)
        self.asked[method, rule, answer.status_code] += 1
        wrong = list(self._wrong(method, answer, took))
        if wrong:
            told = f"{method} {path[:200]} {dict(data or {})!r:.1500}"
            self.faults += [f"{what}: {told}\n{''.join(self._broken)}" for what in wrong]
        return answer

    def _wrong(self, method: str, answer: TestResponse, took: float) -> Iterator[str]:
        if answer.status_code >= 500:
            yield f"{answer.status_code}"
        if took > SLOW:
            yield f"{took:.1f} s"
        written = [tables - BESIDE for tables in self._committed if tables - BESIDE]
        if answer.status_code >= 400 and written:
            yield f"refused with {answer.status_code}, and yet it wrote {written}"
        if method == "GET" and written:
            yield f"reading wrote {written}"
        if len(written) > 1:
            yield f"done in {len(written)} transactions: {written}"

    def _seen(self, answer: TestResponse, path: str) -> list[Form]:
        """The forms of a page that belong here; its addresses are remembered."""
        if answer.mimetype != "text/html":
            return []
        tree = LexborHTMLParser(answer.text)
        found = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
        self.codes += CODE.findall(answer.text)
        for address in [*found, *SECRET.findall(answer.text)]:
            parts = urlsplit(address)
            if not parts.netloc and parts.path.startswith(PREFIXES):
                self._remember("GET", f"{parts.path}?{parts.query}".rstrip("?"))
        forms = [form for form in forms_of(tree, path) if urlsplit(form.action).path.startswith(PREFIXES)]
        for form in forms:
            self._remember("POST", form.action)
        return forms

    def _remember(self, method: str, path: str) -> None:
        held = self.known[self._rule(method, path)]
        if path not in held:
            held.append(path)
            del held[:-60]

    def _path(self, rule: Rule) -> str:
        """An address of this rule: one that was seen, mostly, or one with odd things in its places; with or without a query."""
        held = self.known.get(rule.rule, [])
        seen = held and self.dice.random() < 0.85
        path = self.dice.choice(held) if seen else re.sub(r"<[^>]+>", lambda _: self._odd_place(), rule.rule)
        if self.dice.random() < 0.2:
            names = (
                "about",
                "value",
                "due",
                "by",
                "with",
                "page",
                "q",
                "kept",
                "program",
                "from",
                "standing",
                "evidence",
            )
            path += f"{'&' if '?' in path else '?'}{self.dice.choice(names)}={quote(self.dice.choice(ODD)[:200])}"
        return path

    def _odd_place(self) -> str:
        seen = [part for held in self.known.values() for path in held for part in path.split("?")[0].split("/")[2:]]
        if seen and self.dice.random() < 0.5:
            return self.dice.choice(seen)
        return quote(self.dice.choice(ODD)[:300], safe="") or "x"

    def _rule(self, method: str, path: str) -> str:
        parts = urlsplit(path)
        try:
            found = self.desk.app.url_map.bind("localhost").match(parts.path, method, return_rule=True)
        except HTTPException:
            return "none"
        rule = found[0]
        return rule.rule if isinstance(rule, Rule) else "none"

    @contextmanager
    def _watched(self) -> Iterator[list[set[str]]]:
        """The tables that each transaction wrote which was committed, since the list was emptied."""
        committed: list[set[str]] = []
        writing: dict[int, set[str]] = defaultdict(set)

        def run(connection: object, _cursor: object, statement: str, *_: object) -> None:
            if found := WRITES.match(statement):
                writing[id(connection)].add(found[1].lower())

        def commit(connection: object) -> None:
            if tables := writing.pop(id(connection), None):
                committed.append(tables)

        def rollback(connection: object) -> None:
            writing.pop(id(connection), None)

        hooks = (("before_cursor_execute", run), ("commit", commit), ("rollback", rollback))
        for name, hook in hooks:
            event.listen(self.desk.database.writer, name, hook)
        yield committed
        for name, hook in hooks:
            event.remove(self.desk.database.writer, name, hook)

    @contextmanager
    def _logged(self) -> Iterator[list[str]]:
        """What the application wrote of its failures, since the list was emptied."""
        told: list[str] = []
        form = logging.Formatter()

        class Kept(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                if record.levelno >= logging.ERROR:
                    told.append(form.format(record)[-3000:])

        handler = Kept()
        self.desk.app.logger.addHandler(handler)
        yield told
        self.desk.app.logger.removeHandler(handler)


def _opened(value: str | File) -> str | tuple[io.BytesIO, str]:
    return value if isinstance(value, str) else (io.BytesIO(value[0]), value[1])
