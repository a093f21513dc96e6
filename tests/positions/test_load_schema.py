"""Every field of a loaded file is checked, and every fault is told with its line."""

import pytest

from positions.load_document import read_document
from tests.positions.town import TOWN
from transcripts.errors import BadFile


def test_a_good_file_is_read() -> None:
    document, located = read_document(TOWN.encode())
    assert [entry.slug for entry in document.contests] == ["town-mayor-2026"]
    assert document.stances[0].evidence[0].words == "buses should be free"
    assert document.contests[0].candidacies[1].status == "withdrawn"
    assert located.line(("people", 1)) == 5


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("kind: forum\n", "kind: talk\n", "forums → kind: must be one of 'debate', 'forum'"),
        ("tier: 1", "tier: 9", "stances → tier: must be one of 1, 2, 3, 4, 5"),
        ("code: support", "code: No", "stances → code: must be one of 'support'"),
        ("place: Town", "place: No", "contests → place: must be text; put it between quotation marks"),
        (
            "zone: America/New_York\n    fictional",
            "zone: ../passwd\n    fictional",
            "forums → zone: is not a time zone",
        ),
        ("{slug: bo-stone", "{slug: Bo Stone", "people → slug: must be small letters"),
        ("date: 2026-10-20", "date: 20261020", "forums → date: must be a day such as 2026-10-01"),
        ("incumbent: true", "incumbent: yes please", "incumbent: must be true or false"),
        ("ballot_position: 1}", "ballot_position: first}", "ballot_position: must be a whole number"),
        ("name: Cy Abbot, ", "", "people → name: is missing; add it"),
        ("title: What they said", "titel: What they said", "sources → titel: is not a field that is read here"),
        ("file: town.txt", "file: ../../etc/passwd", "file: must be the name of a file beside this one"),
        ("publisher: The Ledger}", "url: javascript:alert(1)}", "url: must be an address that begins with https://"),
        ("publisher: The Ledger}", 'url: "https://x/\\0"}', "url: must be an address that begins with https://"),
        ("publisher: The Ledger}", 'url: "https://x/\\ud800"}', "found invalid Unicode character"),
        ("zone: America/New_York\n    fictional", 'zone: "\\0"\n    fictional', "zone: is not a time zone"),
        ("forum: town-2026, words", "words", "evidence: quotation needs forum"),
        ("source: ledger, text", "forum: town-2026, text", "evidence: reported_quotation needs source"),
        ("kind: reported_quotation", "kind: translation", "evidence: a translation belongs to a quotation"),
        ("by: Mo Clark}", "}", "translation → by: is missing"),
        ("{person: mo-clark, role", "{role", "appearances: needs either a person"),
        ("en: Who drives the buses., ", "", "decides → en: is missing"),
        ("name: Mo Clark", "name: ''", "people → name: is empty; fill it in or remove it"),
        ("stances:\n", "stances: x\nother:\n", "stances: must be a list"),
        ("  - {slug: town-league", "  - town\n  - {slug: town-league", "organisations: must be a group of fields"),
    ],
)
def test_a_fault_is_told_with_line_and_field(good: str, bad: str, message: str) -> None:
    assert good in TOWN
    text = TOWN.replace(good, bad, 1)
    with pytest.raises(BadFile) as refusal:
        read_document(text.encode())
    assert message in str(refusal.value)
    assert str(refusal.value).startswith("Line ")


def test_all_faults_are_told_in_the_order_of_the_file() -> None:
    text = TOWN.replace("kind: forum\n", "kind: talk\n").replace("tier: 1", "tier: 9").replace("name: Cy Abbot, ", "")
    with pytest.raises(BadFile) as refusal:
        read_document(text.encode())
    lines = str(refusal.value).splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["people → name", "forums → kind", "stances → tier"]
    numbers = [int(line.split()[1].rstrip(":")) for line in lines]
    assert numbers == sorted(numbers)
    assert refusal.value.line == numbers[0]


@pytest.mark.parametrize("text", ["[]", "a", "1", "~"])
def test_what_is_no_group_of_fields_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match="the file: must be a group of fields"):
        read_document(text.encode())
