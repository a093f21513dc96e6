"""What a position must rest on before it may be recorded. Pure.

Tiers say how we know; only a report's own sentence (tier 5) stands behind `source_summary`, and it supports no full position.
"""

from dataclasses import dataclass, replace
from datetime import date

from positions.cells import Looked
from positions.scale import NEEDS_CONDITION, WHY, Code, EvidenceKind, Tier
from transcripts.anchors import Anchor
from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal
from transcripts.text import count_words
from transcripts.vocabulary import Reason

LONGEST_FRAGMENT = 10
"""Words of a source that may stand between quotation marks beside our own telling of it."""

_BY_REPORT_ALONE = frozenset({Code.MIXED, Code.LEAN_SUPPORT, Code.LEAN_OPPOSE})
_BOTH_PARTS = frozenset({"supports", "contradicts"})
_QUOTED = frozenset({EvidenceKind.QUOTATION, EvidenceKind.REPORTED_QUOTATION})


@dataclass(frozen=True)
class Place:
    """Words of version `version` of a turn."""

    turn_id: int
    version: int
    anchor: Anchor


@dataclass(frozen=True)
class NewEvidence:
    """One piece. `told` is a source in our words; an upgraded quotation keeps it beside its place."""

    kind: EvidenceKind
    role: str = "supports"
    source_id: int | None = None
    place: Place | None = None
    told: Bilingual | None = None
    fragment: str | None = None
    translated_en: str | None = None
    translated_es: str | None = None
    translator: str | None = None

    def as_loaded(self) -> "NewEvidence":
        """The piece as it was before an import of its source turned it into a quotation."""
        if self.fragment is None:
            return self if self.place is None else replace(self, place=_words_only(self.place))
        return replace(self, kind=EvidenceKind.REPORTED_QUOTATION, place=None)


@dataclass(frozen=True)
class NewStance:
    """A candidacy's position on a proposition as of a date, or the reason why there is none.

    `choice` is the key of an option; `around`: what changed around it since the position before, in an editor's words.
    """

    candidacy_id: int
    proposition_id: int
    as_of: date
    code: Code | None = None
    reason: Reason | None = None
    tier: Tier | None = None
    condition: Bilingual | None = None
    scope: Bilingual | None = None
    summary: Bilingual | None = None
    coders: int = 1
    evidence: tuple[NewEvidence, ...] = ()
    looked: Looked | None = None
    around: Bilingual | None = None
    choice: str | None = None

    @property
    def carried(self) -> tuple[NewEvidence, ...]:
        """The pieces that the position rests on."""
        return tuple(piece for piece in self.evidence if piece.role != WHY)

    @property
    def why(self) -> tuple[NewEvidence, ...]:
        """The pieces that say why it is another than before."""
        return tuple(piece for piece in self.evidence if piece.role == WHY)

    def as_loaded(self) -> "NewStance":
        """What two stances are compared by: a file that says the same again changes nothing."""
        return replace(self, evidence=tuple(piece.as_loaded() for piece in self.evidence))


def check(stance: NewStance) -> None:
    """Raise a Refusal that says what is missing, unless the stance may be recorded."""
    if (stance.code is None) == (stance.reason is None):
        raise Refusal("Give either a code or a reason, not both and not neither.")
    if (stance.code == Code.OPTION) != (stance.choice is not None):
        raise Refusal("Say which of the listed answers was chosen, and no answer beside another code.")
    if stance.code is not None:
        _check_position(stance, stance.code)
    else:
        _check_silence(stance)
    if stance.reason is not None and (stance.why or stance.around):
        raise Refusal("Why a position changed belongs to a position, not to a reason why there is none.")
    if stance.carried:
        _check_tier(stance)
    for piece in stance.evidence:
        _check_piece(piece)


def complete(stance: NewStance) -> bool:
    """Whether a position has all that it needs to be recorded."""
    try:
        check(stance)
    except Refusal:
        return False
    return True


def _check_position(stance: NewStance, code: Code) -> None:
    if not stance.carried:
        raise Refusal("A position needs evidence: a quotation, or a source told in our words.")
    if code in NEEDS_CONDITION and stance.condition is None:
        raise Refusal("{code} needs a condition: what the support or opposition depends on.", code=code)
    if code == Code.MIXED and not {piece.role for piece in stance.carried} >= _BOTH_PARTS:
        raise Refusal("mixed needs evidence for both parts: one with role supports and one with role contradicts.")
    if stance.tier == Tier.SUMMED_UP and code not in _BY_REPORT_ALONE:
        raise Refusal(
            "A report alone (tier 5) cannot carry {code}: only not_addressed, mixed, or a lean with its condition.",
            code=code,
        )


def _check_silence(stance: NewStance) -> None:
    if stance.reason == Reason.NONE_FOUND and stance.looked is None:
        raise Refusal("none_found needs a search_log: who looked, when and where.")
    if stance.reason == Reason.NOT_ADDRESSED and not stance.evidence:
        raise Refusal("not_addressed needs evidence: what was said instead, or the report that says so (tier 5).")


def _check_tier(stance: NewStance) -> None:
    kinds = {piece.kind for piece in stance.carried}
    if stance.tier is None:
        raise Refusal("Evidence needs a tier (1 to 5): how we know.")
    if stance.tier == Tier.SUMMED_UP and kinds != {EvidenceKind.SOURCE_SUMMARY}:
        raise Refusal(
            "Tier 5 is the report's own summing up: its evidence is source_summary only. Quoted words are tier 4."
        )
    if stance.tier != Tier.SUMMED_UP and not kinds & _QUOTED:
        raise Refusal(
            "Tier {tier} needs the words: a quotation or a reported_quotation. A summary alone is tier 5.",
            tier=stance.tier,
        )


def _check_piece(piece: NewEvidence) -> None:
    if piece.kind == EvidenceKind.QUOTATION and piece.place is None:
        raise Refusal("A quotation needs its place in the record.")
    if piece.kind != EvidenceKind.QUOTATION and (piece.source_id is None or piece.told is None):
        raise Refusal("{kind} needs its source and that source told in our words.", kind=piece.kind)
    if piece.fragment is not None and piece.kind == EvidenceKind.SOURCE_SUMMARY:
        raise Refusal("A source_summary takes no fragment: nobody is quoted in it.")
    if piece.fragment is not None and count_words(piece.fragment) > LONGEST_FRAGMENT:
        raise Refusal("A fragment has at most {most} words; tell the rest in your own.", most=LONGEST_FRAGMENT)
    if (piece.translated_en or piece.translated_es) and not piece.translator:
        raise Refusal("A translation names its translator.")


def _words_only(place: Place) -> Place:
    """The same words wherever a later version of the turn has them."""
    return Place(place.turn_id, 0, Anchor(0, 0, place.anchor.exact, "", ""))
