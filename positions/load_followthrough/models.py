"""Designs that programs follow: what each asks for and where it says so, and the bodies behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from positions.followthrough.models.designs import FidelityCriterion, FidelityRule, ProgramModel
from positions.followthrough.models.programs import ProgramBody
from positions.followthrough_entries.designs import Body
from positions.followthrough_entries.designs import Model as Entry
from positions.keeping import Outcome, keep
from positions.load_followthrough import grounds
from positions.load_followthrough.parts import Parts, both, in_order, keep_parts, once, together
from positions.load_stances import find
from transcripts.models import Organisation


def keep_model(session: Session, entry: Entry) -> Outcome:
    """Bring one design into line, with its criteria and bodies. Raises NotFound and Conflict."""
    said = {
        "place": entry.place,
        "fictional": entry.fictional,
        **both("name", entry.name),
        **both("summary", entry.summary),
    }
    row, outcome = keep(session, ProgramModel, {"slug": entry.slug}, said)
    of = {"model_id": row.id}
    return together(
        outcome,
        [
            keep_parts(session, FidelityCriterion, of, ("slug",), _criteria(session, entry)),
            keep_parts(session, FidelityRule, of, ("model_id",), _rule(session, entry, row.id or 0)),
            keep_bodies(session, of, entry.bodies),
        ],
    )


def keep_bodies(session: Session, of: Mapping[str, Any], bodies: Sequence[Body]) -> bool:
    """Say which bodies have which roles at a program or a design (`of`: its column); whether anything changed."""
    wanted = once([_body(session, entry) for entry in bodies])
    return keep_parts(session, ProgramBody, of, ("organisation_id", "role"), wanted)


def _criteria(session: Session, entry: Entry) -> Parts:
    return once(
        [
            (
                (one.slug,),
                one.slug,
                {
                    "position": n,
                    "core": one.core,
                    **both("text", one.text),
                    **grounds.columns(session, one.cited),
                },
            )
            for n, one in enumerate(entry.criteria)
        ],
    )


def _rule(session: Session, entry: Entry, model_id: int) -> Parts:
    if entry.rule is None:
        return {}
    return {(model_id,): {**both("text", entry.rule.text), **grounds.columns(session, entry.rule.cited)}}


def _body(session: Session, entry: Body) -> tuple[tuple[Any, ...], str, dict[str, Any]]:
    in_order(entry.since, entry.until)
    found = find(session, Organisation, entry.organisation, "organisations")
    said = {
        "since": entry.since,
        "until": entry.until,
        **both("note", entry.note),
        **grounds.columns(session, entry.cited),
    }
    return (found.id, str(entry.role)), found.name, said
