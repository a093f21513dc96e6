"""The closed vocabularies of the record, each code beside the English words a reader sees.

The Spanish words stand in the translation catalogue under the same English text. `{source}` is filled by the page.
"""

from enum import StrEnum


class Grade(StrEnum):
    """How far the words of a record can be trusted. Printed on every page, card and export made from it."""

    RECAP = "recap"
    MACHINE = "machine"
    PUBLISHED = "published"
    EDITED = "edited"
    REVIEWED = "reviewed"


GRADE_WORDS = {
    Grade.RECAP: "News report: selected quotes only",
    Grade.MACHINE: "Automatic captions: may contain mistakes",
    Grade.PUBLISHED: "Transcript by {source}: not checked by us",
    Grade.EDITED: "Corrected by our editors, not yet checked against the recording",
    Grade.REVIEWED: "Checked word for word against the recording",
}


class TurnKind(StrEnum):
    """What a turn is. Only SPEECH counts towards anybody's words or floor time."""

    SPEECH = "speech"
    PROCEDURE = "procedure"
    SCENE = "scene"
    NARRATION = "narration"
    RECAP_QUOTE = "recap_quote"
    PARAPHRASE = "paraphrase"


SPOKEN = (TurnKind.SPEECH, TurnKind.PROCEDURE)
"""What a voice is heard to say, whether or not it counts towards anybody's words."""


class Severity(StrEnum):
    """How bad a problem found while reading a file is. ERROR: words could not be kept or attributed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Right(StrEnum):
    """What of a source may be shown, searched and exported."""

    WHOLE = "whole"
    QUOTATIONS = "quotations"
    PRIVATE = "private"


class Role(StrEnum):
    """A speaker's role at one forum."""

    CANDIDATE = "candidate"
    MODERATOR = "moderator"
    QUESTIONER = "questioner"
    AUDIENCE = "audience"
    INTERPRETER = "interpreter"
    OFFICIAL = "official"
    RESIDENT = "resident"
    UNKNOWN = "unknown"


ROLE_WORDS = {
    Role.CANDIDATE: "Candidate",
    Role.MODERATOR: "Moderator",
    Role.QUESTIONER: "Asked questions",
    Role.AUDIENCE: "From the audience",
    Role.INTERPRETER: "Interpreter",
    Role.OFFICIAL: "Official",
    Role.RESIDENT: "Resident",
    Role.UNKNOWN: "Voice not identified",
}


class ForumKind(StrEnum):
    """What sort of event a forum was."""

    DEBATE = "debate"
    FORUM = "forum"
    TOWN_HALL = "town_hall"
    INTERVIEW = "interview"
    HEARING = "hearing"
    COUNCIL_MEETING = "council_meeting"
    QUESTIONNAIRE = "questionnaire"


class Part(StrEnum):
    """What a turn is to the exchange it belongs to."""

    LEAD_IN = "lead_in"
    QUESTION = "question"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    REBUTTAL = "rebuttal"


class Reason(StrEnum):
    """Why a cell is empty: one vocabulary for every page. NOT_REVIEWED is the default and claims nothing."""

    NOT_ADDRESSED = "not_addressed"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    ABSENT = "absent"
    OUT_OF_TIME = "out_of_time"
    NONE_FOUND = "none_found"
    NOT_REVIEWED = "not_reviewed"


REASON_WORDS = {
    Reason.NOT_ADDRESSED: "Was asked; spoke about something else",
    Reason.NOT_ASKED: "Was not asked here",
    Reason.DECLINED: "Chose not to answer",
    Reason.ABSENT: "Did not take part",
    Reason.OUT_OF_TIME: "Ran out of time",
    Reason.NONE_FOUND: "We looked and found nothing",
    Reason.NOT_REVIEWED: "We have not checked this yet",
}

REPORTED_NOT_ADDRESSED = "Did not address this, according to {source}"
"""The words for NOT_ADDRESSED where a report (tier 5) is all there is."""

ANSWERED = "answered"
"""The state of a candidate in an exchange who answered; every other state is a Reason."""
