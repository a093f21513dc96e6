"""The facts a site tells about itself, each with the question `tracker init` asks. Plain data: the command line needs no database."""

from dataclasses import dataclass

LANGUAGES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class Fact:
    """A fact the site should know, and whether it is told once in every language."""

    name: str
    question: str
    told_per_language: bool = False


FACTS = (
    Fact("name", "Name of the site"),
    Fact("publisher", "Who publishes it"),
    Fact("contact", "How readers reach you (an address or e-mail)"),
    Fact("funding", "Who pays for it", told_per_language=True),
    Fact("interest", "What interest the publisher has in these elections, or none", told_per_language=True),
    Fact("place", "Place it covers"),
    Fact("zone", "Time zone of its forums"),
    Fact("languages", "Languages of its readers"),
)


@dataclass(frozen=True)
class Switch:
    """Something editors can turn off for the whole site; on until they do."""

    name: str
    question: str
    help: str


SWITCHES = (
    Switch(
        "quote_cards",
        "No cards of single quotations",
        "Other sites then cannot show one quotation in a frame; frames that stand there already say so.",
    ),
)
OFF = "off"
"""What is kept for a switch that is off; nothing is kept for one that is on."""
