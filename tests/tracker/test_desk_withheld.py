"""A canary: words planted everywhere, withheld at the desk, looked for in every table, page, download, feed and the index."""

import re
from dataclasses import replace
from pathlib import Path

from tests.positions.test_withholding import CANARY, WORDS, plant, rows
from tests.tracker.desk import desk_of
from tests.transcripts.records import turn_saying
from tests.world import config_in
from tracker import indexing
from transcripts import formats

ADDRESS = re.compile(r'href="(/(?!static)[^"#]*)')
REASON = {"kind": "name", "why": "A private person asked for it", "requested_by": "the person"}


def test_no_page_download_or_feed_holds_words_withheld_at_the_desk(tmp_path: Path) -> None:
    config = replace(config_in(tmp_path), search="whoosh")
    database = plant(config)
    desk = desk_of(config)
    reader, editor = desk.nobody(), desk.as_("editor", "admin")
    turn = turn_saying(database, "two rooms")
    here = f"/desk/turns/{turn.key}/withhold"
    asked = {"version": turn.version, "words": CANARY.lower(), **REASON}
    address = f"/report?turn={turn.key}"
    (secret,) = re.findall(r'name="secret" value="([^"]+)"', reader.get(address).text)
    reader.post(address, {"secret": secret, "kind": "wrong_words", "text": f"{CANARY} is my mother."})
    seen = editor.post(here, asked | {"step": "look"})
    assert seen.status_code == 200 and seen.text.count("<mark>") >= 3 and "Reports of readers 1" in seen.text
    assert turn_saying(database, "two rooms").version == turn.version, "looking changes nothing"
    assert editor.post(here, asked | {"words": "Nobody Here", "step": "look"}).status_code == 422
    late = editor.post(here, asked | {"version": 1, "step": "do"})
    assert late.status_code == 409 and REASON["why"] in late.text
    told = editor.post(here, asked | {"why": f"{CANARY} asked", "step": "do"})
    assert told.status_code == 422, "the reason must not repeat them"
    assert editor.post(here, asked | {"step": "do"}).status_code == 303
    rest = turn_saying(database, "Thank you, Ms.")
    again = asked | {"version": rest.version, "words": "Quokkasdottir", "step": "do"}
    assert editor.post(f"/desk/turns/{rest.key}/withhold", again).status_code == 303
    assert indexing.catch_up(database, config)
    assert [place for place, data in rows(database) if WORDS.search(data)] == []
    index = [path for path in config.index_dir.rglob("*") if path.is_file()]
    assert index and not [path.name for path in index if WORDS.search(path.read_bytes())]
    waiting = ["/", "/es/", "/corrections.atom", "/search?q=rooms", "/desk", "/desk/team/log", "/desk/withheld"]
    waiting += [f"/forums/rose-street/download/{writer.NAME}" for writer in formats.WRITERS]
    seen_here: set[str] = set()
    while waiting and len(seen_here) < 250:
        path = waiting.pop(0).replace("&amp;", "&")
        if path in seen_here:
            continue
        seen_here.add(path)
        answer = (editor if "/desk" in path else reader).get(path)
        assert not WORDS.search(answer.data), path
        assert not WORDS.search(str(answer.headers).encode()), path
        if answer.mimetype == "text/html":
            waiting += ADDRESS.findall(answer.text)
    assert {"/corrections.atom", f"/turns/{turn.key}", "/forums/rose-street"} <= seen_here
    stones = editor.get("/desk/withheld").text
    assert "[name withheld]" in stones and REASON["why"] in stones
    database.dispose()
    desk.database.dispose()
