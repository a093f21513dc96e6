"""/checkpoints: how far the log of acts had come, signed hour by hour, so that readers can keep what we cannot change."""

from flask import Blueprint, current_app, make_response
from werkzeug.wrappers import Response

from tracker.accounts import checkpoint
from tracker.accounts.checkpointing import site_signer
from tracker.config import Config
from tracker.db import reading
from tracker.rendering import page

bp = Blueprint("checkpoints", __name__)

SHOWN = 24
"""Checkpoints the page lists: a day of them at most."""
KEPT = 1_000
"""Checkpoints in the text file."""


@bp.get("/checkpoints")
def show() -> Response:
    """What checkpoints are for, the key they are signed with, and the latest."""
    config: Config = current_app.config["TRACKER"]
    with reading() as session:
        rows = checkpoint.latest(session, SHOWN)
    return page("checkpoints/show.html", rows=rows, verifier=site_signer(config).verifier)


@bp.get("/checkpoints.txt")
def notes() -> Response:
    """The signed notes themselves, the latest first, to be kept elsewhere."""
    with reading() as session:
        rows = checkpoint.latest(session, KEPT)
    response = make_response("\n".join(row.note for row in rows))
    response.content_type = "text/plain; charset=utf-8"
    return response
