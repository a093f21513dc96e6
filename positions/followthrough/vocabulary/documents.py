"""What a document is."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is."""

    MINUTES = "minutes"
    AGREEMENT = "agreement"
    REPORT = "report"
    EVALUATION = "evaluation"
    BUDGET = "budget"
    LAW = "law"
    DASHBOARD = "dashboard"
    WEBSITE = "website"
    ARTICLE = "article"
    LETTER = "letter"
    OTHER = "other"


DOCUMENT_WORDS = {
    DocumentKind.MINUTES: "Minutes of a meeting",
    DocumentKind.AGREEMENT: "Agreement",
    DocumentKind.REPORT: "Report",
    DocumentKind.EVALUATION: "Evaluation",
    DocumentKind.BUDGET: "Budget",
    DocumentKind.LAW: "Law or ordinance",
    DocumentKind.DASHBOARD: "Dashboard",
    DocumentKind.WEBSITE: "Website",
    DocumentKind.ARTICLE: "Article",
    DocumentKind.LETTER: "Letter",
    DocumentKind.OTHER: "Document",
}
