"""The sections of a loaded file that tell of follow-through, in the order in which they rest on one another."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlmodel import Session

from positions.keeping import Outcome
from positions.load_followthrough import (
    acts,
    commitments,
    documents,
    figures,
    findings,
    models,
    programs,
    replies,
    requests,
    terms,
)

Keep = Callable[[Session, Any], Outcome]
"""Brings what one entry says into line. Raises a Refusal saying which name is not known."""

KeepFile = Callable[[Session, Any, bytes], Outcome]
"""Keeps the bytes of the file that an entry names. Raises BadFile where they cannot be read."""

SECTIONS: Mapping[str, tuple[str, Keep]] = {
    "documents": ("documents", documents.keep),
    "models": ("designs", models.keep_model),
    "programs": ("programs", programs.keep_program),
    "commitments": ("commitments", commitments.keep_all),
    "figures": ("figures", figures.keep_all),
    "requests": ("requests for records", requests.keep_all),
    "findings": ("findings", findings.keep),
    "replies": ("replies", replies.keep),
    "acts": ("laws and decisions", acts.keep_act),
    "terms": ("words of the glossary", terms.keep_term),
}
"""Section of the file → what a tally calls its entries, and their writer."""

FILES: Mapping[str, tuple[str, KeepFile]] = {
    "documents": ("copies of documents", documents.keep_file),
    "figures": ("tables of figures", figures.keep_file),
}
"""The same for sections whose entries may name a file beside the loaded one."""
