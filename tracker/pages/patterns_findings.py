"""Invented findings, replies and a request for records, for the page that shows every component."""

from datetime import UTC, date, datetime
from typing import Any

from positions.followthrough.fidelity import AskedFor, Criterion, Finding, Reply, checklist
from positions.followthrough.queries.requests import AskedRecords
from positions.followthrough.requests import Request, standing
from positions.followthrough.taken_back import TakenBack
from positions.followthrough.vocabulary.fidelity import Fidelity
from transcripts.bilingual import Bilingual

AT = datetime(2026, 10, 20, 9, 30, tzinfo=UTC)
TODAY = AT.date()
ASKED = Request(date(2026, 6, 22), date(2026, 7, 6))
TEXT = Bilingual("The trucks are counted.", "Se cuentan los camiones.")
STAKE = Bilingual("An invented stake.", "Un interés inventado.")
CITY = "An invented city"


def findings() -> dict[str, Any]:
    """A checklist with every result, one reply, one finding taken back, and a request nobody answered."""
    waiting = standing(ASKED, [], TODAY)
    asked = AskedFor("invented", ASKED.asked_on, CITY, waiting)
    results = [*Fidelity, Fidelity.MET]
    found = [
        Finding(n, f"f{n}", 1 + n % 2, result, TODAY, f"Finder {n}", AT, TEXT, STAKE if n else None)
        for n, result in enumerate(results)
    ]
    found[3] = Finding(3, "f3", 2, Fidelity.NO_DATA, TODAY, "Finder 3", AT, TEXT, None, asked)
    found[4] = Finding(
        4, "f4", 1, Fidelity.MET, TODAY, "Finder 4", AT, TEXT, taken_back=TakenBack("An editor", AT, TEXT)
    )
    reply = Reply(1, "r1", CITY, "We count every truck.", "en", TODAY, AT, criterion=1, received="Invented.")
    criteria = [Criterion(n, f"c{n}", TEXT) for n in (1, 2)]
    return {
        "checklist": checklist(criteria, found, [reply], TODAY),
        "asked_records": AskedRecords(
            1, "invented", TEXT, CITY, "Avery Example", ASKED, None, None, None, None, True, "UTC", waiting
        ),
    }
