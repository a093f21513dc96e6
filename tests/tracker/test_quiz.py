"""/contests/<slug>/quiz and its desk: nothing enters that an editor did not approve, nothing is kept of what a reader rated."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from werkzeug.test import TestResponse

from positions.load_document import read_document
from positions.load_schema import Forum as ForumEntry
from positions.loading import load
from positions.models import EntryMerge, Proposition
from positions.quiz_models import QuizDecision, QuizWord
from positions.removing import remove
from tests.positions.town import TOWN, store
from tests.tracker.calling import site
from tests.tracker.desk import OURS, Desk, Visitor, desk_on
from tests.tracker.test_match import everything
from transcripts.models import Forum

PAGE = "/contests/town-mayor-2026/quiz"
ROOM = "/desk/races/town-mayor-2026/quiz"
ISSUES = ("buses", "cameras", "trees")
SAID = {
    "ana-reyes": "The thing about {issue} is that we are working with our chief on it and it will be done by June.",
    "bo-stone": "I have said about {issue} for ten years that somebody has to pay for it, and it is not me.",
    "cy-abbot": "On {issue} I would do nothing at all until everybody in town has had a chance to be heard.",
}
TRANSCRIPT = tuple(
    line
    for issue in ISSUES
    for line in (
        ("CLARK", f"Now, what about the {issue}?"),
        *((one.split("-")[1].upper(), words.format(issue=issue)) for one, words in SAID.items()),
    )
)
TREES = """
  - slug: town-trees
    contest: town-mayor-2026
    topic: transit
    text: {en: Streets should have trees., es: Las calles deben tener árboles.}
stances:
"""
STANCE = """
  - contest: town-mayor-2026
    person: {person}
    proposition: town-{issue}
    code: support
    as_of: 2026-10-20
    tier: 1
    evidence: [{{kind: quotation, forum: town-2026, words: "{words}"}}]
"""
QUOTED = (
    TOWN[: TOWN.index("    states:")]
    + TOWN[TOWN.index("contests:") : TOWN.index("stances:")].rstrip()
    + TREES
    + "".join(
        STANCE.format(person=person, issue=issue, words=words.format(issue=issue))
        for issue in ISSUES
        for person, words in SAID.items()
        if (person, issue) != ("cy-abbot", "trees")
    )
)
"""The town, everybody quoted on everything but Abbot on trees; Reyes gives away each time that she is in office."""


def bring(session: Session, forum: Forum, entry: ForumEntry) -> bool:
    store(session, forum, TRANSCRIPT, exchanges=tuple((n, (n + 1, n + 2, n + 3)) for n in (0, 4, 8)))
    return True


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}"))
    document, located = read_document(QUOTED.encode())
    with desk.database.write() as session:
        load(session, document, located, bring)
    yield desk
    desk.database.dispose()


def forms(html: str, button: str) -> list[dict[str, str]]:
    """The hidden fields of every form with this button."""
    found = re.findall(r"<form class=\"act\".*?</form>", html, re.DOTALL)
    return [dict(re.findall(r'name="([^"]+)" value="([^"]*)"', one)) for one in found if f">{button}<" in one]


def approve_all(editor: Visitor) -> int:
    """Blank what gives Reyes away, then approve every sentence that can be; how many were."""
    blanked = {"phrases": "working with our chief", "treatment": "blank"}
    assert editor.post(f"{ROOM}/words", blanked).status_code == 303
    waiting = forms(editor.get(ROOM).text, "Approve as shown")
    for one in waiting:
        assert editor.post(f"{ROOM}/decide", one).status_code == 303
    return len(waiting)


def sent(desk: Desk, address: str, fields: dict[str, str]) -> TestResponse:
    return desk.nobody().client.post(address, data=fields, headers=OURS)


def action(html: str) -> str:
    found = re.search(r'id="quiz" method="post" action="([^"#]+)', html)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_an_editor_makes_a_quiz(desk: Desk) -> None:
    """The trap of the seeds: words of the office are found, block the sentence, and are blanked by a phrase."""
    editor = desk.editor()
    html = editor.get(ROOM).text
    assert "working with our chief" in html and "words of somebody who holds or held the office" in html
    assert html.count("This still gives the speaker away.") == 3
    assert len(forms(html, "Approve as shown")) == 5, "Stone and Abbot, not Reyes"
    told = desk.nobody().get(PAGE).text
    assert "There is no quiz for this race yet." in told and "<form" not in told
    assert "On 1 of 3 issues fewer than two candidates have 15 to 40 words" in told
    assert "; on 2 of 3 issues an editor has not approved the words of two candidates." in told
    assert approve_all(editor) == 8
    html = desk.nobody().get(PAGE).text
    assert "8 sentences, 3 issues." in html
    blind = html[html.index('id="quiz"') : html.index("<template")]
    assert "[…]" in blind and "working with our chief" not in re.sub(r'data-quiz="[^"]*"', "", blind)
    for name in ("Reyes", "Stone", "Abbot"):
        assert name not in re.sub(r'data-quiz="[^"]*"', "", blind)
    assert "1 of 3 candidates has nothing here that can be shown; they stay in the result." in blind
    log = desk.as_("admin").get("/desk/team/log").text
    assert "decide on a sentence of a quiz" in log and "change the words of a quiz" in log


def test_what_was_approved_stays_in_only_as_it_was_shown(desk: Desk) -> None:
    editor = desk.editor()
    approve_all(editor)
    version = action(desk.nobody().get(PAGE).text)
    assert editor.post(f"{ROOM}/words", {"phrases": "ten years", "treatment": "blank"}).status_code == 303
    html = editor.get(ROOM).text
    assert html.count("Changed since an editor approved it") == 3
    assert "There is no quiz" in desk.nobody().get(PAGE).text
    stale = forms(html, "Approve as shown")[0] | {"card": "0" * 64}
    assert editor.post(f"{ROOM}/decide", stale).status_code == 409
    for one in forms(html, "Approve as shown"):
        editor.post(f"{ROOM}/decide", one)
    answer = sent(desk, version, {"card-1": "1"})
    assert answer.status_code == 409 and "The quiz changed while you answered." in answer.text
    assert 'id="result"' not in answer.text.split("<template")[0]


def test_words_can_be_allowed_and_taken_off_and_sentences_left_out(desk: Desk) -> None:
    editor = desk.editor()
    editor.post(f"{ROOM}/words", {"phrases": "working with our chief", "treatment": "leave"})
    assert len(forms(editor.get(ROOM).text, "Approve as shown")) == 8
    editor.post(f"{ROOM}/words", {"phrases": "Working With Our Chief", "treatment": "off"})
    html = editor.get(ROOM).text
    assert len(forms(html, "Approve as shown")) == 5
    (refused, *_) = forms(html, "Leave this sentence out")
    editor.post(f"{ROOM}/decide", refused)
    assert "An editor left it out" in editor.get(ROOM).text
    with desk.database.read() as session:
        (decision,) = session.exec(select(QuizDecision)).all()
    assert (decision.verdict, decision.by) == ("refused", "Edith Editor")


@pytest.mark.parametrize(
    ("where", "fields", "status"),
    [
        ("words", {"phrases": "", "treatment": "blank"}, 422),
        ("words", {"phrases": "...", "treatment": "blank"}, 422),
        ("words", {"phrases": "a", "treatment": "burn"}, 422),
        ("words", {"phrases": "x" * 300, "treatment": "blank"}, 422),
        (
            "decide",
            {"statement": "town-buses", "person": "nobody", "words": "a", "card": "b", "verdict": "approved"},
            422,
        ),
        ("decide", {"verdict": "approved"}, 422),
    ],
    ids=range(6),
)
def test_what_is_no_act_is_refused(desk: Desk, where: str, fields: dict[str, str], status: int) -> None:
    assert desk.editor().post(f"{ROOM}/{where}", fields).status_code == status
    with desk.database.read() as session:
        assert not session.exec(select(QuizWord)).all() and not session.exec(select(QuizDecision)).all()


def test_a_sentence_that_leaks_cannot_be_approved(desk: Desk) -> None:
    editor = desk.editor()
    held = forms(editor.get(ROOM).text, "Leave this sentence out") + forms(editor.get(ROOM).text, "Approve as shown")
    assert all(one["person"] != "ana-reyes" for one in held), "the desk offers neither"
    editor.post(f"{ROOM}/words", {"phrases": "working with our chief", "treatment": "blank"})
    (reyes, *_) = [one for one in forms(editor.get(ROOM).text, "Approve as shown") if one["person"] == "ana-reyes"]
    editor.post(f"{ROOM}/words", {"phrases": "working with our chief", "treatment": "off"})
    assert editor.post(f"{ROOM}/decide", reyes).status_code == 409, "the card is another by now"


def test_the_result_without_javascript_is_kept_nowhere(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    approve_all(desk.editor())
    html = desk.nobody().get(f"{PAGE}?order=alphabetical").text
    cards = sorted(set(re.findall(r'name="(card-\d+)"', html)))
    before = everything(desk)
    with caplog.at_level(logging.DEBUG):
        answer = sent(desk, action(html), {name: ("1", "0.5", "0", "open")[n % 4] for n, name in enumerate(cards)})
    assert answer.status_code == 200 and answer.cache_control.no_store
    assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    assert "card-" not in caplog.text and everything(desk) == before
    shown = answer.text
    assert "<template" not in shown and shown.count(" checked>") == 8
    order = re.findall(r'data-candidate="([^"]+)"', shown)
    assert order == ["cy-abbot", "ana-reyes", "bo-stone"], "page order, everybody"
    assert "The list keeps the order of the page: it puts nobody first." in shown
    assert "Left out while you rated:" in shown and "“working with our chief”" in shown
    assert re.search(r'Cy Abbot: <span class="soft">No words of their own on record about this', shown)
    for word in ("winner", "best match", "recommend", "you should"):
        assert word not in shown.lower()
    code = re.search(r"data-code>([^<]+)<", shown)
    assert code is not None
    again = sent(desk, action(html), {"do": "code", "code": code[1]})
    assert again.status_code == 200 and counts(again.text) == counts(shown)
    assert sent(desk, action(html), {"do": "code", "code": "nonsense"}).status_code == 422
    assert sent(desk, action(html), {"do": "code", "code": "000000-1-aaaaaaaa"}).status_code == 409


def counts(html: str) -> list[str]:
    return re.findall(r"<p data-count>([^<]+)</p>", html)


def test_hostile_ratings_are_refused_in_a_sentence(desk: Desk) -> None:
    approve_all(desk.editor())
    address = action(desk.nobody().get(PAGE).text)
    for value in ("NaN", "2", "<script>", "1" * 5_000):
        answer = sent(desk, address, {"card-1": value, "card-2": "0.5"})
        assert answer.status_code == 422 and 'name="card-2" value="0.5" checked' in answer.text
    assert sent(desk, address, {"card-1": "1" * 300_000}).status_code == 413
    assert sent(desk, PAGE, {"card-1": "1"}).status_code == 409
    assert sent(desk, "/contests/nowhere/quiz", {}).status_code == 404
    for seed in ("-1", "1.5", "x", "9" * 40, "²"):
        assert desk.nobody().get(f"{PAGE}?seed={seed}").status_code == 404
    assert desk.nobody().get(f"{PAGE}?seed=12").text.count("number 12.") == 1


def test_approvals_and_phrases_follow_a_chain_of_merges(desk: Desk) -> None:
    editor = desk.editor()
    approve_all(editor)
    facts = {"office_en": "Mayor", "office_es": "Alcaldía", "place": "Town", "zone": "UTC", "fictional": "1"}
    at = "town-mayor-2026"
    for title, slug in (("Mayor again", "mayor-again-2026"), ("Mayor once more", "mayor-once-more-2026")):
        entry = {**facts, "title_en": title, "election_date": "2026-11-03"}
        assert editor.post("/desk/races/new", entry).status_code == 303
        act = {"into": slug, "why": "The same", "do": "merge"}
        assert editor.post(f"/desk/races/{at}/merge", act).status_code == 303
        at = slug
    assert "8 sentences, 3 issues." in desk.nobody().get(f"/contests/{at}/quiz").text
    with desk.database.write() as session:
        session.exec(select(Proposition).where(Proposition.slug == "town-trees")).one().slug = "town-shade"
        session.add(EntryMerge(kind="statement", slug="town-trees", into_slug="town-greens"))
        session.add(EntryMerge(kind="statement", slug="town-greens", into_slug="town-shade"))
    assert "8 sentences, 3 issues." in desk.nobody().get(f"/contests/{at}/quiz").text


def test_the_command_tells_the_figures_of_the_page(desk: Desk, tmp_path: Path) -> None:
    here = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    bare = here.tracker("quiz", "town-mayor-2026", "--lang", "es")
    assert (
        bare.code == 0
        and "3 temas" in bare.out
        and json.loads(here.tracker("quiz", "town-mayor-2026", "--json").out)["cards"] == []
    )
    approve_all(desk.editor())
    address = action(desk.nobody().get(f"{PAGE}?order=alphabetical&seed=7").text)
    page = sent(desk, address, {f"card-{n}": ("1", "0.5", "0", "open")[n % 4] for n in range(1, 9)}).text
    (code,) = re.findall(r"data-code>([^<]+)<", page)
    blind = here.tracker("quiz", "town-mayor-2026", "--seed", "7")
    sentences = [line for line in blind.out.splitlines() if "“" in line]
    assert len(sentences) == 8 and "[…]" in blind.out
    assert not any(name in line for line in sentences for name in ("Reyes", "Stone", "Abbot"))
    found = json.loads(
        here.tracker("quiz", "town-mayor-2026", "--answers", code, "--order", "alphabetical", "--json").out
    )
    assert [one["label"] for one in found["candidates"]] == counts(page)
    assert (found["seed"], found["built"], len(found["cards"])) == (7, True, 8)
    assert [card["rating"] for card in found["cards"]] == [0.5, 0.0, None, 1.0, 0.5, 0.0, None, 1.0]
    shown = json.loads(here.tracker("quiz", "town-mayor-2026", "--seed", "7", "--json").out)
    assert [card["words"] for card in shown["cards"]] == [card["words"] for card in found["cards"]]
    assert all(set(card) == {"n", "issue", "words", "lang"} for card in shown["cards"])
    told = here.tracker("quiz", "town-mayor-2026", "--answers", code).out
    assert all(line in told for line in counts(page))
    for wrong in (("--answers", "nonsense"), ("--answers", code, "--seed", "8"), ("--answers", "000000-1-aaaaaaaa")):
        assert here.tracker("quiz", "town-mayor-2026", *wrong).code == 2


def test_spanish_and_few_statements(desk: Desk) -> None:
    approve_all(desk.editor())
    desk.nobody().get(PAGE)  # the glossary is read once until anything is written
    seen: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda *told: seen.append(told[2]))
    html = desk.nobody().get(f"/es{PAGE}").text
    assert "8 frases, 3 temas." in html and "No sé decir" in html
    assert len(seen) <= 24


def test_on_both_databases(database_url: str, tmp_path: Path) -> None:
    desk = desk_on(site(tmp_path, database_url))
    document, located = read_document(QUOTED.encode())
    with desk.database.write() as session:
        load(session, document, located, bring)
    assert approve_all(desk.editor()) == 8
    html = desk.nobody().get(PAGE).text
    assert "8 sentences, 3 issues." in html
    assert "data-count" in sent(desk, action(html), {"card-1": "1"}).text.split("<template")[0]
    desk.database.dispose()


def test_taking_the_race_away_takes_its_quiz(desk: Desk) -> None:
    approve_all(desk.editor())
    document, _ = read_document(QUOTED.encode())
    with desk.database.write() as session:
        remove(session, document)
        assert not session.exec(select(QuizWord)).all() and not session.exec(select(QuizDecision)).all()
