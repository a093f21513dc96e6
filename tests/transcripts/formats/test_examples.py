"""Golden pairs: every file in tests/examples/<format>/ beside the record it must read as. A format without one fails."""

import json
from pathlib import Path

import pytest

from transcripts import formats
from transcripts.formats import FORMATS
from transcripts.formats.parsed import ParsedRecord

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = sorted(path for path in EXAMPLES.glob("*/*") if path.suffix != ".json")


def as_json(record: ParsedRecord) -> str:
    """Everything a reader of the file would want to see, in printed order; what is empty is left out."""
    turns = [
        {
            "label": turn.label,
            "kind": turn.kind,
            "text": turn.text,
            "start_ms": turn.start_ms,
            "end_ms": turn.end_ms,
            "line": turn.line,
        }
        | {key: value for key in ("part", "source_ref", "lang") if (value := getattr(turn, key))}
        for turn in record.turns
    ]
    quotes = [{"text": quote.text, "speaker": quote.speaker, "spans": quote.spans} for quote in record.quotes]
    problems = [
        {"line": problem.line, "severity": problem.severity, "message": problem.message} for problem in record.problems
    ]
    whole = {"format": record.format, "grade": record.grade, "header": record.header, "turns": turns}
    whole |= {"quotes": quotes} if quotes else {}
    return json.dumps(whole | {"problems": problems}, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_is_recognised_and_read_as_kept(path: Path) -> None:
    record = formats.read(path.read_bytes(), path.name)
    assert record.format == path.parent.name
    kept = path.with_suffix(".json")
    got = as_json(record)
    if not kept.exists():
        kept.write_text(got, encoding="utf-8")
        pytest.fail(f"Wrote {kept.name}: read it, then commit it.")
    assert got == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [known.NAME for known in FORMATS])
def test_every_format_has_an_example(name: str) -> None:
    assert any(path.parent.name == name for path in FILES), f"tests/examples/{name}/ holds no example."


def test_no_kept_record_has_lost_its_file() -> None:
    sources = {path.with_suffix("") for path in FILES}
    assert [kept.name for kept in EXAMPLES.glob("*/*.json") if kept.with_suffix("") not in sources] == []
