"""A student's assignment through the forms alone: mark, choose sentences and words, take back, hand in; and what the teacher makes."""

import io
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from ulid import ULID

from positions.classes import assigning
from positions.classes.assigning import Wanted
from positions.classes.presets import PRESETS
from tests.positions.town import load_text
from tests.tracker.calling import site
from tests.tracker.desk import Desk, Visitor, desk_on
from tests.tracker.school import School, school_of

FRAGMENT = {"HX-Request": "true", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("school")
    desk = desk_on(site(home, f"sqlite:///{home / 'tracker.db'}"))
    load_text(desk.database)
    yield desk
    desk.database.dispose()


@pytest.fixture
def school(desk: Desk) -> School:
    """A class of its own for every test."""
    return school_of(desk)


def give(school: School, preset: str, **more: object) -> str:
    one = PRESETS[preset]
    with school.desk.database.write() as session:
        questions = tuple(held.key for held in assigning.questions_of(session, "town-2026"))
        wanted = Wanted(one.name.en, questions, (), one.tags, preset, one.instructions.en, one.unit, one.exclusive)
        return assigning.make(session, school.class_id, "town-2026", wanted)


def cards(text: str) -> list[str]:
    """The answers of a page, each as its own piece of it."""
    return re.split(r'<li class="work-answer', text)[1:]


def passages(text: str) -> list[str]:
    return re.findall(r'data-answer="(\d+)"', text)


def mark(visitor: Visitor, key: str, **data: object) -> int:
    return visitor.post(f"/classes/work/{key}/marks", data).status_code


def test_two_taps_mark_an_answer_and_a_third_takes_it_away(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    page = visitor.get(f"/classes/work/{key}").text
    assert "0 of 4 answers marked" in page and "Ana Reyes" in page
    first = passages(page)[0]
    assert mark(visitor, key, passage=first, tag="partly") == 303
    page = visitor.get(f"/classes/work/{key}").text
    assert "1 of 4 answers marked" in page
    (pressed,) = re.findall(r'name="take" value="(\w+)" data-tag="(\w+)"[^>]*aria-pressed="true"', page)
    assert pressed[1] == "partly"
    assert mark(visitor, key, passage=first, take=pressed[0]) == 303
    assert "0 of 4 answers marked" in visitor.get(f"/classes/work/{key}").text


def test_htmx_gets_the_answer_alone(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    data = {"form_key": str(ULID()), "passage": first, "tag": "answered"}
    for _ in range(2):  # a save that is sent again answers the same
        answer = visitor.client.post(f"/classes/work/{key}/marks", data=data, headers=FRAGMENT)
        assert answer.status_code == 200 and "<html" not in answer.text
        assert len(cards(answer.text)) == 1 and answer.text.count('aria-pressed="true"') == 1


def test_ticked_sentences_become_one_mark_where_they_touch(school: School) -> None:
    key, visitor = give(school, "kinds"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    assert mark(visitor, key, passage=first, tag="fact") == 422
    assert mark(visitor, key, passage=first, tag="fact", sentence=["0", "1"]) == 303
    card = cards(visitor.get(f"/classes/work/{key}").text)[0]
    assert card.count("<mark") == 2 and len(re.findall(r'<li id="n-', card)) == 1


def test_words_are_chosen_by_writing_them(school: School) -> None:
    key, visitor = give(school, "read"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    assert mark(visitor, key, passage=first, tag="point", words="buses will be free") == 422
    assert mark(visitor, key, passage=first, tag="point", words="buses should be free") == 303
    assert mark(visitor, key, passage=first, tag="reason", words="free, every day", comment="<b>why</b>") == 303
    card = cards(visitor.get(f"/classes/work/{key}").text)[0]
    assert re.search(r"<mark[^>]*>buses should be </mark><mark[^>]*><mark[^>]*>free</mark></mark>", card)
    assert "&lt;b&gt;why" in card
    words = re.sub(r"<[^>]+>", "", card.split("data-text", 1)[1].split(">", 1)[1].split("</p>")[0])
    assert words == "I have said it before.\nThe buses should be free, every day."


def test_what_is_refused_says_why_and_keeps_what_was_written(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    answer = visitor.post(f"/classes/work/{key}/marks", {"passage": "999999", "tag": "answered", "comment": "my words"})
    assert answer.status_code in (404, 422) and "my words" in answer.text
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    assert mark(visitor, key, passage=first, tag="dragon") == 422
    assert mark(visitor, key, passage="x", tag="answered") == 422
    assert mark(visitor, key, passage=first, take="nobody") in (404, 422)
    assert (
        visitor.post(f"/classes/work/{key}/marks", {"form_key": "", "passage": first, "tag": "answered"}).status_code
        == 422
    )
    assert mark(visitor, "no-such-key", passage=first) == 404
    for odd in ("9" * 5_000, "²", "-1", "1e3"):
        assert mark(visitor, give(school, "kinds"), passage=first, tag="fact", sentence=odd) in (404, 422)


def test_a_save_into_a_paused_class_is_asked_for_again(school: School) -> None:
    """The status by which the page's script keeps a save instead of dropping it."""
    key, visitor = give(school, "answered"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    pause = f"/desk/classes/{school.key}/pause"
    assert school.teacher.post(pause, {"paused": "1"}).status_code == 303
    assert mark(visitor, key, passage=first, tag="answered") == 423
    assert school.teacher.post(pause).status_code == 303
    assert mark(visitor, key, passage=first, tag="answered") == 303


def test_handing_in_ends_the_marking_and_opens_the_views(school: School) -> None:
    key = give(school, "answered")
    one, other = (student.visitor for student in school.students)
    first = passages(one.get(f"/classes/work/{key}").text)[0]
    mark(other, key, passage=first, tag="other", comment="heard and not seen")
    other.post(f"/classes/work/{key}/hand-in")
    assert "heard and not seen" not in one.get(f"/classes/work/{key}?view=class").text
    mark(one, key, passage=first, tag="answered")
    assert one.post(f"/classes/work/{key}/hand-in").status_code == 303
    page = one.get(f"/classes/work/{key}?view=class").text
    assert "heard and not seen" in page and "Answered: 1 · Spoke of something else: 1" in page
    assert mark(one, key, passage=first, tag="partly") == 409
    assert 'class="work-form"' not in page


def test_the_history_tells_every_step(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    assert "Nothing yet" in visitor.get(f"/classes/work/{key}/history").text
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    mark(visitor, key, passage=first, tag="answered")
    mark(visitor, key, undo="1")
    told = visitor.get(f"/classes/work/{key}/history").text
    assert "Taken back:" in told and "(taken back since)" in told


def test_names_wait_for_the_reveal(school: School) -> None:
    one = PRESETS["answered"]
    with school.desk.database.write() as session:
        questions = tuple(held.key for held in assigning.questions_of(session, "town-2026"))
        wanted = Wanted("Blind", questions, (), one.tags, unit="turn", names_hidden=True)
        key = assigning.make(session, school.class_id, "town-2026", wanted)
    page = school.students[0].visitor.get(f"/classes/work/{key}").text
    assert "Ana Reyes" not in page and "Speaker A" in page and "/turns/" not in page


def test_a_save_asks_as_little_however_many_marks_there_are(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    all_of_them = passages(visitor.get(f"/classes/work/{key}").text)
    counted = []
    made: list[str] = []
    for engine in {school.desk.database.reader, school.desk.database.writer}:
        event.listen(engine, "before_cursor_execute", lambda c, k, statement, p, x, m: made.append(statement))
    for passage in all_of_them[:3]:
        made.clear()
        mark(visitor, key, passage=passage, tag="answered")
        visitor.get(f"/classes/work/{key}")
        counted.append(len(made))
    assert counted[1] == counted[2] <= 55


def test_a_teacher_picks_questions_and_gives_them(school: School) -> None:
    base = f"/desk/classes/{school.key}/assignments"
    assert "Nothing yet" in school.teacher.get(base).text
    assert "Town forum" in school.teacher.get(f"{base}/new").text
    form = school.teacher.get(f"{base}/new?forum=town-2026&preset=answered").text
    questions = re.findall(r'name="questions" value="([^"]+)"', form)
    counted = school.teacher.get(f"{base}/new?forum=town-2026&preset=answered&form_key=x&questions={questions[0]}").text
    assert re.search(r"2 answers, about \d+ words, 1 minute", re.sub(r"\s+", " ", counted))
    filled = {"forum": "town-2026", "preset": "answered", "title": "Buses", "unit": "turn", "policy": "hidden"}
    filled |= {"tags": "Yes\nNo: not at all\nPublic transit"}
    answer = school.teacher.post(f"{base}/new", {**filled, "questions": questions, "comments": "1"})
    assert answer.status_code == 303
    page = school.teacher.get(answer.headers["Location"]).text
    assert "Buses" in page and "not at all" in page and "/topics/transit" in page
    refused = school.teacher.post(f"{base}/new", {**filled, "tags": "Yes\nYes", "questions": questions})
    assert refused.status_code == 422 and "is there twice" in refused.text and "Buses" in refused.text
    assert school.teacher.post(f"{base}/new", {**filled, "comments": "1"}).status_code == 422
    key = answer.headers["Location"].rsplit("/", 1)[1]
    copied = school.teacher.post(f"{base}/{key}/copy", {"into": school.key})
    assert copied.status_code == 303 and "Buses" in school.teacher.get(copied.headers["Location"]).text


def test_presets_come_in_both_languages(school: School) -> None:
    base = f"/desk/classes/{school.key}/assignments"
    for preset in PRESETS:
        form = school.teacher.get(f"/es{base}/new?forum=town-2026&preset={preset}")
        assert form.status_code == 200
        tags = form.text.split('name="tags"')[1].split(">", 1)[1].split("</textarea>")[0].strip()
        questions = re.findall(r'name="questions" value="([^"]+)"', form.text)
        sent = {
            "forum": "town-2026",
            "preset": preset,
            "title": "T",
            "unit": PRESETS[preset].unit,
            "policy": "open",
            "tags": tags,
        }
        made = school.teacher.post(f"{base}/new", {**sent, "questions": questions, "comments": "1"})
        shown = school.teacher.get(made.headers["Location"]).text
        assert PRESETS[preset].tags[0].name.en in shown, "kept in both languages, though it was given in Spanish"


def test_another_classs_student_and_teacher_find_nothing(school: School) -> None:
    key = give(school, "answered")
    stranger = school_of(school.desk)
    for path in (f"/classes/work/{key}", f"/classes/work/{key}/history"):
        assert stranger.students[0].visitor.get(path).status_code == 404
    for path in (f"/desk/classes/{school.key}/assignments", f"/desk/classes/{school.key}/assignments/{key}"):
        assert stranger.teacher.get(path).status_code == 404
    own = f"/desk/classes/{stranger.key}/assignments/{key}"
    assert stranger.teacher.get(own).status_code == school.teacher.get(own).status_code == 404


def test_tags_come_from_a_codebook_and_a_bad_one_says_what_is_wrong(school: School) -> None:
    new = f"/desk/classes/{school.key}/assignments/new"
    form = school.teacher.get(f"{new}?forum=town-2026&preset=own").text
    filled = {"forum": "town-2026", "preset": "own", "title": "From a file", "unit": "turn", "policy": "hidden"}
    filled |= {"questions": re.findall(r'name="questions" value="([^"]+)"', form), "comments": "1"}
    table = b"tag,description\nKept promise,said and done\nOpen,not yet\n"
    made = school.teacher.post(new, {**filled, "codebook": (io.BytesIO(table), "tags.csv")})
    assert "said and done" in school.teacher.get(made.headers["Location"]).text
    refused = school.teacher.post(new, {**filled, "codebook": (io.BytesIO(b"<no xml"), "tags.qdc")})
    assert refused.status_code == 422 and "From a file" in refused.text


def test_a_comment_that_gives_somebody_away_is_kept_with_a_hint(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    mark(visitor, key, passage=first, tag="answered", comment="call me at 860 555 0199")
    page = visitor.get(f"/classes/work/{key}").text
    assert "860 555 0199" in page and "looks as if it held a telephone number" in page


def test_a_teachers_note_stands_there_from_the_beginning_and_another_with_the_results(school: School) -> None:
    key, visitor = give(school, "answered"), school.students[0].visitor
    first = passages(visitor.get(f"/classes/work/{key}").text)[0]
    replies = f"/desk/classes/{school.key}/assignments/{key}/results/reply"
    for text, seed in (("Look at the second sentence.", "1"), ("For afterwards.", "")):
        assert school.teacher.post(replies, {"passage": first, "text": text, "seed": seed}).status_code == 303
    card = cards(visitor.get(f"/classes/work/{key}").text)[0]
    assert "Look at the second sentence." in card and "For afterwards." not in card
    visitor.post(f"/classes/work/{key}/hand-in")
    assert "For afterwards." in visitor.get(f"/classes/work/{key}/results").text
