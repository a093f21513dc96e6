"""Words of strangers stay words: payloads in every text a file or a form can bring, and every page looked at in a real browser."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request
from sqlmodel import select

from tests.browser.conftest import serve
from tests.transcripts.records import stored
from tests.world import config_in
from tracker.db import Database
from transcripts import correcting
from transcripts.amending import Reason
from transcripts.models import Forum, Organisation, Person, Speaker, Turn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BEACON = "/beacon-was-run"
PAYLOADS = (
    f"<script>fetch('{BEACON}')</script>",
    f"<img src=x onerror=\"fetch('{BEACON}')\">",
    f"<div hx-get='{BEACON}' hx-trigger='load'>x</div>",
    f"<div data-hx-get='{BEACON}' data-hx-trigger='load'>x</div>",
    f"<svg/onload=fetch('{BEACON}')>",
    f"\" autofocus onfocus=\"fetch('{BEACON}')",
    f"'><iframe srcdoc=\"<script>parent.fetch('{BEACON}')</script>\">",
    f"<a href=\"javascript:fetch('{BEACON}')\">press</a>",
    f"</title><script>fetch('{BEACON}')</script>",
    f"<v.x onclick=fetch('{BEACON}')>voice</v>",
    f"{{{{ 7*7 }}}} {{% include '{BEACON}' %}}",
    f"<link rel=stylesheet href='{BEACON}'><base href='{BEACON}/'>",
    f"<form action='{BEACON}'><button>go</button></form>\u2028<meta http-equiv=refresh content='0;url={BEACON}'>",
)
ALL = " ".join(PAYLOADS)


def plant(home: Path) -> None:
    """A forum whose every text is an attack, stored as strangers' words are."""
    with Database(config_in(home).database_url) as database:
        stored(database)
        with database.write() as session:
            forum = session.get_one(Forum, 1)
            forum.title_en, forum.venue, forum.city, forum.summary_en = ALL, ALL, ALL, ALL
            forum.video_url = f"javascript:fetch('{BEACON}')"
            forum.held_on = date(2026, 9, 8)
            session.add(Organisation(slug="attack", name=ALL, url=f"javascript:fetch('{BEACON}')"))
            session.add(Person(id=99, slug="attack", name=ALL, sort_name=ALL))
            session.flush()
            for speaker in session.exec(select(Speaker)).all():
                speaker.name, speaker.credit_en, speaker.why, speaker.person_id = ALL, ALL, ALL, 99
            for n, turn in enumerate(session.exec(select(Turn).where(Turn.kind == "speech")).all()):
                words = f"{PAYLOADS[n % len(PAYLOADS)]} What about rents? {ALL}"
                correcting.reword(session, turn.key, turn.version, words, Reason(ALL, ALL, ALL))
                turn.label = f"<B ONCLICK=X>{PAYLOADS[0]}"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    home = tmp_path_factory.mktemp("attacked")
    for url in serve(home, demo=False, prepare=plant):
        with Database(config_in(home).database_url) as database, database.read() as session:
            keys = session.exec(select(Turn.key).where(Turn.status == "current").limit(3)).all()
        yield (
            url,
            [
                "/",
                "/forums",
                "/forums/rose-street",
                "/speakers",
                "/speakers/attack",
                "/corrections",
                "/search?q=" + "%3Cscript%3Efetch('" + BEACON + "')%3C/script%3E",
                "/search?q=rents",
                *(f"/turns/{key}" for key in keys),
                *(f"/turns/{key}/history" for key in keys),
                f"/report?turn={keys[0]}",
            ],
        )


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_nothing_a_file_or_a_person_brings_is_run(desktop: Page, attacked: tuple[str, list[str]], prefix: str) -> None:
    url, paths = attacked
    run: list[str] = []

    def noticed(request: Request) -> None:
        # what a reader may follow by choice is an address; what the page fetches by itself is an attack that ran
        if BEACON in request.url and "/search?" not in request.url:
            run.append(request.url)

    desktop.on("request", noticed)
    desktop.on("dialog", lambda dialog: run.append(dialog.message))
    seen = 0
    for path in paths:
        answer = desktop.goto(f"{url}{prefix}{path}")
        assert answer is not None and answer.status < 500, path
        desktop.wait_for_load_state("networkidle")
        seen += "fetch(" in desktop.locator("body").inner_text()
        planted = desktop.evaluate(
            """(beacon) => [...document.querySelectorAll('*')].filter((one) => [...one.attributes].some((a) =>
                a.value.trim().toLowerCase().startsWith('javascript:') || (a.name.startsWith('on'))
                || (a.name.includes('hx-') && a.value.startsWith(beacon)))).map((one) => one.outerHTML.slice(0, 120))""",
            BEACON,
        )
        assert planted == [], path
    assert run == []
    assert seen >= 5, "the attacks are shown as words"
