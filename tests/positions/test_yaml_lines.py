"""YAML with its lines: what it is read as, and how every fault is told."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from positions.yaml_lines import read_yaml
from transcripts.errors import BadFile

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=15,
)


@given(plain)
def test_it_reads_what_any_reader_reads(value: object) -> None:
    written = yaml.safe_dump(value, allow_unicode=True)
    assert read_yaml(written.encode()).value == yaml.safe_load(written)


@given(st.binary(max_size=300) | st.text("[]{}:,-?&*!|>'\"# \n\tab1~<", max_size=120).map(str.encode))
def test_hostile_bytes_are_refused_with_a_message(data: bytes) -> None:
    try:
        read_yaml(data)
    except BadFile as refusal:
        assert str(refusal)


def test_lines_are_those_of_the_file() -> None:
    found = read_yaml(b"people:\n  - slug: a\n    name: A\n\n  - slug: b\n    name: >-\n      B\n")
    assert found.value == {"people": [{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]}
    assert [found.line(("people", n)) for n in (0, 1)] == [2, 5]
    assert found.line(("people", 1, "name")) == 6
    assert found.line(("people", 1, "missing", 3)) == 5
    assert found.line(()) == 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: &x 1\nb: *x", 2, "Anchors and aliases"),
        ("a: 1\n\na: 2", 3, "“a” stands twice"),
        ("a: 1\nb: !!python/object:os.system x", 2, "Tags such as"),
        ("a: 1\nb: [", 3, "This is not YAML"),
        ("a:\n  b: 2015-13-45", 2, "cannot be read"),
        ("a: 1\n---\nb: 2", 2, "A second document"),
        ("? [a]\n: 1", 1, "A key must be plain text"),
        ("[" * 100_000, 1, "Nested more than"),
        ("a: " + "9" * 6000, 1, "cannot be read"),
    ],
)
def test_faults_name_their_line(text: str, line: int, message: str) -> None:
    with pytest.raises(BadFile, match=message) as refusal:
        read_yaml(text.encode())
    assert refusal.value.line == line


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"a: 1\nb: \xff", "Line 2: .*UTF-8"),
        (b"a: \x00", "not YAML"),
        (b"a" * 5_000_001, "larger than 5 MB"),
    ],
    ids=[
        "empty",
        "not UTF-8",
        "not YAML",
        "too large",
    ],  # a name of five million letters is too long for any process started beside it
)
def test_files_that_are_no_text(data: bytes, message: str) -> None:
    with pytest.raises(BadFile, match=message):
        read_yaml(data)
