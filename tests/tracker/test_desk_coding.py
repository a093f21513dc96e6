"""Coding at the desk: two judge alone, a second checks, a third decides, nobody judges a candidate they are tied to."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from sqlmodel import col, select

from positions.coding_models import CoderTie, Coding, CodingDecision, PositionBasis, PositionCheck
from positions.load_document import read_document
from positions.loading import load
from positions.models import Contest, Proposition, Stance
from positions.queries import coded
from positions.removing import remove
from tests.positions.test_hartford import HARTFORD, MATRIX, by_statement, matrix
from tests.positions.town import TOWN as TOWN_FILE
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.test_desk_forms import done
from tracker import people
from tracker.edits import Edit
from transcripts.amending import Reason
from transcripts.errors import BadFile
from transcripts.models import Person, Turn

TOWN = "/desk/coding/town-mayor-2026"
CAMERAS, BUSES = f"{TOWN}/town-cameras/ana-reyes", f"{TOWN}/town-buses/ana-reyes"
RECORD = "/desk/races/town-mayor-2026/statements/town-cameras/ana-reyes"
COMPARE = "/contests/town-mayor-2026/compare?by=statement"
AUDIT = "/contests/town-mayor-2026/audit"


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = desk_on(site(tmp_path, database_url))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


def coder(desk: Desk, name: str, kind: str = "none", candidates: str = "", party: str = "") -> Visitor:
    """An editor who has said what ties they have."""
    visitor = desk.editor(name)
    done(visitor.post("/desk/ties", {"kind": kind, "candidates": candidates, "party": party}))
    return visitor


def blind(desk: Desk, slug: str = "town-mayor-2026") -> None:
    """Have two people judge a race, each alone."""
    with desk.database.write() as session:
        race = session.exec(select(Contest).where(Contest.slug == slug)).one()
        race.coding_rule = "blind"
        session.add(race)


def ref(desk: Desk, words: str) -> str:
    with desk.database.read() as session:
        turn = session.exec(select(Turn).where(col(Turn.text).contains(words))).one()
    start = turn.text.index(words)
    return f"{turn.key}:{turn.version}:{start}:{start + len(words)}"


def judge(visitor: Visitor, at: str, value: str, **more: object) -> str:
    return done(visitor.post(at, {"do": "judge", "value": value, **more}))


def test_two_who_judge_alone_and_agree_put_a_position_on_record(desk: Desk) -> None:
    blind(desk)
    ann, bo = coder(desk, "Ann Alone"), coder(desk, "Bo Blind")
    words = {"evidence": ref(desk, "We should wait."), "tier": "1", "note": "She says so herself."}
    assert judge(ann, CAMERAS, "oppose", **words).startswith(TOWN)
    first = bo.get(CAMERAS)
    assert (
        "You have not judged this yet." in first.text and "Ann Alone" not in first.text and "herself" not in first.text
    )
    assert "We should wait" not in desk.nobody().get(COMPARE).text
    judge(bo, CAMERAS, "oppose")
    shown = desk.nobody().get(COMPARE).text
    assert "We should wait" in shown and "Judged by 2 people, each alone." in shown
    with desk.database.read() as session:
        row = session.exec(select(Stance).order_by(col(Stance.id).desc())).first()
        assert row and (row.code, row.coders, row.tier) == ("oppose", 2, 1)
        rests = session.get_one(PositionBasis, row.id)
        assert (rests.basis, rests.by) == ("unanimous", "Bo Blind") and len(rests.codings.split(",")) == 2
    assert "herself" in bo.get(CAMERAS).text
    cee = coder(desk, "Cee Late")
    late = cee.post(CAMERAS, {"do": "judge", "value": "support"})
    assert late.status_code == 409 and "Two people have judged this already" in late.text
    assert ann.post(f"{CAMERAS}/again", {}).status_code == 422
    done(ann.post(f"{CAMERAS}/again", {"why": "Another forum."}))
    assert "You have not judged this yet." in cee.get(CAMERAS).text
    assert "We should wait" in desk.nobody().get(COMPARE).text


def test_in_the_stricter_race_nobody_records_alone(desk: Desk) -> None:
    blind(desk)
    ann, bo, cee = coder(desk, "Ann Alone"), coder(desk, "Bo Blind"), coder(desk, "Cee Third")
    typed = {"do": "record", "position": "code:oppose", "as_of": "2026-10-20", "tier": "1"}
    typed |= {"evidence": ref(desk, "We should wait.")}
    alone = ann.post(RECORD, typed)
    assert alone.status_code == 422 and "two people judge first" in alone.text
    judge(ann, CAMERAS, "oppose")
    assert ann.post(RECORD, typed).status_code == 422
    judge(bo, CAMERAS, "mixed")
    assert ann.post(RECORD, typed).status_code == 422
    assert "You are one of the two." in ann.get(f"{CAMERAS}/decide").text
    for one in (ann, bo):
        refused = one.post(f"{CAMERAS}/decide", {"value": "oppose", "why": "Because."})
        assert refused.status_code == 422 and "a third person decides" in refused.text
    seen = cee.get(f"{CAMERAS}/decide").text
    assert "Ann Alone" in seen and "Bo Blind" in seen
    assert cee.post(f"{CAMERAS}/decide", {"value": "oppose", "why": " "}).status_code == 422
    there = done(cee.post(f"{CAMERAS}/decide", {"value": "oppose", "why": "“We should wait” is against it for now."}))
    assert there == RECORD and "We should wait" not in desk.nobody().get(COMPARE).text
    assert "Decided; the words are still to be chosen" in cee.get(TOWN).text and RECORD in cee.get(TOWN).text
    assert 'value="code:oppose" selected' in cee.get(RECORD).text
    other = cee.post(RECORD, {**typed, "position": "code:support"})
    assert other.status_code == 422 and "said something else" in other.text
    done(cee.post(RECORD, typed))
    assert "Two people judged it differently; a third decided." in desk.nobody().get(COMPARE).text
    assert RECORD not in cee.get(TOWN).text
    with desk.database.read() as session:
        decision = session.exec(select(CodingDecision)).one()
        rests = session.exec(select(PositionBasis).where(PositionBasis.basis == "person")).one()
        assert (decision.by, rests.decision_id) == ("Cee Third", decision.id)


def test_a_second_editor_checks_what_one_recorded(desk: Desk) -> None:
    ann, bo, cee = coder(desk, "Ann First"), coder(desk, "Bo Second"), coder(desk, "Cee Third")
    typed = {"do": "record", "position": "code:oppose", "as_of": "2026-10-20", "tier": "1"}
    done(ann.post(RECORD, {**typed, "evidence": ref(desk, "We should wait.")}))
    assert "Judged by one person." in desk.nobody().get(COMPARE).text
    assert (
        "Ana Reyes: Officers should wear cameras"
        not in ann.get(TOWN).text.split('id="check"')[1].split("</section>")[0]
    )
    assert "You recorded this position yourself." in ann.get(f"{CAMERAS}/check").text
    with desk.database.read() as session:
        id = session.exec(select(Stance.id).order_by(col(Stance.id).desc())).first()
    own = ann.post(f"{CAMERAS}/check", {"do": "check", "position_id": str(id)})
    assert own.status_code == 422 and "another account checks it" in own.text
    assert "We should wait" in bo.get(f"{CAMERAS}/check").text
    done(bo.post(f"{CAMERAS}/check", {"do": "check", "position_id": str(id)}))
    assert "Judged by one person, checked against the words by another." in desk.nobody().get(COMPARE).text
    assert cee.post(f"{CAMERAS}/check", {"do": "object", "value": "mixed", "position_id": str(id)}).status_code == 422
    objection = {"do": "object", "value": "not_clear", "note": "She only asks for time.", "position_id": str(id)}
    done(cee.post(f"{CAMERAS}/check", objection))
    assert ann.post(f"{CAMERAS}/decide", {"value": "not_clear", "why": "x"}).status_code == 422
    assert "She only asks for time." in bo.get(f"{CAMERAS}/decide").text
    assert done(bo.post(f"{CAMERAS}/decide", {"value": "not_clear", "why": "Time is not a no."})) == RECORD
    done(bo.post(RECORD, {**typed, "position": "code:not_clear", "evidence": ref(desk, "We should wait.")}))
    back = ann.post(RECORD, {**typed, "evidence": ref(desk, "We should wait.")})
    assert back.status_code == 422 and "said something else" in back.text
    with desk.database.read() as session:
        codings = session.exec(select(Coding)).all()
        assert [(one.blind, one.coder) for one in codings] == [(False, "Cee Third")]
        assert session.exec(select(PositionCheck)).one().by == "Bo Second"
    assert "Nothing was judged by two people alone yet" in desk.nobody().get(AUDIT).text


def test_ties_are_declared_and_keep_an_editor_from_a_candidate(desk: Desk) -> None:
    new = desk.editor("Nia New")
    assert "Say first what ties you have." in new.get(CAMERAS).text
    refused = new.post(CAMERAS, {"do": "judge", "value": "support"})
    assert refused.status_code == 422 and "Say first whether you have a tie" in refused.text
    assert new.post("/desk/ties", {"kind": "candidate"}).status_code == 422
    assert new.post("/desk/ties", {"kind": "campaign", "candidates": "Nobody Known"}).status_code == 422
    assert new.post("/desk/ties", {"kind": "party"}).status_code == 422
    done(new.post("/desk/ties", {"kind": "campaign", "candidates": "Ana Reyes\nbo-stone", "party": "Green Party"}))
    assert "ana-reyes" in new.get("/desk/ties").text
    with desk.database.read() as session:
        stance = session.exec(select(Stance.id).join(Proposition).where(Proposition.slug == "town-buses")).first()
    position = {"do": "record", "position": "reason:declined", "as_of": "2026-10-20"}
    acts = [
        (CAMERAS, {"do": "judge", "value": "support"}),
        (f"{BUSES}/check", {"do": "check", "position_id": str(stance)}),
        (f"{CAMERAS}/decide", {"value": "support", "why": "x"}),
        (RECORD, position),
    ]
    for path, data in acts:
        answer = new.post(path, data)
        assert answer.status_code == 422 and "You declared a tie to Ana Reyes" in answer.text, path
    assert "ana-reyes" not in new.get(TOWN).text
    judge(new, f"{TOWN}/town-cameras/cy-abbot", "support")
    done(new.post("/desk/ties", {"kind": "none"}))
    judge(new, CAMERAS, "support")
    boss = desk.as_("admin")
    assert "Nia New" in boss.get("/desk/ties").text and "Nia New" in boss.get("/desk/team/log").text
    assert "What everybody declares" not in new.get("/desk/ties").text


def hidden_from(desk: Desk, visitor: Visitor, secrets: tuple[str, ...]) -> None:
    """No page a visitor reaches tells of them."""
    where = (
        TOWN,
        "/desk/coding",
        CAMERAS,
        f"{CAMERAS}/decide",
        RECORD,
        AUDIT,
        f"{AUDIT}/codings.csv",
        COMPARE,
        "/desk/team/log",
    )
    for path in where:
        text = visitor.get(path).text
        assert not [one for one in secrets if one in text], path


def test_nobody_sees_or_counts_what_another_judged_before_both_have(desk: Desk) -> None:
    """Editors who have not judged, a tied one, an administrator and a reader see the same as if nobody had judged."""
    blind(desk)
    bo, tied = coder(desk, "Bo Blind"), coder(desk, "Tia Tied", "candidate", "ana-reyes")
    boss, reader = desk.as_("admin", "editor"), desk.nobody()
    ann = coder(desk, "Ann Alone")
    everybody = (bo, tied, boss, reader)
    paths = (TOWN, "/desk/coding", CAMERAS, f"{CAMERAS}/decide", RECORD, AUDIT, f"{AUDIT}/codings.csv", COMPARE)

    def seen() -> list[list[str]]:
        keys = re.compile(r'name="form_key" value="\w+"')
        return [[keys.sub("", who.get(path).text) for path in paths] for who in everybody]

    before = seen()
    judge(
        ann,
        CAMERAS,
        "lean_oppose",
        note="zebra crossing",
        condition_en="giraffes first",
        evidence=ref(desk, "We should wait."),
    )
    assert seen() == before
    assert "You have judged this; you can still change it." in ann.get(CAMERAS).text
    judge(ann, CAMERAS, "oppose", note="zebra crossing")
    assert seen() == before
    for who in everybody:
        hidden_from(desk, who, ("zebra", "giraffes", "town-cameras ana-reyes"))
    judge(bo, CAMERAS, "mixed", note="quagga")
    for who in (ann, bo, boss, tied):
        assert "zebra crossing" in who.get(f"{CAMERAS}/decide").text
    hidden_from(desk, reader, ("zebra", "quagga", "Ann Alone", "Bo Blind"))
    assert reader.get(f"{AUDIT}/codings.csv").text == (
        "unit,coder,code,topic\ntown-cameras/ana-reyes,A,oppose,Police cameras\ntown-cameras/ana-reyes,B,mixed,Police cameras\n"
    )


DIFFER = {("hartford-p3", "luke-bronin"): "lean_support", ("hartford-p8", "pedro-segarra"): "support"}
"""What the second coder says otherwise (design of the comparison, section 6)."""
HARTFORD_RACE = "hartford-mayor-2015"


def test_hartford_is_judged_twice_alone_and_decided(tmp_path: Path) -> None:
    """All 32 boxes by two editors, two boxes differ, a third decides: the comparison as designed, the agreement to the digit."""
    home = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    desk = desk_on(home)
    document, located = read_document(HARTFORD.read_bytes())
    with desk.database.write() as session:
        load(session, document, located, lambda *_: False)
    blind(desk, HARTFORD_RACE)
    ann, bo, cee = coder(desk, "Ann One"), coder(desk, "Bo Two"), coder(desk, "Cee Three", "party", party="Green Party")
    people = ("luke-bronin", "ted-cannon", "joel-cruz", "pedro-segarra")
    cells = {(key, who): value for key, row in MATRIX.items() for who, value in zip(people, row, strict=True)}
    for (key, who), value in cells.items():
        at = f"/desk/coding/{HARTFORD_RACE}/{key}/{who}"
        judge(ann, at, str(value))
        judge(bo, at, DIFFER.get((key, who), str(value)))
    for key, who in DIFFER:
        at = f"/desk/coding/{HARTFORD_RACE}/{key}/{who}/decide"
        done(cee.post(at, {"value": "not_clear", "why": "Spoke of it; nothing that says for or against."}))
    found = by_statement(desk.database)
    assert matrix(found) == MATRIX
    assert (found.figures.boxes, found.figures.filled, found.figures.numeric) == (32, 15, 13)
    printed = {cell.coders for row in found.rows for cell in row.cells if cell.reason != "not_reviewed"}
    decided = [cell for row in found.rows for cell in row.cells if cell.basis == "person"]
    assert printed == {2} and len(decided) == 2
    assert (
        f"/desk/races/{HARTFORD_RACE}/statements"
        not in cee.get(f"/desk/coding/{HARTFORD_RACE}").text.split('id="words"')[1]
    )
    page = desk.nobody().get(f"/contests/{HARTFORD_RACE}/audit").text
    for words in ("32 boxes were judged by two people, each alone; 30 alike.", "0.903", "0.928", "94%"):
        assert words in page, words
    used = {"support": 21, "lean_support": 5, "mixed": 2, "not_clear": 2, "not_addressed": 2, "not_reviewed": 32}
    alike = sum(n * n for n in used.values())
    alpha = 1 - Fraction(2 * 2) / Fraction(64**2 - alike, 63)
    chance = (1 - Fraction(alike, 64**2)) / 5
    ac1 = (Fraction(30, 32) - chance) / (1 - chance)
    figures = {"alpha_nominal": pytest.approx(float(alpha)), "ac1": pytest.approx(float(ac1)), "percent": 30 / 32}
    told = json.loads(home.tracker("audit", "coders", HARTFORD_RACE, "--json").out)
    assert told["overall"] == {"n_units": 32, "n_coders": 2, **figures, "not_computable": {}}
    assert told["ties"] == [{"ties": "no_tie", **told["overall"]}]
    assert {one["topic"]: one["n_units"] for one in told["topics"]}["Police cameras"] == 4
    assert sum(one["n_units"] for one in told["topics"]) == 32
    table = tmp_path / "codings.csv"
    table.write_text(desk.nobody().get(f"/contests/{HARTFORD_RACE}/audit/codings.csv").text)
    again = json.loads(home.tracker("agreement", str(table), "--json").out)
    assert {name: again[name] for name in figures} == figures and again["n_units"] == 32
    desk.database.dispose()


def test_a_file_is_told_what_the_rule_of_a_race_asks_for(tmp_path: Path) -> None:
    home = site(tmp_path, f"sqlite:///{tmp_path / 'tracker.db'}")
    desk = desk_on(home)
    load_text(desk.database)
    blind(desk)
    load_text(desk.database)
    other = TOWN_FILE.replace("code: support", "code: oppose", 1)
    with pytest.raises(BadFile, match="Say coders: 2 where two did"):
        load_text(desk.database, other)
    load_text(desk.database, other.replace("code: oppose", "code: oppose\n    coders: 2", 1))
    with desk.database.read() as session:
        rests = session.exec(select(PositionBasis).order_by(col(PositionBasis.stance_id).desc())).first()
        assert rests and (rests.basis, rests.by_id) == ("file", None)
        assert session.get_one(Stance, rests.stance_id).coders == 2
    load_text(
        desk.database,
        other.replace(
            "zone: America/New_York\n    election_date",
            "coding_rule: checked\n    zone: America/New_York\n    election_date",
        ),
    )
    desk.database.dispose()


def test_what_was_taken_back_returns_only_with_people_enough(desk: Desk) -> None:
    ann, bo = coder(desk, "Ann First"), coder(desk, "Bo Second")
    typed = {"do": "record", "as_of": "2026-10-20", "tier": "1", "evidence": ref(desk, "We should wait.")}

    def latest() -> Stance:
        with desk.database.read() as session:
            return session.exec(select(Stance).order_by(col(Stance.id).desc()).limit(1)).one()

    done(ann.post(RECORD, {**typed, "position": "code:oppose"}))
    done(bo.post(f"{CAMERAS}/check", {"do": "check", "position_id": str(latest().id)}))
    done(ann.post(RECORD, {**typed, "position": "code:not_clear"}))
    done(ann.post(f"{RECORD}/{latest().id}/take-back"))
    assert latest().code == "oppose" and "checked against the words by another" in desk.nobody().get(COMPARE).text
    assert "You recorded this position yourself." in ann.get(f"{CAMERAS}/check").text
    done(ann.post(RECORD, {**typed, "position": "code:not_clear"}))
    blind(desk)
    done(ann.post(f"{RECORD}/{latest().id}/take-back"))
    assert latest().reason == "not_reviewed"


def test_codings_go_along_with_what_is_merged_and_back(desk: Desk) -> None:
    """Statements, races and people: what was judged of the one is judged of the other, until they are two again."""
    boss = desk.signed_in(desk.account("Bea Boss", "admin", "editor"))
    ann, bo = coder(desk, "Ann Alone", "candidate", "bo-stone"), coder(desk, "Bo Blind")
    for who in (ann, bo):
        judge(who, f"{TOWN}/town-cameras/cy-abbot", "not_asked")

    def held() -> list[tuple[str, int, str]]:
        with desk.database.read() as session:
            (race,) = [one for one in coded.races(session) if one.slug == "town-mayor-2026"]
            boxes = {box.key: box for box in coded.boxes(session, race.id)[race.id]}
            return sorted(
                (boxes[key].statement, len(one.blind), boxes[key].person) for key, one in coded.of_race(session).items()
            )

    before = held()
    assert before == [("town-cameras", 2, "cy-abbot")]
    statements = "/desk/races/town-mayor-2026/statements"
    done(boss.post(f"{statements}/new", {"text_en": "Police should film.", "topic": "transit", "type": "scale"}))
    with desk.database.read() as session:
        new = session.exec(select(Proposition.slug).where(Proposition.text_en == "Police should film.")).one()
    done(boss.post(f"{statements}/town-cameras/merge", {"into": new, "why": "One and the same"}))
    assert held() == [(new, 2, "cy-abbot")]
    with desk.database.read() as session:
        act = session.exec(select(Edit.act).order_by(col(Edit.id).desc())).first()
    done(boss.post(f"/desk/undo/{act}", {"why": "No"}))
    assert held() == before
    done(boss.post("/desk/people", {"name": "Robert Stone"}))
    with desk.database.write() as session:
        stone = session.exec(select(CoderTie)).one().person_id
        merged = people.carry_out(session, "bo-stone", "robert-stone", Reason("One person.", "Ed"))
    with desk.database.read() as session:
        assert session.exec(select(CoderTie)).one().person_id != stone
    with desk.database.write() as session:
        people.take_back(session, merged, Reason("Two.", "Ed"))
        tie = session.exec(select(CoderTie)).one()
        assert session.get_one(Person, tie.person_id).slug == "bo-stone"
    with desk.database.write() as session:
        document, _ = read_document(TOWN_FILE.encode())
        remove(session, document)
        assert session.exec(select(Coding)).all() == []
