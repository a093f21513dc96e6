"""Which races a row belongs to: what readers see of a race changes with these tables, and with no others.

Every table stands in exactly one of the two lists (a contract test holds them against the schema), so that a new one cannot be
forgotten.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlmodel import SQLModel

EVERY = "every"
"""Stands for every race: words of a topic are looked for in all of them."""

GUARDED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "contest": (("id", "contest"),),
    "contest_forum": (("contest_id", "contest"),),
    "candidacy": (("contest_id", "contest"),),
    "proposition": (("contest_id", "contest"),),
    "stance": (("candidacy_id", "candidacy"), ("proposition_id", "proposition")),
    "evidence": (("stance_id", "stance"),),
    "evidence_anchor": (("evidence_id", "evidence"),),
    "search_log": (("stance_id", "stance"),),
    "coding": (("candidacy_id", "candidacy"),),
    "coding_decision": (("candidacy_id", "candidacy"),),
    "position_basis": (("stance_id", "stance"),),
    "position_check": (("stance_id", "stance"),),
    "commitment": (("candidacy_id", "candidacy"),),
    "commitment_event": (("commitment_id", "commitment"),),
    "due_occurrence": (("commitment_id", "commitment"),),
    "program": (("id", "program"),),
    "external_act": (("id", "act"),),
    "program_proposition": (("proposition_id", "proposition"),),
    "act_link": (("proposition_id", "proposition"), ("commitment_id", "commitment")),
    "reply_invitation": (("race", "slug"),),
    "quiz_word": (("contest", "slug"),),
    "quiz_decision": (("contest", "slug"),),
    "topic": (("id", "topic"),),
    "topic_alias": (("topic_id", "topic"),),
    "topic_redirect": (("topic_id", "topic"),),
    "topic_word": (("topic", EVERY),),
    "tag": (("turn_id", "turn"),),
    "tag_decision": (("turn_id", "turn"),),
    "forum": (("id", "forum"),),
    "forum_organisation": (("forum_id", "forum"),),
    "source": (("forum_id", "forum"), ("id", "source")),
    "media_part": (("forum_id", "forum"),),
    "record": (("forum_id", "forum"),),
    "record_file": (("record_id", "record"),),
    "review_mark": (("record_id", "record"),),
    "speaker": (("forum_id", "forum"),),
    "speaker_label": (("forum_id", "forum"),),
    "attribution": (("forum_id", "forum"),),
    "turn": (("forum_id", "forum"), ("id", "turn")),
    "turn_version": (("turn_id", "turn"),),
    "correction": (("forum_id", "forum"),),
    "exchange": (("forum_id", "forum"),),
    "exchange_turn": (("turn_id", "turn"),),
    "exchange_state": (("exchange_id", "exchange"),),
    "exchange_choice": (("turn_id", "turn"),),
    "organisation": (("id", "organisation"),),
    "person": (("id", "person"),),
    "person_alias": (("person_id", "person"),),
    "person_redirect": (("person_id", "person"),),
    "person_merge": (("into_id", "person"),),
}
"""Table → its columns that say whose the row is, and what they name."""

FREE: Mapping[str, str] = {
    "withheld": "words of private people go at once",
    "report": "what readers say, and the answer to it",
    "proposed_change": "changes nothing until another editor agrees",
    "proposed_merge": "changes nothing until another editor agrees",
    "voice_mark": "what it gives to a voice is written into the words themselves",
    "voice_proposal": "seen by editors only",
    "annotation": "not shown with a race",
    "annotation_body": "not shown with a race",
    "annotation_anchor": "not shown with a race",
    "quote_folder": "a reader's own",
    "folder_quote": "a reader's own",
    "source_file": "bytes of a file, shown by what is read from them",
    "entry_merge": "what goes over is written into its own tables",
    "topic_retag": "a note for the worker",
    "outbox": "a note for the search index",
    "reply": "a candidate's own words, which no editor writes",
    "class_room": "seen in a class only",
    "class_member": "seen in a class only",
    "class_sign_in": "seen in a class only",
    "class_request": "seen in a class only",
    "class_assignment": "seen in a class only",
    "class_tag": "seen in a class only",
    "class_turn": "seen in a class only",
    "class_allocation": "seen in a class only",
    "class_submission": "seen in a class only",
    "class_handed_in": "seen in a class only",
    "class_mark": "seen in a class only",
    "class_mark_act": "seen in a class only",
    "class_reply": "seen in a class only",
    "class_ballot": "seen in a class only",
    "class_decision": "seen in a class only",
    "class_nomination": "changes nothing until an editor accepts it",
    "class_brought_in": "seen in a class only",
    "document": "shown with programs",
    "document_copy": "shown with programs",
    "document_passage": "shown with programs",
    "document_upload": "nothing of it is part of the record",
    "link_check": "a note about an address",
    "program_model": "shown with programs",
    "fidelity_criterion": "shown with programs",
    "fidelity_rule": "shown with programs",
    "program_document": "shown with programs",
    "program_body": "shown with programs",
    "program_event": "shown with programs",
    "program_money": "shown with programs",
    "program_claim": "shown with programs",
    "concern": "shown with programs",
    "fidelity_finding": "shown with programs",
    "city_reply": "shown with programs",
    "body_invitation": "a link to reply beside a program",
    "records_request": "shown with programs",
    "records_request_event": "shown with programs",
    "indicator": "shown with programs",
    "observation_batch": "shown with programs",
    "observation": "shown with programs",
    "glossary_term": "words explained",
    "site_fact": "about the site, not about a race",
    "edit": "a log",
    "import_draft": "nothing of it is part of the record",
    "import_file": "nothing of it is part of the record",
    "freeze_switch": "looked at by itself: freezing is free, ending a freeze is not",
    "freeze_exception": "how two people agree",
    "frozen_change": "a log",
    "saved_search": "a reader's own",
    "finding": "a reader's own",
    "unheard": "a note for the worker",
    "follower": "a reader's own",
    "subscription": "a reader's own",
    "letter": "mail",
    "coder_declaration": "about people who work here",
    "coder_tie": "about people who work here",
    "account": "about people who work here",
    "account_role": "about people who work here",
    "sign_in": "about people who work here",
    "one_time_link": "about people who work here",
    "testimony": "confidential: shown nowhere",
    "testimony_taken_back": "confidential: shown nowhere",
    "testimony_switch": "about confidential testimony, shown nowhere",
    "audit_entry": "a log",
    "audit_checkpoint": "a log",
    "done_form": "a note about a form",
    "rate_count": "a count",
}
"""Table → why one editor may write it while races are frozen."""

STEP = 5_000
"""Ids asked for at once."""

Named = Mapping[str, Collection[Any]]
"""What was written, by what it is: {"forum": {3}, "turn": {17, 18}}."""


def of_rows(table: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, set[Any]]:
    """What rows of a guarded table belong to, by what it is."""
    named: dict[str, set[Any]] = defaultdict(set)
    for row in rows:
        for column, kind in GUARDED[table]:
            if row.get(column) is not None:
                named[kind].add(row[column])
    return named


def races(connection: Connection, named: Named) -> set[int]:
    """The ids of the races that what was written belongs to, as things stand now. EVERY is the caller's to see."""
    found: set[int] = set(named.get("contest", ()))
    for kind, ids in named.items():
        some = sorted(ids) if kind in _WAYS else []
        for at in range(0, len(some), STEP):
            for asked in _WAYS.get(kind, ()):
                found.update(connection.execute(asked(some[at : at + STEP])).scalars())
    return found


Asked = Callable[[list[Any]], Select[Any]]


def _t(name: str) -> Any:
    return SQLModel.metadata.tables[name].c


def _slug(ids: list[Any]) -> Select[Any]:
    return select(_t("contest").id).where(_t("contest").slug.in_(ids))


def _candidacy(ids: list[Any]) -> Select[Any]:
    return select(_t("candidacy").contest_id).where(_t("candidacy").id.in_(ids))


def _proposition(ids: list[Any]) -> Select[Any]:
    return select(_t("proposition").contest_id).where(_t("proposition").id.in_(ids))


def _committed(ids: list[Any]) -> Select[Any]:
    commitment, candidacy = _t("commitment"), _t("candidacy")
    return select(candidacy.contest_id).where(candidacy.id == commitment.candidacy_id, commitment.id.in_(ids))


def _answering(table: str, column: str) -> Asked:
    """Races with a statement that a program answers, or that depends on a law: both are named beside it."""

    def asked(ids: list[Any]) -> Select[Any]:
        link, proposition = _t(table), _t("proposition")
        of_race = select(proposition.contest_id).where(proposition.id == link.proposition_id)
        return of_race.where(link[column].in_(ids)).distinct()

    return asked


def _stances() -> Select[Any]:
    stance, candidacy = _t("stance"), _t("candidacy")
    return select(candidacy.contest_id).where(candidacy.id == stance.candidacy_id).distinct()


def _stance(ids: list[Any]) -> Select[Any]:
    return _stances().where(_t("stance").id.in_(ids))


def _resting(column: str) -> Asked:
    """Races whose positions rest on a turn or a source, or have this evidence."""

    def asked(ids: list[Any]) -> Select[Any]:
        evidence = _t("evidence")
        return _stances().where(_t("stance").id == evidence.stance_id, evidence[column].in_(ids))

    return asked


def _forum(ids: list[Any]) -> Select[Any]:
    return select(_t("contest_forum").contest_id).where(_t("contest_forum").forum_id.in_(ids)).distinct()


def _heard(table: str, column: str = "id") -> Asked:
    """Races of the forum a row of another table belongs to."""

    def asked(ids: list[Any]) -> Select[Any]:
        of, heard = _t(table), _t("contest_forum")
        return select(heard.contest_id).where(heard.forum_id == of.forum_id, of[column].in_(ids)).distinct()

    return asked


def _standing(ids: list[Any]) -> Select[Any]:
    return select(_t("candidacy").contest_id).where(_t("candidacy").person_id.in_(ids))


def _stated(ids: list[Any]) -> Select[Any]:
    return select(_t("proposition").contest_id).where(_t("proposition").topic_id.in_(ids)).distinct()


def _tagged(ids: list[Any]) -> Select[Any]:
    tag, turn, heard = _t("tag"), _t("turn"), _t("contest_forum")
    asked = select(heard.contest_id).where(heard.forum_id == turn.forum_id, turn.id == tag.turn_id)
    return asked.where(tag.topic_id.in_(ids)).distinct()


_WAYS: Mapping[str, tuple[Asked, ...]] = {
    "slug": (_slug,),
    "candidacy": (_candidacy,),
    "proposition": (_proposition,),
    "stance": (_stance,),
    "commitment": (_committed,),
    "program": (_answering("program_proposition", "program_id"),),
    "act": (_answering("act_link", "act_id"),),
    "evidence": (_resting("id"),),
    "source": (_resting("source_id"),),
    "forum": (_forum,),
    "turn": (_heard("turn"), _resting("turn_id")),
    "record": (_heard("record"),),
    "exchange": (_heard("exchange"),),
    "organisation": (_heard("forum_organisation", "organisation_id"),),
    "person": (_standing, _heard("speaker", "person_id")),
    "topic": (_stated, _tagged),
}
"""How to get from what a row names to races."""
