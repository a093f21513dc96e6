"""The method page says what the code does: no number stands in its template, and a constant that changes changes the page."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

import tracker
from positions import auditing, change, leaks, matching, quiz, quoting, scale, stance_rules
from positions.queries import contests
from tests.corpora import ROOT
from tests.databases import migrated_file
from tests.positions.town import TOWN, load_text
from tests.tracker.calling import site
from tests.world import config_in
from tracker import create_app
from tracker.freezing import agreeing, calendar
from tracker.i18n import share
from tracker.pages import audit
from tracker.replying import replies
from transcripts.vocabulary import GRADE_WORDS, REASON_WORDS

HARTFORD = Path(tracker.__file__).parent / "demo" / "hartford.yaml"
RACE = "hartford-mayor-2015"
TEMPLATE = ROOT / "templates" / "method" / "show.html"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home = tmp_path_factory.mktemp("method")
    made = site(home, f"sqlite:///{home / 'tracker.db'}")
    assert made.tracker("load", str(HARTFORD)).code == 0
    app = create_app(replace(config_in(home), database_url=made.url))
    yield app
    app.extensions["database"].dispose()


def words(app: Flask, path: str = "/method") -> str:
    """The text of the page without markup and line breaks."""
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])).split())


def test_no_number_is_typed_into_the_template() -> None:
    said = re.findall(r'_\("([^"]*)"', TEMPLATE.read_text()) + re.findall(r">([^<>{}]+)<", TEMPLATE.read_text())
    assert said
    assert [text for text in said if re.search("[0-9]", text.replace("CRC-32", ""))] == []


CONSTANTS = [
    (stance_rules, "LONGEST_FRAGMENT", 7_019, "at most 7019 words of a source"),
    (quoting, "LEAST", 7_027, "Of a quotation 7027 to"),
    (quoting, "MOST", 7_039, "to 7039 words, looked at"),
    (quoting, "PASSAGES", 7_043, "at most 7043 passages"),
    (matching, "STEPS", {"1": Fraction(7_057)}, "I agree 7,057"),
    (matching, "WEIGHTS", {"2": Fraction(7_069)}, "Counts double 7,069"),
    (matching, "AGREES", Fraction(37, 100), "From 37% on"),
    (quiz, "RATINGS", {"0.5": Fraction(7_079)}, "I partly agree 7,079"),
    (quiz, "LEAST_ISSUES", 7_103, "a quiz 7103 issues"),
    (quiz, "LEAST_CANDIDATES", 7_109, "the words of 7109 candidates"),
    (leaks, "CUE_WORDS", {"name": "a whistle"}, "who speaks: a whistle."),
    (change, "CODERS", 7_121, "judged by 7121 people"),
    (change, "CHANGED_FROM", 7_127, "less than 7127, on the same side: A shift in strength"),
    (change, "REVERSED_FROM", 7_129, "7129 or more: The opposite position"),
    (calendar, "DAYS", 7_151, "From 7151 days before election day"),
    (agreeing, "LASTS", timedelta(minutes=7_159), "for 7159 minutes"),
    (replies, "WORDS", 7_177, "at most 7177 words"),
    (audit, "VOTERS", 71, "71 machine voters"),
    (auditing, "BLANKED", 0.37, "takes 37% of"),
    (auditing, "YEAR", 71, "Days first, of 71"),
    (scale, "VALUE", {scale.Code.SUPPORT: 7_187.0}, "Supports 7,187"),
]


@pytest.mark.parametrize(("room", "name", "odd", "told"), CONSTANTS, ids=lambda value: str(value)[:30])
def test_the_page_follows_the_constants(
    app: Flask, monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str, odd: object, told: str
) -> None:
    assert told not in words(app)
    monkeypatch.setattr(room, name, odd)
    assert told in words(app)


def test_every_code_of_the_vocabularies_is_told_with_its_number(app: Flask) -> None:
    said = words(app)
    for code, text in scale.PRINTED.items():
        value = scale.VALUE.get(code)
        assert f"{text} {'none' if value is None else f'{value:g}'}" in said
    assert all(text in said for text in REASON_WORDS.values())
    assert all(text.partition("{")[0] in said for text in (*scale.TIER_WORDS.values(), *GRADE_WORDS.values()))
    assert all(text in said for text in (*change.CHANGE_WORDS.values(), *change.GUARD_WORDS.values()))


def test_the_audits_of_a_race_are_summed_up(app: Flask) -> None:
    with app.extensions["database"].read() as session:
        held = contests.comparison_of(session, RACE, "statement", "rotation", datetime.now(UTC))
    numbers = auditing.grid(held)
    firsts, silenced = auditing.bots(numbers, "binary", 1_000, 1), auditing.silence(numbers, 1_000, 1)
    found, said = auditing.summary(held, firsts, silenced), words(app)
    assert f"Words shown of each {found.words[0]} to {found.words[1]}" in said and 0 < found.words[0] < found.words[1]
    assert (
        f"by candidate {share(found.known[0])} to {share(found.known[1])} (of 8 statements)" in said
        and "an equal share is 25%" in said
    )
    assert found.gained == 0 and "Voters who would be nearer to somebody for saying less 0 " in said
    assert f"Days first, of 365 {found.days_first[0]} to {found.days_first[1]}" in said
    assert f'href="/contests/{RACE}/audit"' in app.test_client().get("/method").text


def test_an_empty_site_has_the_rules_and_says_that_there_is_no_race(tmp_path: Path) -> None:
    migrated_file(tmp_path / "tracker.db")
    app = create_app(config_in(tmp_path))
    assert "No race yet." in words(app) and "Supports, with conditions" in words(app)
    load_text(app.extensions["database"], TOWN.replace("    office: {", "    profile: verbatim_guide\n    office: {"))
    assert "No race yet." in words(app)  # one in the candidates' own words has nothing to audit
    app.extensions["database"].dispose()
