"""/desk/imports/<key>/source, /format and /changes: the file line by line, what it was taken for, what it would change."""

from flask import Blueprint, current_app, request, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.acting import Done, attempt
from tracker.db import reading
from tracker.forms import Typed
from tracker.i18n import translated
from tracker.imports import drafts, keeping, seeing
from tracker.imports.keeping import Looked
from tracker.pages.desk.imports import words
from tracker.rendering import page, page_number
from transcripts import formats, guarded
from transcripts.errors import Refusal
from transcripts.formats.columns import Columns
from transcripts.formats.format import EXACT
from transcripts.masking import mask_lines
from transcripts.wording import difference

bp = Blueprint("import_source", __name__, url_prefix="/desk/imports")

LINES = 400
"""Lines of a file on one page."""
LONGEST = 2_000
"""Code points of a line that are shown."""
AROUND = 200
"""Code points more that are looked at: words that are withheld may be cut by the end."""
CHANGES = 100
"""Changes on one page."""
COLUMN_WORDS = {
    "text": "The words",
    "speaker": "Who speaks",
    "start": "When it begins",
    "end": "When it ends",
    "duration": "How long it lasts",
    "turn": "The number of what somebody says",
    "section": "Section",
    "question": "Question",
    "kind": "What kind of row it is",
}
"""What a column of a table may hold, by the field of `Columns`."""
QUOTED_WORDS = {
    "exact": "stand as they stood",
    "moved": "are found again",
    "needs_review": "need an editor's look",
    "orphan": "stand nowhere any more",
}
WHY_WORDS = {
    "exact": "its beginning says so",
    "most": "most of its lines look like it",
    "some": "some of its lines look like it",
    "little": "hardly anything in it looks like it",
}


@bp.get("/<key>/source")
def show(key: str) -> Response:
    """A file as text with the numbers of its lines, around the line asked for; of a workbook the sheet that is read, or another."""
    position, line = page_number(request.args.get("file")) - 1, page_number(request.args.get("line"))
    with reading() as session:
        draft = drafts.get(session, key)
        found = drafts.source(session, key, position) if draft.files else None
    file = next((one for one in draft.files if one.position == position), None)
    sheets = file.sample.sheets if file and file.sample else ()
    read = file.sample.sheet if file and file.sample else None
    sheet = request.args.get("sheet") if request.args.get("sheet") in sheets else read
    lines: list[str] = []
    refusal = None
    try:
        lines = guarded.text(found[1], found[0], file.format, sheet).split("\n") if found and file else []
    except Refusal as refused:
        refusal = translated(refused)
    first = max(0, (min(line, len(lines)) - 1) // LINES * LINES)
    cut = [text[: LONGEST + AROUND] for text in lines[first : first + LINES + 1]]
    shown = mask_lines("\n".join(cut), draft.known).split("\n")[:LINES]
    numbered = [(n, text[:LONGEST], len(text) > LONGEST) for n, text in enumerate(shown, start=first + 1)]

    def at(n: int) -> str:
        return url_for("import_source.show", key=key, file=position + 1, sheet=sheet, line=n)

    return page(
        "desk/imports/source.html",
        draft=draft,
        position=position,
        filename=draft.files[position].filename if position < len(draft.files) else "",
        lines=numbered,
        sheets=[(name, url_for("import_source.show", key=key, file=position + 1, sheet=name)) for name in sheets],
        sheet=sheet,
        read=read,
        line=line,
        refusal=refusal,
        previous=at(first - LINES + 1) if first else None,
        next=at(first + LINES + 1) if first + LINES < len(lines) else None,
        **words(draft),
    )


@bp.get("/<key>/format")
def format(key: str) -> Response:
    """What every file was taken for, and why."""
    return _format(key, Typed.of({}), 200)


@bp.post("/<key>/format")
def choose(key: str) -> Response:
    """Read a file again as another format."""
    typed = Typed.sent()
    position = typed.whole("file", 0, 1000, needed=False) or 0
    name = typed.one_of("format", [known.NAME for known in formats.FORMATS], needed=False)
    try:
        typed.check()
        with reading() as session:
            filename, data = drafts.source(session, key, position)
        columns = _columns(typed)
        looked = Looked(data, guarded.examine(data, filename, name, columns), name, columns)
    except Refusal as refusal:
        typed.refusal = translated(refusal)
        return _format(key, typed, 422)

    def work(session: Session) -> Done:
        keeping.read_again(session, key, typed.whole("version", needed=False) or 0, position, looked)
        return Done(url_for("import_source.format", key=key), filename, name or "recognised")

    return attempt(typed, "read import again", work, lambda status: _format(key, typed, status))


@bp.get("/<key>/changes")
def changes(key: str) -> Response:
    """What storing would do to every turn of the record that stands."""
    number = page_number(request.args.get("page"))
    refusal, found = None, None
    with reading() as session:
        draft = drafts.get(session, key)
        try:
            found = seeing.changes(session, current_app.config["TRACKER"], draft)
        except Refusal as refused:
            refusal = translated(refused)
    all_changes = found.changes if found else ()
    part = all_changes[(number - 1) * CHANGES : number * CHANGES]
    return page(
        "desk/imports/changes.html",
        draft=draft,
        found=found,
        refusal=refusal,
        quoted_words=QUOTED_WORDS,
        changes=[(one, difference(one.before, one.after)) for one in part],
        previous=url_for("import_source.changes", key=key, page=number - 1) if number > 1 else None,
        next=url_for("import_source.changes", key=key, page=number + 1)
        if number * CHANGES < len(all_changes)
        else None,
        **words(draft),
    )


def _columns(typed: Typed) -> Columns | None:
    """What an editor says of the columns; None where nothing is said. Columns of one sheet say nothing of another."""
    sheet = typed.text("column-sheet", 500, needed=False) or None
    parts = COLUMN_WORDS if sheet in (None, typed["sheet-shown"]) else ()
    said = {part: typed.text(f"column-{part}", 500, needed=False) or None for part in parts} | {"sheet": sheet}
    typed.check()
    return Columns(**said) if any(said.values()) else None


def _format(key: str, typed: Typed, status: int) -> Response:
    with reading() as session:
        draft = drafts.get(session, key)
    return page(
        "desk/imports/format.html",
        status=status,
        form=typed,
        draft=draft,
        names=[known.NAME for known in formats.FORMATS],
        why=why,
        why_words=WHY_WORDS,
        column_words=COLUMN_WORDS,
        **words(draft),
    )


def why(score: float) -> str:
    """How sure a format is of a file, as a code of WHY_WORDS."""
    return "exact" if score >= EXACT else "most" if score >= 0.5 else "some" if score >= 0.1 else "little"
