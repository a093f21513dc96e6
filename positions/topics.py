"""The writer of topics: the curated tree, and the statements of a race under it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import insert
from sqlmodel import Session, col, delete, select

from positions.keeping import Outcome, Tally, bring, keep
from positions.load_schema import Proposition as StatementEntry
from positions.load_schema import Statement
from positions.load_schema import Topic as Entry
from positions.models import Proposition, Stance, Topic, TopicAlias, TopicRedirect
from positions.options import Option, read, words, written
from positions.queries import merged
from positions.stances import columns
from positions.topic_tree import Alias, TreeTopic
from transcripts.bilingual import Bilingual
from transcripts.errors import Conflict, NotFound, Refusal
from transcripts.text import fold


def load_tree(session: Session, tree: Iterable[TreeTopic]) -> Tally:
    """Bring the topics held into line with the tree. Topics that left the tree stay, because tags may point at them.

    Those that editors changed or merged stay as they left them.
    """
    tally = Tally()
    held = {topic.slug: topic for topic in session.exec(select(Topic))}
    merged_into: dict[str, int] = dict(session.exec(select(TopicRedirect.slug, TopicRedirect.topic_id)).all())
    left = {slug for slug, topic in held.items() if topic.edited} | merged_into.keys()
    entries = [(position, entry) for position, entry in enumerate(tree) if entry.slug not in left]
    names = _names_held(session)
    found: list[tuple[Topic, Outcome, tuple[Alias, ...]]] = []
    for below in (False, True):  # a topic is stored before those that stand under it
        ids = {**{slug: topic.id for slug, topic in held.items()}, **merged_into}
        for position, entry in entries:
            if bool(entry.parent) is below:
                said = {
                    "parent_id": ids[entry.parent] if entry.parent else None,
                    "position": position,
                    **columns("name", entry.name),
                    **columns("summary", entry.summary),
                }
                topic, outcome = bring(session, held.get(entry.slug), Topic, {"slug": entry.slug}, said)
                held[entry.slug] = topic
                found.append((topic, outcome, entry.aliases))
        session.flush()
    renamed = {topic.id or 0: aliases for topic, _, aliases in found if names[topic.id or 0] != _named(aliases)}
    _put_aliases(session, renamed)
    for topic, outcome, _ in found:
        tally.count("topics", "changed" if topic.id in renamed and outcome == "same" else outcome)
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
    if _names_held(session)[topic.id or 0] != _named(names.values()):
        _put_aliases(session, {topic.id or 0: tuple(names.values())})
    return topic


def _names_held(session: Session) -> dict[int, list[tuple[str, str, bool]]]:
    """The other names of every topic, by its id. One statement."""
    names: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    asked = select(TopicAlias.topic_id, TopicAlias.lang, TopicAlias.alias, TopicAlias.exact_case)
    for topic_id, *name in session.execute(asked.order_by(col(TopicAlias.id))):
        names[topic_id].append((*name,))
    return names


def _named(aliases: Iterable[Alias]) -> list[tuple[str, str, bool]]:
    return [(alias.lang, alias.text, alias.exact_case) for alias in aliases]


def _put_aliases(session: Session, names: Mapping[int, Sequence[Alias]]) -> None:
    """Give topics, by id, these other names instead of those they have. Two statements."""
    rows = [
        {"topic_id": id, "lang": one.lang, "alias": one.text, "folded": fold(one.text), "exact_case": one.exact_case}
        for id, aliases in names.items()
        for one in aliases
    ]
    if names:
        session.execute(delete(TopicAlias).where(col(TopicAlias.topic_id).in_(names)))
    if rows:
        session.execute(insert(TopicAlias), rows)


def keep_proposition(session: Session, entry: StatementEntry, contest_id: int, topic_id: int, position: int) -> Outcome:
    """Bring one statement into line; other words make its next version.

    Raises Conflict when it belongs to another race or was merged, or when positions on it would be left without their answer.
    """
    held = session.exec(select(Proposition).where(Proposition.slug == entry.slug)).one_or_none()
    if held is not None and held.contest_id != contest_id:
        raise Conflict("The statement “{slug}” belongs to another race; choose another slug.", slug=entry.slug)
    if held is None:
        merged.refuse(session, "statement", entry.slug)
    answers = written(tuple(Option(one.key, Bilingual(one.en, one.es)) for one in entry.options))
    reworded = held is not None and (held.text_en, held.text_es, held.options) != (
        entry.text.en,
        entry.text.es,
        answers,
    )
    if held is not None:
        _refuse_orphans(session, held, entry)
    said = {
        "contest_id": contest_id,
        "topic_id": topic_id,
        "position": position,
        "type": entry.type,
        "synonyms": json.dumps(entry.synonyms, ensure_ascii=False),
        "proposed_by": entry.proposed_by,
        "version": held.version + reworded if held else 1,
        "options": answers,
        **({"status": entry.status} if "status" in entry.model_fields_set or held is None else {}),
        **(_approval(entry) if isinstance(entry, Statement) else {}),
        **columns("text", entry.text.pair()),
    }
    return keep(session, Proposition, {"slug": entry.slug}, said)[1]


def _approval(entry: Statement) -> dict[str, str | None]:
    waiting = entry.pending.model_dump_json() if entry.pending else None
    return {"pending": waiting, "worded_by": entry.worded_by, "approved_by": entry.approved_by}


def _refuse_orphans(session: Session, held: Proposition, entry: StatementEntry) -> None:
    """Another type, or an answer taken away, while positions rest on it."""
    rests = select(Stance.choice).where(Stance.proposition_id == held.id, col(Stance.code).is_not(None))
    if held.type != entry.type and session.exec(rests).first() is not None:
        raise Conflict(
            "Positions on “{slug}” are recorded; write a new statement instead of changing its type.", slug=entry.slug
        )
    gone = set(words(read(held.options))) - {one.key for one in entry.options}
    chosen = {key for key in session.exec(rests) if key in gone}
    if chosen:
        raise Conflict(
            "Somebody chose the answer “{key}” of “{slug}”; it can be worded anew but not taken away.",
            key=min(chosen),
            slug=entry.slug,
        )
