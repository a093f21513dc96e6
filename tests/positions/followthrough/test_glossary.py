"""Words of the glossary: found in texts of ours, once each, and never as a part of another word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positions.entries import KINDS, Doc
from positions.followthrough.glossing import Form, Glossary, Term
from positions.followthrough.queries import terms
from tests.positions.town import TOWN, load_text
from tracker.db import Database
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict


def _term(slug: str, *forms: Form) -> Term:
    return Term(slug, Bilingual(slug, slug), Bilingual("What it means.", "Qué significa."), forms)


GLOSSARY = Glossary(
    [
        _term("lead", Form("en", "LEAD", True), Form("es", "LEAD", True)),
        _term("diversion", Form("en", "diversion"), Form("es", "derivación")),
        _term("arrest-diversion", Form("en", "arrest diversion"), Form("es", "derivación en lugar de arresto")),
        _term("daños", Form("es", "reducción de daños")),
    ]
)


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("LEAD leads; a lead pipe, LEADER, mis-LEAD, LEAD-like", "en", ["LEAD"]),
        ("Diversion and diversion", "en", ["Diversion"]),
        ("Arrest  diversion is one diversion", "en", ["Arrest  diversion", "diversion"]),
        ("diversions", "en", []),
        ("La reducción de daños, como LEAD", "es", ["reducción de daños", "LEAD"]),
        ("La reducción de daños", "en", []),
        ("a (diversion).", "en", ["diversion"]),
        ("", "en", []),
        ("diversion", "fr", []),
    ],
)
def test_words_are_found(text: str, lang: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in GLOSSARY.find(text, lang)] == found


def test_a_word_told_already_is_left_alone() -> None:
    assert [one.term.slug for one in GLOSSARY.find("LEAD diversion", "en", {"lead"})] == ["diversion"]


def test_an_empty_glossary_finds_nothing() -> None:
    assert Glossary([]).find("LEAD", "en") == ()
    assert not Glossary([])


@given(st.lists(st.sampled_from(["LEAD", "lead", "diversion", "arrest", ".", "ñ", " ", "-", "("])).map("".join))
def test_what_is_found_stands_by_itself_in_order_and_once(text: str) -> None:
    found = GLOSSARY.find(text, "en")
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places)
    assert len({one.term.slug for one in found}) == len(found)
    for one in found:
        around = text[max(0, one.start - 1) : one.start] + text[one.end : one.end + 1]
        assert not any(c.isalnum() or c == "-" for c in around)


TERM: Doc = {
    "slug": "lead",
    "term": {"en": "LEAD", "es": "LEAD"},
    "meaning": {"en": "A design.", "es": "Un diseño."},
    "aliases": [{"lang": "en", "text": "LEAD", "exact_case": True}],
    "topic": "diversion",
    "cited": {"forum": "town-2026", "source": "ledger"},
}


def test_a_form_writes_a_word_and_no_other_is_written_alike(database: Database) -> None:
    load_text(database, TOWN)
    kind = KINDS["term"]
    with database.write() as session:
        kind.write(session, "lead", TERM)
        assert kind.read(session, "lead") == TERM
        glossary = terms.glossary(session)
        assert [one.term.slug for one in glossary.find("lead and LEAD", "en")] == ["lead"]
        assert glossary.find("lead", "en") == ()
        entry = terms.every(session)[0]
        assert entry.ground is not None
        assert entry.topic is not None
    with pytest.raises(Conflict, match="written the same way"), database.write() as session:
        kind.write(session, "plumbum", {**TERM, "slug": "plumbum", "term": {"en": "Lead", "es": "Plomo"}})
    with database.write() as session:
        kind.remove(session, "lead")
        assert kind.read(session, "lead") is None
