"""Every box of every page that shows one leads to the words and to their source in two clicks, in both languages."""

import re
from functools import cache
from typing import Any

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from tests.world import VIEWS

RACES = ("hartford-mayor-2015", "port-linden-mayor-2027", "port-linden-council-2025")


class Reader:
    """Somebody who follows links; a page is fetched once."""

    def __init__(self, app: Flask) -> None:
        self.page = cache(self._page)
        self._client = app.test_client()

    def _page(self, address: str) -> Any:
        path, _, anchor = address.partition("#")
        if anchor:
            return self.page(path)
        answer = self._client.get(path)
        assert answer.status_code == 200, address
        return LexborHTMLParser(answer.text)

    def words_of(self, address: str) -> str:
        """First click: the words as the page of a turn shows them. Second click: the forum, which lists its sources."""
        page = self.page(address)
        (words,) = page.css("[data-cite-text]")
        forums = [one.attributes["href"] for one in page.css(".page-head a[href*='/forums/']")]
        assert forums and self.sources(forums[0]), address
        return plain(words)

    def sources(self, address: str) -> list[str]:
        """The sources a forum's page lists."""
        return [plain(one) for one in self.page(address).css("ul.sources li")]


def plain(part: Any) -> str:
    return " ".join(part.text().split())


def quoted(evidence: Any) -> tuple[str, str]:
    """(the words shown, the address of their context) of a piece."""
    (words,) = evidence.css("blockquote")
    (link,) = evidence.css(".evidence-kind a")
    return re.sub(r" ?…?”$", "", plain(words).removeprefix("“")), link.attributes["href"]


def follow(reader: Reader, box: Any) -> list[str]:
    """Check every piece in a box; returns the addresses followed."""
    followed = []
    for piece in box.css(".evidence"):
        if piece.css("blockquote"):
            words, address = quoted(piece)
            assert words in reader.words_of(address), (words, address)
        else:
            (address, *_) = [
                one.attributes["href"] for one in box.css("details.how a") if "/forums/" in one.attributes["href"]
            ]
            assert reader.sources(address), address
        followed.append(address)
    return followed


def boxes(page: Any) -> list[Any]:
    found: list[Any] = page.css("table.grid tbody td:not(.row-steps)")
    return found


@pytest.mark.parametrize("race", RACES)
@pytest.mark.parametrize("by", VIEWS)
def test_every_box_of_the_comparison(app: Flask, race: str, by: str) -> None:
    reader = Reader(app)
    path = f"/contests/{race}/compare?by={by}&order=alphabetical"
    english, spanish = (boxes(reader.page(f"{prefix}{path}")) for prefix in ("", "/es"))
    assert len(english) == len(spanish)
    of_row: dict[str, str] = {}
    for box, caja in zip(english, spanish, strict=True):
        followed = follow(reader, box)
        assert followed or plain(box.css(".stance")[0]), "a box without words says why"
        for one in (box, caja):
            assert "has-statement" not in one.attributes["class"] or one.css(".evidence, .told, .stance")
        addresses = [quoted(piece)[1] for piece in caja.css(".evidence") if piece.css("blockquote")]
        assert addresses == [f"/es{address}" for address in followed if "/turns/" in address]
        of_row |= {plain(box.parent.css("th")[0])[:20]: address for address in addresses[:1]}
    for address in list(of_row.values())[:8]:  # the same pages in Spanish: of each row one, of eight rows
        assert reader.words_of(address)


def test_positions_of_two_days_on_races_and_people(app: Flask) -> None:
    reader = Reader(app)
    race = reader.page("/contests/port-linden-mayor-2027")
    pairs = race.css("section[aria-labelledby=change] .entry")
    assert len(pairs) >= 2
    for prefix in ("", "/es"):
        for path in ("/contests/port-linden-mayor-2027", "/speakers/tobias-farrant", "/speakers/delphine-okoro-reyes"):
            entries = reader.page(f"{prefix}{path}").css("section[aria-labelledby=change] .entry")
            assert entries and all(len(follow(reader, one)) >= 2 for one in entries), path


@pytest.mark.parametrize("race", RACES)
def test_match_and_sheet_lead_to_the_box_itself(app: Flask, race: str) -> None:
    """One click to the row of the comparison, where the test above begins."""
    reader = Reader(app)
    for prefix in ("", "/es"):
        match = reader.page(f"{prefix}/contests/{race}/match")
        rows = {row.attributes["id"] for row in reader.page(f"{prefix}/contests/{race}/compare").css("tbody tr")}
        links = [one.attributes["href"] for one in match.css(f"a[href*='{race}/compare'][href*='#r-']")]
        assert {link.partition("#")[2] for link in links} == rows
        assert boxes(reader.page(links[0]))
        sheet = reader.page(f"{prefix}/contests/{race}/sheet")
        (address,) = [one.attributes["href"] for one in sheet.css(".sheet-foot a")]
        assert len(boxes(reader.page(address[address.index("/contests/") :]))) > 0
