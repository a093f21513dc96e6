"""Pure: words of the record as a citation, in every form a reader can copy. `FORMS` is the visible tuple, in the order of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from transcripts.citing import machine, prose, styles
from transcripts.citing.citation import Citation, Say
from transcripts.errors import NotFound


@dataclass(frozen=True)
class Form:
    """One way to write a citation: its name in addresses and commands, its words for readers, its file and its function."""

    name: str
    words: str
    media_type: str
    suffix: str
    write: Callable[[Citation, Say], str]


FORMS = (
    Form("text", "Plain text", "text/plain", ".txt", prose.text),
    Form("markdown", "Markdown", "text/markdown", ".md", prose.markdown),
    Form("html", "HTML quotation", "text/html", ".html", prose.html),
    Form("ap", "AP-style line", "text/plain", ".txt", styles.ap),
    Form("mla", "MLA, 9th edition", "text/plain", ".txt", styles.mla),
    Form("apa", "APA, 7th edition", "text/plain", ".txt", styles.apa),
    Form("bibtex", "BibTeX", "application/x-bibtex", ".bib", machine.bibtex),
    Form("csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", ".json", machine.csl),
)


def form(name: str) -> Form:
    """The form of that name. Raises NotFound naming those there are."""
    for one in FORMS:
        if one.name == name:
            return one
    raise NotFound(
        "There is no form “{name}”; there are {forms}.", name=name, forms=", ".join(one.name for one in FORMS)
    )
