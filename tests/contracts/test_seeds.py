"""Every system the two source documents name has its page in the demo world: the table of the seeds, row by row.

What a row must show stands beside its address; nothing of it is the documents' own sentences.
"""

import re
from html import unescape

import pytest
from flask import Flask

ROWS: dict[str, dict[str, tuple[str, ...]]] = {
    "the debate itself": {
        "/forums/hartford-2015": ("September 8, 2015", "120 people", "Luke Bronin", "ACLU of Connecticut"),
        "/contests/hartford-mayor-2015/audit": ("Pedro Segarra", "32"),
    },
    "organisers; student questioners; moderator; venue": {
        "/forums/hartford-2015": (
            "Mark Twain House and Museum",
            "League of Women Voters of Greater Hartford",
            "Students of the Law and Government Academy",
            "Al Terzi",
        ),
    },
    "the article": {
        "/forums/hartford-2015": (
            "News report of the Hartford mayoral debate",
            "News report: selected quotes only",
            "The publisher campaigns on this subject",
        ),
    },
    "CT-N video": {
        "/forums/hartford-2015": ("Recording of the Hartford mayoral debate", "CT-N", "we do not hold a link")
    },
    "four candidates": {
        "/contests/hartford-mayor-2015": (
            "Luke Bronin",
            "Pedro Segarra",
            "Ted Cannon",
            "Joel Cruz",
            "unaffiliated",
            "incumbent",
        ),
    },
    "LEAD diversion, ban-the-box, militarization, oversight board, cameras, foot patrol": {
        "/contests/hartford-mayor-2015/compare?by=statement": (
            "15 of 32 boxes have a statement",
            *(f'id="r-hartford-p{n}"' for n in range(1, 9)),
        ),
        "/topics/diversion": ("LEAD",),
    },
    "Seattle LEAD and its evaluation; Santa Fe; United Kingdom": {
        "/programs/lead-seattle": ("60", "ACLU of Connecticut", "We have not checked this against its source"),
        "/programs/diversion-santa-fe": ("Cannon",),
        "/programs/diversion-united-kingdom": ("Cannon",),
        "/programs": ("Tried elsewhere",),
    },
    "Segarra's prostitution program; mayor's sign-off": {
        "/programs/hartford-prostitution-diversion": ("Segarra", "Said to be under way"),
        "/commitments?by=pedro-segarra": ("Pedro Segarra", "Promise", "Said to be under way"),
    },
    "$12.9 million since 2009": {
        "/figures/connecticut-military-equipment": ("12,900,000", "2009", "During a period", "Connecticut"),
    },
    "federal ban; state inventory bill that failed": {
        "/acts": ("Did not pass", "Federal"),
        "/contests/hartford-mayor-2015/compare?by=statement": ('href="/acts/',),
    },
    "inventory twice a year": {"/commitments": ("twice a year",)},
    "New Haven LEAD pilot": {
        "/programs/lead-new-haven": (
            "New Haven",
            "Pilot",
            "November 2017",
            "/models/lead",
            "/programs/lead-new-haven/documents",
        ),
    },
    "LEAD National Support Bureau, PDA, Katal": {
        "/models/lead": ("LEAD National Support Bureau", "Public Defender Association", "Katal Center"),
    },
    "LEAD Watch site: concerns, city's role, fidelity, fit": {
        "/programs/lead-new-haven": (
            "Who keeps this page:",
            "Has an interest:",
            "Is it run as designed?",
            "Concern",
            "Open question",
            "We hold no reply.",
        ),
        "/programs/lead-new-haven/design": ("Departs from the design", "No data", "We hold no reply."),
    },
    "referral route, services added": {
        "/programs/lead-new-haven": ('href="/figures/',),
        "/figures/lead-new-haven-entered": ("social contact", "Since the beginning"),
        "/figures/lead-new-haven-services-added": ("What the program added",),
    },
    "the dashboard": {
        "/documents/new-haven-lead-dashboard": ("Dashboard", "veoci.com"),
        "/figures/lead-new-haven-active": (
            "Active on one day",
            "Whoever left before is not counted",
            "gender",
            "ethnicity",
            "race",
            "neighborhood",
        ),
    },
    "Working Group minutes": {
        "/documents": ("Minutes",),
        "/search?q=minutes": ("/documents/",),
    },
    "history, funding, operations": {
        "/programs/lead-new-haven/history": ("November 2017",),
        "/programs/lead-new-haven/money": ("New Haven",),
        "/programs/lead-new-haven/people": ("City of New Haven",),
    },
    "contact form": {"/tell": ()},
    "glossary": {
        "/glossary": ("LEAD", "harm reduction", "reducción de daños"),
        "/contests/hartford-mayor-2015/compare?by=statement": ("popovertarget",),
        "/contests/hartford-mayor-2015/match": ("popovertarget",),
        "/contests/port-linden-mayor-2027/quiz": ("popovertarget",),
    },
}
"""Row of the table → address → what stands there."""


@pytest.mark.parametrize("row", ROWS)
def test_the_row_works(app: Flask, row: str) -> None:
    client = app.test_client()
    for address, words in ROWS[row].items():
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status)
        html = unescape(answer.text)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
        missing = [word for word in words if word not in html and word.casefold() not in text.casefold()]
        assert not missing, (address, missing)
        if "?" not in address:
            assert client.get(f"/es{address}").status_code == 200


def test_a_candidate_whose_words_we_do_not_hold_leads_to_the_comparison(app: Flask) -> None:
    page = app.test_client().get("/speakers/pedro-segarra").text
    assert "We hold none of their words yet." in page and "No words of theirs on record" in page
    assert 'href="/contests/hartford-mayor-2015/compare"' in page


def test_what_is_due_on_no_known_day_is_not_called_too_early_in_a_list(app: Flask) -> None:
    """“Too early” beside a promise of 2015 would promise a day that nobody knows; its own page says that none is known."""
    client = app.test_client()
    listed = client.get("/commitments?by=pedro-segarra").text
    entry = listed[listed.index("No military equipment for the police") :]
    assert "We have not checked this yet" in entry and "Too early to say" not in entry[: entry.index("</li>")]
    link = re.findall(r'href="(/commitments/[^"?]+)"', listed[: listed.index("No military equipment for the police")])[
        -1
    ]
    assert "No day is known by which it is due" in client.get(link).text
    early = client.get("/commitments?standing=too_early").text
    assert "No military equipment for the police" not in early and "Too early to say" in early
