"""The engines under test, by name."""

from pathlib import Path

from transcripts.search.engine import SearchEngine

NAMES = ("tantivy", "whoosh")


def open_engine(name: str, home: Path) -> SearchEngine:
    """An engine on a folder; the other one stays unimported."""
    if name == "tantivy":
        from transcripts.search.tantivy_engine import TantivyEngine

        return TantivyEngine(home)
    from transcripts.search.whoosh_engine import WhooshEngine

    return WhooshEngine(home)
