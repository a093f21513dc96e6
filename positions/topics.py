"""The writer of topics: the curated tree, and the statements of a race under it."""

import json
from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from positions.keeping import Outcome, Tally, keep
from positions.load_schema import Proposition as Entry
from positions.models import Proposition, Topic, TopicAlias
from positions.stances import columns
from positions.topic_tree import TreeTopic
from transcripts.errors import Conflict
from transcripts.text import fold


def load_tree(session: Session, tree: Iterable[TreeTopic]) -> Tally:
    """Bring the topics held into line with the tree. Topics that left the tree stay, because tags may point at them."""
    tally = Tally()
    ids: dict[str, int] = {}
    for position, entry in enumerate(tree):
        said = {
            "parent_id": ids[entry.parent] if entry.parent else None,
            "position": position,
            **columns("name", entry.name),
            **columns("summary", entry.summary),
        }
        topic, outcome = keep(session, Topic, {"slug": entry.slug}, said)
        ids[entry.slug] = topic.id or 0
        renamed = _keep_aliases(session, topic.id or 0, entry)
        tally.count("topics", "changed" if renamed and outcome == "same" else outcome)
    return tally


def _keep_aliases(session: Session, topic_id: int, entry: TreeTopic) -> bool:
    """Whether the names held were others than the tree's."""
    rows = session.exec(select(TopicAlias).where(TopicAlias.topic_id == topic_id).order_by(col(TopicAlias.id)))
    if [(row.lang, row.alias, row.exact_case) for row in rows] == [
        (alias.lang, alias.text, alias.exact_case) for alias in entry.aliases
    ]:
        return False
    session.exec(delete(TopicAlias).where(col(TopicAlias.topic_id) == topic_id))
    session.add_all(
        TopicAlias(
            topic_id=topic_id,
            lang=alias.lang,
            alias=alias.text,
            folded=fold(alias.text),
            exact_case=alias.exact_case,
        )
        for alias in entry.aliases
    )
    session.flush()
    return True


def keep_proposition(session: Session, entry: Entry, contest_id: int, topic_id: int, position: int) -> Outcome:
    """Bring one statement into line; other words make its next version. Raises Conflict when it belongs to another race."""
    held = session.exec(select(Proposition).where(Proposition.slug == entry.slug)).one_or_none()
    if held is not None and held.contest_id != contest_id:
        raise Conflict(f"The statement “{entry.slug}” belongs to another race; choose another slug.")
    reworded = held is not None and (held.text_en, held.text_es) != (entry.text.en, entry.text.es)
    said = {
        "contest_id": contest_id,
        "topic_id": topic_id,
        "position": position,
        "type": entry.type,
        "synonyms": json.dumps(entry.synonyms, ensure_ascii=False),
        "proposed_by": entry.proposed_by,
        "version": held.version + reworded if held else 1,
        **columns("text", entry.text.pair()),
    }
    return keep(session, Proposition, {"slug": entry.slug}, said)[1]
