"""/desk: what there is to do."""

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker.rendering import page

bp = Blueprint("desk", __name__)


@bp.get("/desk")
def show() -> Response:
    """The rooms of the desk."""
    return page("desk/show.html")
