"""The writer of topics: the curated tree, and the statements of a race under it."""

import json
from collections.abc import Iterable

from sqlmodel import Session, col, delete, select

from positions.keeping import Outcome, Tally, keep
from positions.load_schema import Proposition as StatementEntry
from positions.load_schema import Topic as Entry
from positions.models import Proposition, Topic, TopicAlias, TopicRedirect
from positions.queries import merged
from positions.stances import columns
from positions.topic_tree import Alias, TreeTopic
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.text import fold


def load_tree(session: Session, tree: Iterable[TreeTopic]) -> Tally:
    """Bring the topics held into line with the tree. Topics that left the tree stay, because tags may point at them.

    Those that editors changed or merged stay as they left them.
    """
    tally = Tally()
    theirs = dict(session.exec(select(Topic.slug, Topic.id).where(col(Topic.edited))).all())
    ids: dict[str, int] = dict(session.exec(select(TopicRedirect.slug, TopicRedirect.topic_id)).all())
    ids |= {slug: id or 0 for slug, id in theirs.items()}
    left = frozenset(ids)
    for position, entry in enumerate(tree):
        if entry.slug in left:
            continue
        said = {
            "parent_id": ids[entry.parent] if entry.parent else None,
            "position": position,
            **columns("name", entry.name),
            **columns("summary", entry.summary),
        }
        topic, outcome = keep(session, Topic, {"slug": entry.slug}, said)
        ids[entry.slug] = topic.id or 0
        renamed = _keep_aliases(session, topic.id or 0, entry.aliases)
        tally.count("topics", "changed" if renamed and outcome == "same" else outcome)
    return tally


def keep_topic(session: Session, entry: Entry) -> Topic:
    """Bring one topic into line as an editor says it. Raises NotFound for no parent; Refusal for a third level of the tree."""
    parent = session.exec(select(Topic).where(Topic.slug == entry.parent)).one_or_none() if entry.parent else None
    if entry.parent and parent is None:
        raise NotFound("There is no topic “{parent}” to stand under.", parent=entry.parent)
    below = select(Topic.id).where(col(Topic.parent_id).in_(select(Topic.id).where(Topic.slug == entry.slug)))
    if parent and (parent.parent_id or parent.slug == entry.slug or session.exec(below).first()):
        raise Refusal("The tree has two levels: a topic stands under one that stands under none itself.")
    said = {
        "parent_id": parent.id if parent else None,
        "position": entry.position,
        "edited": True,
        **columns("name", entry.name.pair()),
        **columns("summary", entry.summary.pair() if entry.summary else None),
    }
    topic, _ = keep(session, Topic, {"slug": entry.slug}, said)
    names = {(one.lang, one.text): Alias(one.lang, one.text, one.exact_case) for one in entry.aliases}
    _keep_aliases(session, topic.id or 0, tuple(names.values()))
    return topic


def _keep_aliases(session: Session, topic_id: int, aliases: tuple[Alias, ...]) -> bool:
    """Whether the names held were others than these."""
    rows = session.exec(select(TopicAlias).where(TopicAlias.topic_id == topic_id).order_by(col(TopicAlias.id)))
    if [(row.lang, row.alias, row.exact_case) for row in rows] == [
        (alias.lang, alias.text, alias.exact_case) for alias in aliases
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
        for alias in aliases
    )
    session.flush()
    return True


def keep_proposition(session: Session, entry: StatementEntry, contest_id: int, topic_id: int, position: int) -> Outcome:
    """Bring one statement into line; other words make its next version. Raises Conflict when it belongs to another race or was merged."""
    held = session.exec(select(Proposition).where(Proposition.slug == entry.slug)).one_or_none()
    if held is not None and held.contest_id != contest_id:
        raise Conflict("The statement “{slug}” belongs to another race; choose another slug.", slug=entry.slug)
    if held is None:
        merged.refuse(session, "statement", entry.slug)
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
