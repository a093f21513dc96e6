"""Annotations of other programs as they are read: every form the model allows, and files that are none."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpora import spec
from transcripts import guarded, web_annotations
from transcripts.errors import BadFile
from transcripts.web_annotations import Noted

KEY = "01JB3Q4D6X8Y0ZARVT5N7K2MWC"
QUOTE = {"type": "TextQuoteSelector", "exact": "four 😀 homes", "prefix": "build ", "suffix": " by"}
KEYS = (
    "id type target source selector refinedBy value exact prefix suffix start end body bodyValue purpose motivation creator name "
    "nickname items first"
).split()
POSITION = {"type": "TextPositionSelector", "start": 12, "end": 24}


def one(**more: Any) -> dict[str, Any]:
    thing: dict[str, Any] = {
        "id": "http://example.org/1",
        "type": "Annotation",
        "odd:key": {"nobody": "knows"},
        "target": {"source": f"https://example.org/turns/{KEY}?v=3", "selector": [QUOTE, POSITION]},
    }
    return {**thing, **more}


def read(thing: Any) -> tuple[Noted, ...]:
    return web_annotations.read(json.dumps(thing).encode())


PLACE = Noted("http://example.org/1", "", KEY, 3, 12, 24, "four 😀 homes", "build ", " by")


@pytest.mark.parametrize(
    "thing",
    [
        one(),
        [one()],
        {"type": "AnnotationPage", "id": "x:y", "items": [one()]},
        {"type": ["AnnotationCollection", "BasicContainer"], "first": {"type": "AnnotationPage", "items": [one()]}},
        {"type": "AnnotationCollection", "items": [one()]},
    ],
    ids=("annotation", "list", "page", "collection", "items"),
)
def test_an_annotation_alone_in_a_page_and_in_a_collection_is_the_same(thing: Any) -> None:
    assert read(thing) == (PLACE,)


@pytest.mark.parametrize(
    "target",
    [
        {"source": f"https://example.org/turns/{KEY.lower()}?v=3", "selector": {**QUOTE, "refinedBy": POSITION}},
        {"source": {"id": f"/turns/{KEY}?v=3"}, "selector": ["urn:x:an-address", POSITION, QUOTE]},
    ],
)
def test_places_are_read_however_they_are_written(target: Any) -> None:
    assert read(one(target=target)) == (PLACE,)


def test_a_turn_is_named_by_a_fragment_too_and_a_place_without_a_turn_says_nothing() -> None:
    fragment = {"type": "FragmentSelector", "value": f"t-{KEY}", "refinedBy": POSITION}
    (told,) = read(one(target={"source": "https://example.org/forums/3", "selector": [POSITION, fragment, QUOTE]}))
    assert (told.turn, told.version, told.start, told.end) == (KEY, None, 12, 24)
    (told,) = read(one(target={"source": "https://example.org/forums/3", "selector": [POSITION, QUOTE]}))
    assert (told.turn, told.start, told.exact) == (None, None, "four 😀 homes")


def test_every_target_is_an_annotation_of_its_own() -> None:
    assert [told.turn for told in read(one(target=[f"https://example.org/turns/{KEY}", "http://[odd", 7]))] == [
        KEY,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("more", "tags", "codes", "comment", "purpose"),
    [
        ({"bodyValue": "Hm."}, (), (), "Hm.", "commenting"),
        (
            {"motivation": "tagging", "body": {"type": "TextualBody", "value": "homes"}},
            ("homes",),
            (),
            "",
            "commenting",
        ),
        (
            {"motivation": "classifying", "body": "http://example.org/c"},
            (),
            ("http://example.org/c",),
            "",
            "commenting",
        ),
        ({"motivation": ["tagging", "commenting"], "body": {"value": "why"}}, (), (), "why", "commenting"),
        (
            {
                "body": [
                    {"value": "homes", "purpose": "tagging"},
                    {"source": {"id": "x:c"}, "purpose": ["classifying"]},
                    {"value": "Who pays?", "purpose": "questioning"},
                    {"value": "And when?"},
                    {"value": " ", "purpose": "commenting"},
                    {"value": 4, "purpose": "tagging"},
                    "http://example.org/video",
                ]
            },
            ("homes",),
            ("x:c",),
            "Who pays?\n\nAnd when?",
            "questioning",
        ),
    ],
)
def test_bodies_are_tags_codes_or_words(more: Any, tags: Any, codes: Any, comment: str, purpose: str) -> None:
    (told,) = read(one(**more))
    assert (told.tags, told.codes, told.comment, told.purpose) == (tags, codes, comment, purpose)


@pytest.mark.parametrize(
    ("creator", "told"),
    [("x:y", "x:y"), ({"name": "Ida"}, "Ida"), ([{"id": "x:z", "nickname": "Heron"}], "x:z"), (5, ""), ({}, "")],
)
def test_an_author_is_whatever_tells_one_from_another(creator: Any, told: str) -> None:
    assert read(one(creator=creator))[0].creator == told


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"WEBVTT", "Line 1: This is no JSON"),
        (b'{\n"type": "Annotation",\n}', "Line 3: This is no JSON"),
        (b'{"type": "Person"}', "At / stands neither"),
        (b'[{"type": "Annotation"}]', r"at \[0\] has no target"),
        (b'{"type": "AnnotationCollection", "first": "http://x.org/page1"}', "At /first stands an address only"),
        (
            b'{"type": "AnnotationPage", "items": [{"type": "Annotation", "target": "x:y"}, 5]}',
            r"At /items\[1\] should",
        ),
        (b"[]", "no annotation"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, "nested too deep", id="deep"),
        pytest.param(b'{"first":' * 900 + b"1" + b"}" * 900, "At / stands neither", id="deep, unknown"),
        pytest.param(b'{"items":' * 900 + b"[]" + b"}" * 900, "nested too deep|no annotation", id="deep items"),
        pytest.param(b"[" + b"9" * 100_000 + b"]", "nested too deep, or a number", id="number"),
        pytest.param(json.dumps([one()] * 2_001).encode(), "more than 2000", id="many"),
    ],
)
def test_what_is_no_annotation_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        web_annotations.read(data)


def test_strangers_files_are_read_in_a_child_with_the_same_answer() -> None:
    assert guarded.notes(json.dumps(one()).encode(), "a.jsonld") == (PLACE,)
    with pytest.raises(BadFile, match="nested too deep"):
        guarded.notes(b"[" * 100_000, "a.jsonld")


def test_every_right_sample_of_the_suite_is_read() -> None:
    folder = spec("web-annotation/tools/samples/correct")
    assert all(web_annotations.read(path.read_bytes()) for path in folder.glob("anno*.json"))
    assert len(web_annotations.read((folder / "collection1.json").read_bytes())) == 42


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([KEY, "Annotation", QUOTE]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(KEYS), anything, max_size=8))
def test_whatever_stands_where_the_answer_is_notes_or_a_refusal(odd: dict[str, Any]) -> None:
    try:
        assert read({**one(), **odd})
    except BadFile as refused:
        assert str(refused)


@settings(max_examples=100)
@given(st.data())
def test_whatever_is_broken_in_a_file_the_answer_is_notes_or_a_refusal(draw: st.DataObject) -> None:
    data = json.dumps([one(bodyValue="Why?")]).encode()
    at = draw.draw(st.integers(0, len(data)))
    put, out = draw.draw(st.binary(max_size=12)), draw.draw(st.integers(0, 12))
    try:
        assert web_annotations.read(data[:at] + put + data[at + out :])
    except BadFile as refused:
        assert str(refused)
