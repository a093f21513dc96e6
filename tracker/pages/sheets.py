"""/contests/<slug>/sheet: one race on one printed sheet, in both languages, with the QR code of exactly this version."""

from datetime import date, datetime
from io import BytesIO

import segno
from flask import Blueprint, Response, current_app, make_response, request, url_for

from positions.comparison import Comparison
from positions.queries import contests
from positions.sentences import order_line
from tracker.config import Config
from tracker.db import reading
from tracker.freezing import told
from tracker.i18n import current_language, long_date, translator
from tracker.pages.contests import day_asked
from tracker.pages.leading_on import known_merges, lead_on
from tracker.printing import guide, pinned
from tracker.rendering import page

bp = Blueprint("sheets", __name__)
bp.before_request(lead_on(slug="race"))

LANGUAGES = ("en", "es")


@bp.get("/contests/<slug>/sheet")
def show(slug: str) -> Response:
    """Every statement and every candidate's position in words; what rests on what is behind the QR code."""
    with reading() as session:
        found, said = guide.compared(session, slug, "statement", *_asked())
        frozen = told.of_race(session, slug, known_merges(session))
    words = {lang: translator(lang) for lang in LANGUAGES}
    rows = [
        {
            "text": row.text,
            "labels": [[cell.short_label(words[lang], lang) for lang in LANGUAGES] for cell in row.cells],
        }
        for row in found.rows
    ]
    return page(
        "contests/sheet.html",
        comparison=found,
        freeze=frozen,
        rows=rows,
        orders=[order_line(found, words[lang], long_date) for lang in LANGUAGES],
        version=pinned.version(found, said),
        address=_pinned(found),
        qr=url_for("sheets.qr", slug=slug, order=found.order_rule.name, date=found.order_rule.date.isoformat()),
    )


@bp.get("/contests/<slug>/qr.svg")
def qr(slug: str) -> Response:
    """The QR code of a comparison (`by`), pinned to a day and an order."""
    with reading() as session:
        found = contests.comparison_of(session, slug, request.args.get("by") or "statement", *_asked())
    image = BytesIO()
    segno.make(_pinned(found), error="m").save(image, kind="svg", scale=4, border=2)
    response = make_response(image.getvalue())
    response.content_type = "image/svg+xml"
    return response


def _asked() -> tuple[str, date | datetime]:
    """The order and the day the address pins."""
    return request.args.get("order") or "rotation", day_asked(request.args.get("date"))


def _pinned(found: Comparison) -> str:
    """The whole address of the comparison as it stands, in the order it has here."""
    config: Config = current_app.config["TRACKER"]
    return pinned.address(config, found, current_language())
