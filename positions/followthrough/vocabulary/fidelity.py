"""Whether something is done as it was promised, or run as it was designed."""

from enum import StrEnum


class Fidelity(StrEnum):
    """Whether something is done as it was promised, or run as it was designed."""

    MET = "met"
    ADAPTED = "adapted"
    DEPARTS = "departs"
    NO_DATA = "no_data"


FIDELITY_WORDS = {
    Fidelity.MET: "As designed",
    Fidelity.ADAPTED: "Adapted to the place",
    Fidelity.DEPARTS: "Departs from the design",
    Fidelity.NO_DATA: "No data",
}
FIDELITY_MEANING = {
    Fidelity.MET: "What the design asks for is there, and there is evidence of it.",
    Fidelity.ADAPTED: "It is done another way that serves the same end; designs allow this.",
    Fidelity.DEPARTS: "What the design asks for is missing or the opposite is done, lastingly and in something that matters.",
    Fidelity.NO_DATA: "Nothing public tells. It is told whether anybody asked.",
}
