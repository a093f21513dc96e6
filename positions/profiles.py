"""What readers are shown of a race: positions, match and quiz too, or the candidates' own words and nothing that judges them. Pure.

The second is for publishers who may show no sign of approval, such as schools and charities (design of the comparison, section 9).
"""

COMPARISON, VERBATIM = "comparison", "verbatim_guide"
PROFILES = (COMPARISON, VERBATIM)

NOTHING_JUDGED = (
    "This race is a guide in the candidates' own words: it shows every question as it was asked and every answer as it was given, "
    "and has no positions, no match and no quiz."
)
"""Why a page that would judge or rank is not there."""
