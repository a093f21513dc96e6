"""Lists of people: CSV, Popolo in every container it comes in, and names pasted one a line. Read, or refused with the line."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpora import corpus
from transcripts import roster
from transcripts.errors import BadFile
from transcripts.roster_line import DatedName, RosterLine
from transcripts.vocabulary import Role

PERSONS: list[dict[str, Any]] = [
    {
        "id": "p1",
        "name": "Ida Berg",
        "other_names": [
            {"name": "Ida Lind", "end_date": "2019"},
            {"name": "Councilor Berg", "start_date": "2020-02", "end_date": "2020-02"},
            {"name": "I. Berg"},
            {"name": "Ida Berg"},
        ],
    },
    {"id": "p2", "given_name": "Tom", "family_name": "Vale"},
    {"id": "p3", "redirect": "p2"},
]
MEMBERSHIPS = [
    {"person_id": "p1", "post_id": "mayor", "on_behalf_of_id": "river", "start_date": "2019"},
    {"person_id": "p1", "post_id": "clerk", "on_behalf_of_id": "hill", "start_date": "2010", "end_date": "2014"},
    {"person_id": "p2", "organization_id": "hill", "role": "member"},
]
ORGANIZATIONS = [
    {"id": "river", "name": "River Party", "classification": "party"},
    {"id": "hill", "name": "Hill Party", "classification": "party"},
]
POSTS = [{"id": "mayor", "label": "Mayor of Port Linden"}, {"id": "clerk", "label": "Clerk"}]
WHOLE = {"persons": PERSONS, "memberships": MEMBERSHIPS, "organizations": ORGANIZATIONS, "posts": POSTS}


def popolo(value: object) -> tuple[RosterLine, ...]:
    return roster.read(json.dumps(value).encode())


def test_a_table_says_who_what_for_and_whether_they_hold_it() -> None:
    table = (
        "Candidate;Aliases;Office;Party;Incumbent\n"
        "Ida  Berg;I. Berg; Ida Lind;;\n"
        '"Vale, Tom";;Mayor;"Hill; Party";yes\n'
        "\n"
    )
    ida, tom = roster.read(table.encode())
    assert ida == RosterLine("Ida Berg", ("I. Berg",), Role.UNKNOWN, 2, contest="Ida Lind")
    assert tom == RosterLine("Vale, Tom", (), Role.UNKNOWN, 3, "Hill; Party", "Mayor", True)


def test_first_and_last_names_may_stand_apart() -> None:
    (one,) = roster.read(b"First,Last,Constituency,Party\nIda,Berg,North,River\n")
    assert (one.name, one.contest, one.party) == ("Ida Berg", "North", "River")


def test_popolo_gives_names_with_their_days_the_last_party_and_post() -> None:
    ida, tom = popolo(WHOLE)
    assert (ida.name, ida.aliases, ida.party, ida.contest) == (
        "Ida Berg",
        ("I. Berg",),
        "River Party",
        "Mayor of Port Linden",
    )
    assert ida.dated == (
        DatedName("Ida Lind", None, date(2019, 12, 31)),
        DatedName("Councilor Berg", date(2020, 2, 1), date(2020, 2, 29)),
    )
    assert ida.names_on(date(2019, 12, 31)) == ("I. Berg", "Ida Lind")
    assert ida.names_on(None) == ("I. Berg",)
    assert (tom.name, tom.party, tom.contest) == ("Tom Vale", "Hill Party", None)


@pytest.mark.parametrize("container", [PERSONS, {"persons": PERSONS}, {"result": PERSONS}, {"people": PERSONS}])
def test_every_container_is_opened(container: object) -> None:
    assert [one.name for one in popolo(container)] == ["Ida Berg", "Tom Vale"]


def test_memberships_may_stand_inside_persons_posts_and_organizations() -> None:
    inside = {"person_id": "p9", "on_behalf_of": {"name": "River Party"}}
    person = {"id": "p9", "name": "Kit Moss"}
    whole = ({"persons": [{**person, "memberships": [{**inside, "post": {"label": "Mayor"}}]}]},)
    whole += ({"persons": [person], "posts": [{"id": "x", "label": "Mayor", "memberships": [inside]}]},)
    for one in whole:
        (kit,) = popolo(one)
        assert (kit.party, kit.contest) == ("River Party", "Mayor")
    (kit,) = popolo(
        {"persons": [person], "organizations": [{**ORGANIZATIONS[0], "memberships": [{"person_id": "p9"}]}]}
    )
    assert kit.party == "River Party"


def test_names_in_parts_and_lords() -> None:
    main = {"note": "Main", "given_name": "Ann", "family_name": "Pell", "end_date": "2001"}
    later = {"note": "Main", "honorific_prefix": "Baroness", "lordname": "Pell", "lordofname": "Ashwick"}
    (one,) = popolo([{"id": "x", "other_names": [main, later, {"note": "Alternate", "name": "Annie Pell"}]}])
    assert (one.name, one.aliases) == ("Baroness Pell of Ashwick", ("Annie Pell",))
    assert one.dated == (DatedName("Ann Pell", None, date(2001, 12, 31)),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"who,party\nIda,River\n", "Line 1: .*columns name"),
        (b"name,role\nIda,king\n", "Line 2: .*no role"),
        (b"name,incumbent\nIda,maybe\n", "Line 2: .*yes or no"),
        (b"name\nIda\nTom\nida\n", "Line 4: .*line 2 already"),
        (b"name\n" + b"x" * 300 + b"\n", "Line 2: .*too long"),
        (b'name,party\n"Ida,River\n' + b"x" * 200_000, "no table we can read|too long"),
        (b"{", "no JSON"),
        (b"[1, 2]", "Nobody is named"),
        (b'{"a": NaN}', "NaN"),
        (b"[" * 100_000, "no JSON"),
        (b'{"events": []}', "no list of persons"),
        (b'{"meta": {"persons_api_url": "https://popolo.example"}}', "persons_api_url"),
        (b'{"result": [{"name": "Ida"}], "next_url": "https://popolo.example/2"}', "one page of several"),
        (b'[{"name": "A", "other_names": [{"name": "B", "start_date": "2020", "end_date": "2019"}]}]', "ends before"),
        (b"", "empty"),
    ],
)
def test_what_is_no_list_is_refused_with_the_line(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        roster.read(data)


@pytest.mark.parametrize("day", ["19", "2020-13", "2020-02-31", "0000", "soon", 2020, None, ["2020"]])
def test_a_date_no_calendar_has_bounds_nothing(day: object) -> None:
    (one,) = popolo([{"name": "Ida", "other_names": [{"name": "Bo", "start_date": day}]}])
    assert "Bo" in (*one.aliases, *(dated.name for dated in one.dated))


def test_names_are_pasted_one_a_line() -> None:
    text = "\n- Ida Berg (River Party)*\n2. Tom Vale, Hill Party\n\nKit Moss\nBen Cole, Jr., Independent\n• Ana Ruiz [D]\n---\n"
    told = [(one.name, one.party, one.incumbent, one.line) for one in roster.pasted(text)]
    assert told == [
        ("Ida Berg", "River Party", True, 2),
        ("Tom Vale", "Hill Party", False, 3),
        ("Kit Moss", None, False, 5),
        ("Ben Cole, Jr.", "Independent", False, 6),
        ("Ana Ruiz", "D", False, 7),
    ]
    assert {one.role for one in roster.pasted(text)} == {Role.CANDIDATE}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nobody"),
        ("Ida\n\nIda (X)", "Line 3: .*line 1 already"),
        ("(River)", "names nobody"),
        ("x" * 999, "too long"),
    ],
)
def test_a_pasted_list_is_refused_with_the_line(text: str, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        roster.pasted(text)


@given(st.text(max_size=200))
def test_any_pasted_text_is_read_or_refused(text: str) -> None:
    try:
        assert all(one.name.strip() for one in roster.pasted(text))
    except BadFile as refused:
        assert refused.reason


NAMES = [
    "id",
    "name",
    "persons",
    "memberships",
    "person_id",
    "other_names",
    "post",
    "on_behalf_of",
    "start_date",
    "result",
]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9), st.sampled_from(["Ida", "2019", "p1"])),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)),
    max_leaves=20,
)


@given(st.one_of(st.binary(max_size=200), JSON.map(lambda value: json.dumps(value).encode())))
def test_any_list_is_read_or_refused(data: bytes) -> None:
    try:
        assert all(one.name.strip() for one in roster.read(data))
    except BadFile as refused:
        assert refused.reason


@pytest.mark.corpora
def test_shared_lists_are_read() -> None:
    folder = corpus("a26_rosters")
    table = roster.read((folder / "ni_2016_mla.csv").read_bytes())
    assert len(table) > 90 and all(one.name and one.party and one.contest for one in table)
    people = roster.read((folder / "ep_northern_ireland.json").read_bytes())
    assert len(people) > 100 and len({one.name for one in people}) < len(people)
    assert sum(bool(one.party) for one in people) > len(people) * 0.9
    for path in sorted(folder.glob("*.json")):
        try:
            print(path.name, len(roster.read(path.read_bytes())))
        except BadFile as refused:
            print(path.name, refused)
