"""Pure: words that stand before colons and are no voice's: headings, votes, subjects."""

from transcripts.names import bare

_HEADINGS = frozenset(
    """
    title date time place location venue sponsor sponsors event subject source sources transcript copyright network program
    show duration length url link file filename language video audio published author publisher headline by byline credit
    credits speakers participants panelists attendees attendance aired series episode job order transcription transcribed
    ayes nays noes yeas nay aye abstain abstained abstentions absent present excused recused motion motions moved mover
    second seconded seconder vote votes voting result results action resolution ordinance item items agenda recommendation
    recommendations discussion attachment attachments exhibit appendix figure table topic topics section part chapter
    segment round quorum adjournment adjourned minutes invocation announcements contact phone email fax website address to
    from cc re total yes no summary purpose issue issues background introduction conclusion policy goal goals step steps
    opening closing statement statements q&a qa breaking exclusive analysis opinion timeline live photos amendment
    título fecha hora lugar participantes ponentes fuente fuentes asunto tema temas moción votación acta orden
    """.split()
)
"""Words of headings, minutes and boxes of a page, folded: a label made of them alone is no voice's."""

_BEGINNINGS = frozenset(
    """
    ayes nays noes yeas nay aye abstain abstained abstentions motion motions moved seconded resolution ordinance item items
    agenda attachment attachments exhibit appendix figure table quorum adjournment adjourned copyright transcript
    transcription transcribed source sources moción votación monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Words that begin a heading whatever follows: ITEM 5, MOTION TO APPROVE."""

_PHRASES = frozenset(
    """
    call to order|roll call|public comment|public comments|public hearing|public hearings|new business|old business|
    unfinished business|consent agenda|consent calendar|approval of minutes|pledge of allegiance|fiscal impact|staff report|
    closed session|executive session|next meeting|staff present|members present|members absent|others present|also present|
    in attendance|social security|health care|national security|foreign policy|climate change|gun control|election 2016
    """.replace("\n    ", "")
    .strip()
    .split("|")
)

_RECORDS = frozenset(
    "ayes nays noes yeas abstained abstain absent excused motion moved seconded vote adjournment votación".split()
)
_PARTS = _PHRASES & frozenset(
    "call to order|roll call|public comment|public comments|public hearing|new business|old business|unfinished business|"
    "consent agenda|consent calendar|approval of minutes|pledge of allegiance|executive session|closed session".split(
        "|"
    )
)
_ENDINGS = frozenset(
    """
    report reports comment comments participation business order agenda minutes hearing hearings approval presentation
    presentations proclamation proclamations correspondence discussion remarks session items item allegiance invocation
    amendment amendments communications petitions appointments announcements review update overview findings concerns
    points votes vote news box present absent by details notes summary impact recommendation recommendations calendar
    """.split()
)
"""Words that end a heading whatever goes before: MAYOR'S REPORT, Key Findings, Presented by."""

_JOINTS = frozenset("of the and to a in for on by with".split())

SUBJECTS = frozenset(
    """
    abortion accountability act affordable agriculture amendment arts automobile banking benefits budget business care
    climate community consumer corruption cost costs crime debt defense deficit democracy development downtown drugs
    economic economy education elections employment energy environment equality ethics families finance fiscal foreign
    funding gas government gun guns health healthcare homeless homelessness housing immigration income inequality
    infrastructure insurance investment jobs labor leadership local medicare medicaid military minimum money national
    neighborhoods oversight parking parks pensions planning police policing policy politics pollution population poverty
    priorities privacy program programs property public recreation reform renewable rent rents rights roads safety school
    schools security senior seniors services social spending sustainability tax taxation taxes technology term limits
    terrorism tourism trade traffic training transit transparency transportation utilities veterans violence wage wages
    war water welfare women workers workforce youth zoning vivienda seguridad salud educación presupuesto impuestos
    """.split()
)
"""Words of subjects, which stand before colons as headings and hardly ever in names, folded."""


def is_heading(label: str) -> bool:
    """Whether a label is the heading of a list, a vote or a box and not of a voice."""
    words = [bare(word) for word in label.replace("/", " ").split()]
    if not words or words[0] in _BEGINNINGS or words[-1] in _ENDINGS or " ".join(words) in _PHRASES:
        return True
    return all(word in _HEADINGS or word in _JOINTS or word.isdigit() for word in words) and words[0] in _HEADINGS


def is_record(label: str) -> bool:
    """Whether a label heads a motion, a vote or another part of minutes."""
    words = [bare(word) for word in label.split()]
    return bool(words) and (words[0] in _RECORDS or words[-1] in _ENDINGS or " ".join(words) in _PARTS)
