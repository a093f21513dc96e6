"""/desk: where editors work. One module per room of the desk; every route is kept for somebody by `permissions.tsv`."""

from typing import Any

from flask import Flask

from positions.coding.publishing import RULE_WORDS
from positions.scale import CODE_WORDS
from tracker.accounts.roles import ROLE_NAMES
from tracker.accounts.sessions import Actor
from tracker.forms import fresh_key
from tracker.i18n import gettext
from tracker.pages.desk import (
    acts,
    aliases,
    assignments,
    changes,
    class_exports,
    class_members,
    class_overview,
    class_requests,
    class_results,
    classes,
    coding,
    commitment_closing,
    commitment_events,
    commitments,
    documents,
    figures,
    findings,
    folders,
    forum_merging,
    forums,
    freezing,
    glossary,
    home,
    import_event,
    import_source,
    import_voices,
    imports,
    models,
    nominations,
    organisations,
    people,
    positions,
    programs,
    proposals,
    quiz,
    race_merging,
    races,
    reports,
    requests,
    review,
    site,
    statements,
    tags,
    team,
    testimony,
    ties,
    times,
    topic_words,
    topics,
    turns,
    voice_pass,
    voices,
    withheld,
)

BLUEPRINTS = (
    home.bp,
    imports.bp,
    import_event.bp,
    import_voices.bp,
    import_source.bp,
    proposals.bp,
    reports.bp,
    findings.bp,
    requests.bp,
    folders.bp,
    withheld.bp,
    races.bp,
    race_merging.bp,
    review.bp,
    statements.bp,
    quiz.bp,
    positions.bp,
    coding.bp,
    ties.bp,
    forums.bp,
    forum_merging.bp,
    freezing.bp,
    people.bp,
    organisations.bp,
    documents.bp,
    commitments.bp,
    figures.bp,
    commitment_events.bp,
    commitment_closing.bp,
    topics.bp,
    topic_words.bp,
    changes.bp,
    site.bp,
    aliases.bp,
    assignments.bp,
    tags.bp,
    team.bp,
    testimony.bp,
    times.bp,
    turns.bp,
    voice_pass.bp,
    voices.bp,
    class_exports.bp,
    class_requests.bp,
    classes.bp,
    class_members.bp,
    class_results.bp,
    class_overview.bp,
    nominations.bp,
    models.bp,
    programs.bp,
    acts.bp,
    glossary.bp,
)

WAYS = (
    ("desk.show", "Desk", "member"),
    ("imports.index", "Import", "editor"),
    ("desk_races.index", "Races", "editor"),
    ("desk_forums.index", "Forums", "editor"),
    ("desk_coding.index", "Coding", "editor"),
    ("people.index", "People", "editor"),
    ("organisations.index", "Organisations", "editor"),
    ("desk_documents.index", "Documents", "editor"),
    ("desk_topics.index", "Topics", "editor"),
    ("desk_commitments.index", "Commitments", "editor"),
    ("desk_programs.index", "Programs", "editor"),
    ("desk_figures.index", "Figures", "editor"),
    ("voices.index", "Voices", "editor"),
    ("aliases.index", "Other names", "editor"),
    ("tags.index", "Suggested topics", "editor"),
    ("nominations.index", "From classes", "editor"),
    ("proposals.show", "For a second editor", "editor"),
    ("freezing.show", "Freeze", "editor"),
    ("desk_reports.index", "Reports", "editor"),
    ("desk_findings.index", "Run as designed?", "editor"),
    ("desk_requests.index", "Requests for records", "editor"),
    ("desk_folders.show", "Readers’ folders", "editor"),
    ("withheld.index", "Withheld words", "editor"),
    ("changes.index", "What was done", "editor"),
    ("desk_site.show", "This site", "editor"),
    ("desk_classes.index", "Classes", "teacher"),
    ("class_requests.index", "Requests for classes", "editor"),
    ("team.show", "Team", "admin"),
    ("desk_testimony.show", "Testimony", "admin"),
    ("desk_testimony.held", "Testimony that came", "testimony"),
)
"""The rooms of the desk as the bar under the header names them: endpoint, words, and the role that goes there."""


def ways(actor: Actor) -> list[tuple[str, str]]:
    """The rooms open to an account, with their names in the page's language."""
    return [(endpoint, gettext(words)) for endpoint, words, role in WAYS if actor.has(role)]


def init_app(app: Flask) -> None:
    """What the desk's templates need everywhere: its rooms (and every endpoint there is), a fresh key for a form, the names of roles."""
    told: dict[str, Any] = {
        "desk_ways": ways,
        "new_key": fresh_key,
        "role_names": ROLE_NAMES,
        "rooms": app.view_functions,
    }
    told["code_names"] = frozenset(map(str, CODE_WORDS))
    told["coding_rules"] = lambda: [(str(rule), gettext(words)) for rule, words in RULE_WORDS.items()]
    app.jinja_env.globals.update(told)
