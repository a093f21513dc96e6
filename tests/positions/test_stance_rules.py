"""What a position must rest on."""

from dataclasses import replace
from datetime import date

import pytest

from positions.cells import Looked
from positions.scale import Code, EvidenceKind, Tier
from positions.stance_rules import NewEvidence, NewStance, Place, check
from transcripts.anchors import Anchor
from transcripts.bilingual import Bilingual
from transcripts.errors import Refusal
from transcripts.vocabulary import Reason

TOLD = Bilingual("Told.")
QUOTATION = NewEvidence(EvidenceKind.QUOTATION, place=Place(1, 1, Anchor(0, 3, "Yes", "", "")))
REPORTED = NewEvidence(EvidenceKind.REPORTED_QUOTATION, source_id=1, told=TOLD, fragment="of course")
SUMMARY = NewEvidence(EvidenceKind.SOURCE_SUMMARY, source_id=1, told=TOLD)
AGAINST = replace(SUMMARY, role="contradicts")


def stance(
    code: Code | None = None, reason: Reason | None = None, tier: int | None = None, *evidence: NewEvidence
) -> NewStance:
    return NewStance(1, 1, date(2026, 1, 1), code, reason, Tier(tier) if tier else None, evidence=evidence)


LEAN = replace(stance(Code.LEAN_SUPPORT, None, 5, SUMMARY), condition=Bilingual("If paid for."))
LOOKED = Looked("An editor", date(2026, 1, 2), Bilingual("Minutes"))

GOOD = [
    stance(Code.SUPPORT, None, 1, QUOTATION),
    stance(Code.OPPOSE, None, 4, REPORTED),
    stance(Code.NOT_CLEAR, None, 4, REPORTED, SUMMARY),
    stance(Code.MIXED, None, 5, SUMMARY, AGAINST),
    LEAN,
    stance(None, Reason.NOT_ADDRESSED, 5, SUMMARY),
    stance(None, Reason.NOT_ADDRESSED, 1, QUOTATION),
    stance(None, Reason.NOT_ASKED),
    stance(None, Reason.DECLINED),
    stance(None, Reason.ABSENT),
    stance(None, Reason.OUT_OF_TIME),
    stance(None, Reason.NOT_REVIEWED),
    replace(stance(None, Reason.NONE_FOUND), looked=LOOKED),
]

BAD = [
    (stance(), "either a code or a reason"),
    (stance(Code.SUPPORT, Reason.ABSENT, 1, QUOTATION), "either a code or a reason"),
    (stance(Code.SUPPORT, None, 1), "A position needs evidence"),
    (stance(Code.LEAN_OPPOSE, None, 4, REPORTED), "lean_oppose needs a condition"),
    (stance(Code.MIXED, None, 5, SUMMARY, SUMMARY), "evidence for both parts"),
    (stance(Code.SUPPORT, None, 5, SUMMARY), "cannot carry support"),
    (stance(Code.NOT_CLEAR, None, 5, SUMMARY), "cannot carry not_clear"),
    (stance(None, Reason.NONE_FOUND), "needs a search_log"),
    (stance(None, Reason.NOT_ADDRESSED), "needs evidence"),
    (stance(Code.SUPPORT, None, None, QUOTATION), "needs a tier"),
    (replace(LEAN, evidence=(REPORTED,)), "Tier 5 is the report's own summing up"),
    (stance(Code.SUPPORT, None, 4, SUMMARY), "Tier 4 needs the words"),
    (stance(Code.SUPPORT, None, 1, replace(QUOTATION, place=None)), "needs its place"),
    (stance(Code.SUPPORT, None, 4, replace(REPORTED, source_id=None)), "needs its source"),
    (stance(Code.SUPPORT, None, 4, replace(REPORTED, told=None)), "needs its source"),
    (
        stance(Code.SUPPORT, None, 4, replace(REPORTED, fragment="of " * 11)),
        "at most 10 words",
    ),
    (stance(None, Reason.NOT_ADDRESSED, 5, replace(SUMMARY, fragment="no")), "nobody is quoted"),
    (stance(Code.SUPPORT, None, 1, replace(QUOTATION, translated_es="Sí")), "names its translator"),
]


@pytest.mark.parametrize("good", GOOD, ids=lambda one: str(one.code or one.reason))
def test_what_may_be_recorded(good: NewStance) -> None:
    check(good)


@pytest.mark.parametrize(("bad", "message"), BAD)
def test_what_may_not(bad: NewStance, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        check(bad)


def test_an_upgraded_stance_is_still_the_one_that_was_loaded() -> None:
    told = stance(Code.SUPPORT, None, 4, REPORTED)
    upgraded = stance(Code.SUPPORT, None, 4, replace(REPORTED, kind=EvidenceKind.QUOTATION, place=QUOTATION.place))
    assert upgraded != told
    assert upgraded.as_loaded() == told.as_loaded()
    assert replace(upgraded, coders=2).as_loaded() != told.as_loaded()
