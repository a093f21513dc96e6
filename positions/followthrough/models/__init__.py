"""The tables of follow-through, a module a noun: what editors state of commitments and programs, and what happened, append-only.

Facts (a program, a figure, a law) are written by forms that keep their history (`tracker.edits`). What happened (an event, a
finding, a reply, an observation) is a row that is never changed: a later one takes it back (`withdraws_id`). A partial day is
text as a source gives it: 2017, 2017-11 or 2017-11-05.
"""

from sqlmodel import SQLModel

from positions.followthrough.models import (
    acts,
    commitments,
    designs,
    documents,
    figures,
    findings,
    grounds,
    programs,
    requests,
    terms,
)

NOUNS = (acts, commitments, designs, documents, figures, findings, grounds, programs, requests, terms)
TABLES: tuple[type[SQLModel], ...] = tuple(
    model
    for noun in NOUNS
    for model in vars(noun).values()
    if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
)
"""Every table of follow-through."""
