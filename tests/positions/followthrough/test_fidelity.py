"""Is it run as designed? Without a database: whose finding stands, where finders differ, what is history, what was answered.

Row of seeds.md: "LEAD Watch site: concerns, city's role, fidelity, fit".
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from positions.followthrough.days import PartialDay
from positions.followthrough.fidelity import Criterion, Finding, Reply, Row, checklist, may_find, may_reply
from positions.followthrough.taken_back import TakenBack
from positions.followthrough.vocabulary.fidelity import Fidelity
from transcripts.bilingual import Bilingual

TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
GONE = TakenBack("An editor", AT, Bilingual("The minutes were of another group."))
CRITERIA = [Criterion(n, f"c{n}", Bilingual(f"Thing {n}"), core=n < 4, position=n) for n in range(1, 9)]
WATCH, AUDITOR = "Bridge Watch", "City auditor"


def finding(id: int, criterion: int, result: Fidelity, by: str = WATCH, on: date = TODAY) -> Finding:
    return Finding(id, f"key-{id}", criterion, result, on, by, AT, ground="a document")


def reply(id: int, words: str, on: date = TODAY, by: str = "City", **to: int) -> Reply:
    return Reply(id, f"key-{id}", by, words, "en", on, AT, received="by letter", **to)


def row(findings: list[Finding], criterion: int = 1) -> Row:
    return checklist(CRITERIA, findings, [], TODAY).rows[criterion - 1]


def test_the_latest_finding_of_each_finder_stands_and_where_they_differ_neither_is_chosen() -> None:
    old = finding(1, 1, Fidelity.MET, on=date(2025, 1, 1))
    new = finding(2, 1, Fidelity.DEPARTS, by="bridge  watch")
    other = finding(3, 1, Fidelity.ADAPTED, by=AUDITOR, on=date(2025, 6, 1))
    told = row([new, other, old])
    assert [one.id for one in told.standing] == [2, 3]
    assert [one.id for one in told.earlier] == [1]
    assert told.differ and told.result is None
    assert row([old, replace(other, result=Fidelity.MET)]).result == Fidelity.MET


def test_a_finding_taken_back_stays_readable_and_the_one_before_stands_again() -> None:
    old, new = finding(1, 1, Fidelity.MET, on=date(2025, 1, 1)), finding(2, 1, Fidelity.DEPARTS)
    told = row([old, replace(new, taken_back=GONE)])
    assert [one.id for one in told.standing] == [1]
    assert [one.taken_back for one in told.taken_back] == [GONE]


def test_the_summary_names_its_denominator_and_everything_adds_up() -> None:
    results = [Fidelity.MET, Fidelity.MET, Fidelity.ADAPTED, *[Fidelity.DEPARTS] * 3, *[Fidelity.NO_DATA] * 2]
    told = checklist(CRITERIA, [finding(n, n, result) for n, result in enumerate(results, 1)], [], TODAY).tally
    assert (told.asked_for, told.differ, told.unseen) == (8, 0, 0)
    assert told.found == {Fidelity.MET: 2, Fidelity.ADAPTED: 1, Fidelity.DEPARTS: 3, Fidelity.NO_DATA: 2}


def test_departing_is_told_of_the_heart_of_the_design_only_and_since_when() -> None:
    first, again = finding(1, 3, Fidelity.DEPARTS, on=date(2024, 5, 1)), finding(2, 3, Fidelity.DEPARTS)
    before, aside = finding(3, 3, Fidelity.MET, on=date(2023, 5, 1)), finding(4, 7, Fidelity.DEPARTS)
    told = checklist(CRITERIA, [again, first, before, aside], [], TODAY)
    assert [one.criterion.slug for one in told.departing] == ["c3"] and told.core == 3
    assert told.departing[0].standing[0].since == "2024-05-01"


def test_replies_stand_beside_what_they_answer_the_latest_of_each_body() -> None:
    replies = [
        reply(1, "We never said so.", date(2025, 1, 1), criterion=1),
        reply(2, "We changed this.", criterion=1),
        reply(3, "So did we.", by="Police department", criterion=1),
        reply(4, "Of a concern.", concern=7),
        reply(5, "Of the whole."),
    ]
    told = checklist(CRITERIA, [], replies, TODAY)
    assert [one.id for one in told.rows[0].replies.standing] == [2, 3]
    assert [one.id for one in told.rows[0].replies.earlier] == [1]
    assert [one.id for one in told.replies.standing] == [5]


def test_everybody_is_named_with_their_interest() -> None:
    stake = Bilingual("Represents people who work on the street")
    told = checklist(
        CRITERIA,
        [replace(finding(1, 1, Fidelity.MET), interest=stake), finding(2, 2, Fidelity.MET, AUDITOR)],
        [],
        TODAY,
    )
    assert told.finders == ((WATCH, stake), (AUDITOR, None))


def test_what_cannot_be_is_not_recorded() -> None:
    tomorrow = TODAY + timedelta(days=1)
    now, year, next_year = (PartialDay.of(day) for day in (TODAY.isoformat(), "2026", "2027"))
    assert "has not come" in str(may_find(Fidelity.MET, next_year, True, None, TODAY))
    assert "began on 2027" in str(may_find(Fidelity.MET, now, True, next_year, TODAY))
    assert may_find(Fidelity.MET, year, True, now, TODAY) is None  # some day of that year
    assert "source" in str(may_find(Fidelity.MET, now, False, None, TODAY))
    assert may_find(Fidelity.NO_DATA, now, False, None, TODAY) is None
    assert "has not come" in str(may_reply(reply(1, "Yes.", tomorrow), TODAY))
    assert "one thing" in str(may_reply(reply(1, "Yes.", criterion=1, concern=1), TODAY))
    assert "received" in str(may_reply(replace(reply(1, "Yes."), received=" "), TODAY))
    assert may_reply(reply(1, "Yes."), TODAY) is None


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    who = st.sampled_from([WATCH, AUDITOR, "A class"])
    cells = st.tuples(st.integers(1, 8), st.sampled_from(Fidelity), who, st.integers(0, 40), st.booleans())
    made = []
    for n, (criterion, result, by, ago, gone) in enumerate(draw(st.lists(cells, max_size=20))):
        one = finding(n, criterion, result, by, TODAY - timedelta(days=ago))
        made.append(replace(one, taken_back=GONE) if gone else one)
    return made


@given(findings(), st.randoms(use_true_random=False))
def test_no_finding_is_lost_every_finder_stands_once_and_the_order_of_reading_does_not_matter(
    found: list[Finding], chance: Random
) -> None:
    told = checklist(CRITERIA, found, [], TODAY)
    mixed = list(found)
    chance.shuffle(mixed)
    assert checklist(CRITERIA, mixed, [], TODAY) == told
    shown = [one.id for row in told.rows for layer in (row.standing, row.earlier, row.taken_back) for one in layer]
    assert sorted(shown) == sorted(one.id for one in found)
    for one in told.rows:
        assert len({it.by for it in one.standing}) == len(one.standing)
        assert all(it.since is not None and it.since <= it.told_on for it in one.standing)
    counts = told.tally
    assert sum(counts.found.values()) + counts.differ + counts.unseen == counts.asked_for == 8
