"""Messages and refusals: a template and its values, in English and in another language, whole on every way they go."""

import pickle

import pytest
from pydantic import TypeAdapter

from transcripts import guarded
from transcripts.errors import BadFile, NotFound, Refusal
from transcripts.messages import Message, joined

SPANISH = {
    "There is no race “{slug}”.": "No hay ninguna elección “{slug}”.",
    "This is {kind}.": "Esto es {kind}.",
    "a database": "una base de datos",
    "Line {line}: {reason}": "Línea {line}: {reason}",
}


def spanish(text: str) -> str:
    return SPANISH.get(text, text)


def test_places_are_filled_in_either_language() -> None:
    told = NotFound("There is no race “{slug}”.", slug="mayor").message
    assert (str(told), told.said(spanish)) == ("There is no race “mayor”.", "No hay ninguna elección “mayor”.")


def test_a_message_among_the_values_is_translated_too() -> None:
    told = BadFile("This is {kind}.", 3, kind=Message("a database"))
    assert (str(told), told.line, str(told.reason)) == ("Line 3: This is a database.", 3, "This is a database.")
    assert told.message.said(spanish) == "Línea 3: Esto es una base de datos."


def test_braces_in_a_value_stay_what_they_are() -> None:
    told = Refusal("“{name}” and “{other}”", name="{other} {0} %(n)s", other="{name}")
    assert str(told) == "“{other} {0} %(n)s” and “{name}”"


def test_sentences_are_joined() -> None:
    one = joined([Message("This is {kind}.", {"kind": Message("a database")}), Message("{n}", {"n": 2})])
    assert (str(one), one.said(spanish), str(joined([]))) == (
        "This is a database. 2",
        "Esto es una base de datos. 2",
        "",
    )


def test_a_refusal_keeps_its_template_and_values_when_it_is_pickled_and_when_it_is_written_as_json() -> None:
    told = BadFile("This is {kind}.", 3, kind=Message("a database"))
    again = pickle.loads(pickle.dumps(told))
    assert (str(again), again.message, again.line) == (str(told), told.message, 3)
    kept = TypeAdapter(Message)
    assert kept.validate_json(kept.dump_json(told.message)) == told.message


def test_a_refusal_of_the_child_that_reads_files_comes_whole() -> None:
    with pytest.raises(BadFile) as refused:
        guarded.read(b"%PDF-1.4 words", "talk.vtt", "webvtt")
    kind = Message("a PDF, which is no text: leave the format out and we read it")
    assert refused.value.reason == Message("This is {kind}.", {"kind": kind})
