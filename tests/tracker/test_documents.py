"""Documents for readers: their page, their file, what search finds in them, and what their publishing right keeps back.

Row of seeds.md: "Working Group minutes: documents, searchable with the transcripts".
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from positions import loading
from positions.entries import KINDS
from positions.followthrough import uploads
from positions.followthrough.copies import Brought
from positions.followthrough.models.documents import Document, DocumentCopy, DocumentPassage, DocumentUpload, LinkCheck
from positions.load_document import read_document
from tests.positions.town import load_text
from tests.tracker.calling import Site, site
from tests.tracker.desk import Desk, desk_on
from tests.transcripts.records import turn_saying
from tracker import edits, in_documents, indexing
from tracker.config import Config
from tracker.db import Database
from tracker.intake import file_reader
from tracker.withholding import withhold
from transcripts.amending import Reason
from transcripts.formats.printed import Paragraph
from transcripts.models import Forum, now
from transcripts.papers import Paper
from transcripts.search.engine import Sort
from transcripts.search.finding import Asked

MINUTES = """\
# Working group, minutes of 4 May

Present: Ana Reyes, Bo Stone.

The coordinator said that no shelter beds were added and that buses run until nine.

## Members

Two seats for residents are empty.
"""
FILE = """\
documents:
  - slug: town-minutes
    kind: minutes
    title: {en: Minutes of the working group, es: Acta del grupo de trabajo}
    publisher: Working group
    published_on: "2026-05-04"
    url: https://town.example/minutes
    archived_url: https://archive.example/minutes
    archived_on: 2026-05-06
    interest: {en: It runs the program.}
    file: minutes.md
    captured_on: 2026-05-05
  - slug: town-site
    kind: website
    title: {en: A site about the town}
    published_on: "2018"
commitments:
  - slug: town-beds
    kind: promise
    title: {en: Add shelter beds}
    organisation: town-league
    said_on: 2026-05-04
    zone: America/New_York
    criterion: {en: Beds were added.}
    origin_kind: source_summary
    origin: {en: The minutes say so.}
    cited: {document: town-minutes, place: item 2}
"""
PAGE = "/documents/town-minutes"


def load(database: Database, folder: Path, text: str = FILE, words: str = MINUTES) -> None:
    (folder / "minutes.md").write_text(words)
    with database.write() as session:
        loading.load(session, *read_document(text.encode()), lambda *_: False, read_file=file_reader(folder))


def keep(session: Session, slug: str, **facts: object) -> None:
    kind = KINDS["document"]
    kind.write(session, slug, {**(kind.read(session, slug) or {}), **facts})


@pytest.fixture
def town(database_url: str, tmp_path: Path) -> Site:
    return site(tmp_path, database_url)


@pytest.fixture
def desk(town: Site) -> Iterator[Desk]:
    desk = desk_on(town)
    load_text(desk.database)
    load(desk.database, town.home)
    yield desk
    desk.database.dispose()


@pytest.fixture
def config(town: Site) -> Config:
    return Config(home=town.home, database_url=town.url)


def asked(desk: Desk, words: str, limit: int = 20, **more: object) -> in_documents.InDocuments:
    with desk.database.read() as session:
        return in_documents.ask(session, desk.app.extensions["search_documents"], replace(Asked(words), **more), limit)


def test_the_page_says_what_it_is_where_it_lies_what_rests_on_it_and_its_words(desk: Desk) -> None:
    text = desk.nobody().get(PAGE).text
    for told in ("Minutes of a meeting · Working group", "May 4, 2026", "It runs the program.", "SHA-256"):
        assert told in text
    assert "Copy 1, as it was on May 5, 2026" in text and "Archived elsewhere" in text
    assert "Add shelter beds" in text and "(item 2)" in text
    with desk.database.read() as session:
        keys = session.exec(select(DocumentPassage.key).order_by(DocumentPassage.position)).all()
    assert all(f'id="p-{key}"' in text for key in keys) and len(keys) == 5
    spanish = desk.nobody().get(f"/es{PAGE}").text
    assert "Acta del grupo de trabajo" in spanish and '<div class="document-words" lang="en">' in spanish


def test_a_document_of_which_nothing_is_held_says_so(desk: Desk) -> None:
    text = desk.nobody().get("/documents/town-site").text
    assert "We do not hold a link to it." in text and "We hold no copy." in text and "Its words" not in text
    assert desk.nobody().get("/documents/nothing").status_code == 404
    assert desk.nobody().get("/documents/town-site/file").status_code == 404


def test_the_file_is_given_to_be_kept_and_runs_nowhere(desk: Desk) -> None:
    answer = desk.nobody().get(f"{PAGE}/file")
    assert answer.data == MINUTES.encode()
    assert answer.headers["Content-Disposition"] == "attachment; filename=minutes.md"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert desk.nobody().get(f"{PAGE}/file", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    for copy in ("2", "0", "x", "99999999999"):
        assert desk.nobody().get(f"{PAGE}/file?copy={copy}").status_code in (200, 404)
    assert desk.nobody().get(f"{PAGE}/file?copy=2").status_code == 404


def test_a_later_copy_is_shown_and_links_into_the_earlier_one_still_lead_there(desk: Desk, town: Site) -> None:
    with desk.database.read() as session:
        key = session.exec(select(DocumentPassage.key).where(DocumentPassage.position == 2)).one()
    load(desk.database, town.home, words=MINUTES.replace("no shelter beds", "six beds"))
    text = desk.nobody().get(PAGE).text
    assert "six beds" in text and "no shelter beds" not in text and f"p-{key}" not in text
    earlier = desk.nobody().get(f"{PAGE}?passage={key}").text
    assert f'id="p-{key}"' in earlier and "There is a later one." in earlier
    assert desk.nobody().get(f"{PAGE}/file?copy=1").data != desk.nobody().get(f"{PAGE}/file").data


@pytest.mark.parametrize("right", ["quotations", "private"])
def test_what_may_not_be_shown_whole_is_neither_shown_nor_given_nor_found(
    desk: Desk, config: Config, right: str
) -> None:
    assert indexing.catch_up(desk.database, config)
    assert asked(desk, "beds").total == 1
    with desk.database.write() as session:
        keep(session, "town-minutes", right=right)
    assert asked(desk, "beds").hits == (), "at once, whatever the index says"
    assert indexing.catch_up(desk.database, config)
    assert asked(desk, "beds").total == 0
    text = desk.nobody().get(PAGE).text
    assert "shelter beds were added" not in text and "document-words" not in text and "Download" not in text
    assert desk.nobody().get(f"{PAGE}/file").status_code == 404
    assert "Working group" in text, "what it is stays public"
    with desk.database.write() as session:
        keep(session, "town-minutes", right="whole")
    assert indexing.catch_up(desk.database, config)
    assert asked(desk, "beds").total == 1


def test_of_a_document_for_quotations_the_paragraphs_that_are_cited_are_shown(desk: Desk, town: Site) -> None:
    with desk.database.read() as session:
        key = session.exec(select(DocumentPassage.key).where(DocumentPassage.position == 2)).one()
    load(
        desk.database,
        town.home,
        FILE.replace("place: item 2", f"place: {key}").replace("kind: minutes", "kind: minutes\n    right: quotations"),
    )
    text = desk.nobody().get(PAGE).text
    assert "no shelter beds were added" in text and "Two seats" not in text
    assert f'?passage={key}#p-{key}">¶</a>' in text, "what rests on it leads to the paragraph"
    told = desk.nobody().get("/commitments/town-beds").text
    assert f"/documents/town-minutes?passage={key}#p-{key}" in told and f"{key}<" not in told


def test_search_finds_documents_beside_what_was_said(desk: Desk, config: Config) -> None:
    assert indexing.catch_up(desk.database, config)
    text = desk.nobody().get("/search?q=buses").text
    assert "In documents: 1 paragraph" in text and "Minutes of the working group" in text
    assert "<mark>buses</mark>" in text.split('id="in-documents"')[1]
    assert "In documents" not in desk.nobody().get("/search?q=zyzzyva").text
    every = desk.nobody().get("/search/documents?q=beds+OR+seats").text
    assert "2 paragraphs" in every and "/documents/town-minutes?passage=" in every
    assert "No document we hold says this." in desk.nobody().get("/search/documents?q=zyzzyva").text
    assert desk.nobody().get("/search/documents").status_code == 200
    assert desk.nobody().get(f"/search/documents?q={'x' * 501}").status_code == 400
    assert "no more paragraphs" in desk.nobody().get("/search/documents?q=beds&page=9").text


def test_the_language_of_search_is_the_same_and_nobody_speaks_in_a_document(desk: Desk, config: Config) -> None:
    assert indexing.catch_up(desk.database, config)
    for found in (
        "bed",
        '"shelter beds"',
        "shel*",
        "sheltr~",
        '"no beds"~1',
        "beds -lamps",
        "beds date:2026-05",
        "beds lang:en",
    ):
        assert asked(desk, found).total == 1, found
    for missed in (
        "beds speaker:ana-reyes",
        "beds date:2025",
        "beds lang:es",
        "beds -shelter",
        "beds contest:mayor",
        "beds has:video",
    ):
        assert asked(desk, missed).total == 0, missed
    assert asked(desk, "what did they say about beds?").total == 1, "a sentence is asked without its empty words"
    assert asked(desk, "Ana Reyes").total == 1, "a name stays words: it stands in the minutes"
    assert asked(desk, "speaker:ana-reyes").total == 0 == asked(desk, "").total
    assert asked(desk, "beds OR seats", sort=Sort.NEWEST).total == 2


def test_both_engines_find_the_same_and_the_command_tells_it(town: Site, tmp_path: Path) -> None:
    desk = desk_on(town)
    load_text(desk.database)
    load(desk.database, tmp_path)
    told = []
    for engine in ("tantivy", "whoosh"):
        config = Config(home=tmp_path, database_url=town.url, search=engine)
        for shelf in indexing.SHELVES:
            indexing.reindex(desk.database, indexing.open_engine(config, shelf), shelf=shelf)
        ended = town.tracker("search", "beds OR seats OR group", "--json", "--engine", engine)
        assert ended.code == 0, ended.err
        told.append(json.loads(ended.out)["documents"])
    assert told[0] == told[1] and told[0]["total"] == 3
    hit = told[0]["hits"][0]
    assert hit["document"] == "town-minutes" and hit["url"].startswith("/documents/town-minutes?passage=")
    printed = town.tracker("search", "seats", "--engine", "whoosh").out
    assert "In documents: 1" in printed and "Two seats for residents are empty." in printed
    desk.database.dispose()


def test_reindex_and_doctor_count_documents_and_what_goes_is_found_no_more(
    desk: Desk, town: Site, config: Config
) -> None:
    assert indexing.problems(desk.database, config)[0].what.startswith("There is no search index")
    built = town.tracker("reindex")
    with desk.database.read() as session:
        count = indexing.TURNS.count(session) + 5
    assert built.out == f"The search index holds {count} passages.\n"
    assert indexing.problems(desk.database, config) == []
    load(desk.database, town.home, words="The group did not meet.")
    assert "6 changes" in indexing.problems(desk.database, config)[0].what
    assert indexing.catch_up(desk.database, config)
    assert (asked(desk, "beds").total, asked(desk, "meet").total) == (0, 1)
    assert indexing.problems(desk.database, config) == []


def test_a_document_that_prints_withheld_words_is_closed_until_an_editor_has_looked(
    desk: Desk, town: Site, config: Config
) -> None:
    """Words of one person may be the name of another in somebody else's minutes: nothing is masked in them, and all of it is closed."""
    load(desk.database, town.home, words=MINUTES + "\n\nA man of Fine Street, with me, spoke.")
    assert indexing.catch_up(desk.database, config)
    turn = turn_saying(desk.database, "Fine with me", "town-2026")
    assert asked(desk, '"fine street"').total == 1
    with desk.database.write() as session:
        document = session.exec(select(Document).where(Document.slug == "town-minutes")).one()
        paper = Paper("text/plain", None, (Paragraph("Fine, with me."),))
        brought = Brought("draft.txt", b"Fine, with me.", "0" * 64, paper, date(2026, 5, 5))
        uploads.look_over(session, document.slug, brought, "Edith")
        withhold(session, turn.key, 1, "with me", "address", Reason("A private person asked for it", "Ana"))
        assert session.exec(select(DocumentUpload)).all() == []
    assert asked(desk, '"fine street"').hits == (), "at once"
    assert "with me" not in desk.nobody().get(PAGE).text and desk.nobody().get(f"{PAGE}/file").status_code == 404
    assert indexing.catch_up(desk.database, config)
    assert not [
        path for path in (config.index_dir / "documents").rglob("*") if path.is_file() and b"fine" in path.read_bytes()
    ]
    with desk.database.write() as session:
        (act, *_), _ = edits.history(session, "document/town-minutes")
        assert act.by == "Ana" and "with me" not in act.why
        edits.undo(session, act.id, edits.Author("Ana"))
    assert indexing.catch_up(desk.database, config)
    assert asked(desk, '"fine street"').total == 1, "an editor looked: they are somebody else's words"


def test_an_address_that_does_not_answer_is_said_with_the_copy_that_is_left(desk: Desk) -> None:
    with desk.database.write() as session:
        session.add(LinkCheck(url="https://town.example/minutes", checked_at=now(), status=404, failing_since=now()))
    text = desk.nobody().get(PAGE).text
    assert "This address has not answered since" in text and "An archived copy is below." in text


def test_a_forum_says_so_of_its_sources_and_its_recording(desk: Desk) -> None:
    with desk.database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "town-2026")).one()
        forum.video_url = "https://video.example/town"
        session.add(LinkCheck(url=forum.video_url, checked_at=now(), status=410, failing_since=now()))
    assert desk.nobody().get("/forums/town-2026").text.count("has not answered since") == 1


def test_a_long_document_is_read_in_parts_and_a_paragraph_is_found_in_its_part(desk: Desk, town: Site) -> None:
    load(desk.database, town.home, words="\n\n".join(f"Paragraph number {n}." for n in range(450)))
    first = desk.nobody().get(PAGE).text
    assert "Part 1 of 3" in first and "Paragraph number 199." in first and "Paragraph number 200." not in first
    with desk.database.read() as session:
        key = session.exec(select(DocumentPassage.key).where(DocumentPassage.position == 401)).one()
    assert "Part 3 of 3" in desk.nobody().get(f"{PAGE}?passage={key}").text
    assert desk.nobody().get(f"{PAGE}?page=99").status_code == 200


def test_statements_do_not_grow_with_what_is_shown(desk: Desk, town: Site, config: Config) -> None:
    load(desk.database, town.home, words="\n\n".join(f"Paragraph number {n} of beds." for n in range(300)))
    assert indexing.catch_up(desk.database, config)
    made: list[str] = []
    event.listen(desk.database.reader, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    counts = {}
    for path in (PAGE, "/documents/town-site", "/documents", "/search/documents?q=beds"):
        made.clear()
        assert desk.nobody().get(path).status_code == 200
        counts[path] = len(made)
    assert max(counts.values()) <= 10, counts


def test_the_files_of_a_document_are_known_by_their_digest(desk: Desk) -> None:
    with desk.database.read() as session:
        copy = session.exec(select(DocumentCopy).join(Document).where(Document.slug == "town-minutes")).one()
    assert copy.sha256 in desk.nobody().get(PAGE).text
