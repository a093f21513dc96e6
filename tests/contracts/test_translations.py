"""Every interface text has its Spanish, and the words beside the codes are those of the product's own table."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from positions import match_sentences, narrowing, quiz, quiz_code, quiz_sentences, sentences
from positions.agreement import Why
from positions.cells import ANSWERED_WORDS
from positions.change import CHANGE_WORDS, GUARD_WORDS
from positions.classes.personal import SIGN_WORDS
from positions.coding import agreeing as coder_agreement
from positions.coding.publishing import RULE_WORDS as CODING_RULES
from positions.coding.ties import TIE_WORDS
from positions.followthrough import reminders as commitment_reminders
from positions.followthrough import vocabulary as follow_through
from positions.followthrough.figures import MIXING_WORDS
from positions.followthrough.links import WHY_WORDS as link_why
from positions.followthrough.queries import changes
from positions.leaks import CUE_WORDS
from positions.matching import SKIP_WORDS, STEP_WORDS, WEIGHT_WORDS
from positions.scale import CHOICE_WORDS, CODE_WORDS, TIER_WORDS
from positions.tagging.lexicon import FAULTS
from positions.wording_rules import RULE_WORDS
from tests.contracts import messages
from tests.corpora import ROOT
from tracker import (
    citing,
    commitment_feed,
    errors,
    exporting,
    feeds,
    forms,
    program_feed,
    quote_folders,
    reasons,
    showing,
    verdicts,
    wording,
)
from tracker.accounts.roles import ROLE_NAMES
from tracker.classes import exchanging, together
from tracker.commands import search
from tracker.facts import FACTS as SITE_FACTS
from tracker.facts import SWITCHES
from tracker.freezing import agreeing
from tracker.i18n import CATALOGUES
from tracker.pages import account, audit, check, desk, folders, lesson, tell, work
from tracker.pages import asking as asking_page
from tracker.pages import classes as classes_page
from tracker.pages import commitments as commitments_page
from tracker.pages import documents as pages_documents
from tracker.pages import figures as figures_page
from tracker.pages import quiz as pages_quiz
from tracker.pages import reports as reports_page
from tracker.pages import told as told_page
from tracker.pages.contests import ORDER_WORDS, VIEW_WORDS
from tracker.pages.desk import (
    WAYS,
    assignments,
    class_overview,
    class_results,
    entering,
    home,
    import_event,
    import_source,
    import_voices,
    imports,
    nominations,
)
from tracker.pages.desk import aliases as desk_aliases
from tracker.pages.desk import class_exports as desk_class_exports
from tracker.pages.desk import class_requests as desk_class_requests
from tracker.pages.desk import classes as desk_classes
from tracker.pages.desk import coding as desk_coding
from tracker.pages.desk import documents as desk_documents
from tracker.pages.desk import forums as desk_forums
from tracker.pages.desk import freezing as desk_freezing
from tracker.pages.desk import people as desk_people
from tracker.pages.desk import picking as desk_picking
from tracker.pages.desk import program_parts as desk_parts
from tracker.pages.desk import quiz as desk_quiz
from tracker.pages.desk import races as desk_races
from tracker.pages.desk import statements as desk_statements
from tracker.pages.desk import tags as desk_tags
from tracker.pages.desk import testimony as desk_testimony
from tracker.pages.desk import ties as desk_ties
from tracker.pages.desk import topic_words as desk_topic_words
from tracker.pages.desk import turns as desk_turns
from tracker.pages.desk import voices as desk_voices
from tracker.pages.desk import withheld as desk_withheld
from tracker.pages.search import FACETS, GROUP_WORDS, LAYOUT_WORDS, NOTHING_YET, REPAIR, SORT_WORDS, TOO_LONG
from tracker.telling import letters
from tracker.testimony.words import CLOSED_WORDS, CONSENT, LIMITS, OFFERED_WORDS
from tracker.withholding import LOOK_AT_IT
from transcripts.checking import spotting
from transcripts.citing import FORMS, citation, machine, styles
from transcripts.search import controls, explaining, finding, language, leaves, parsing, understanding
from transcripts.vocabulary import GRADE_WORDS, REASON_WORDS, REPORTED_NOT_ADDRESSED, ROLE_WORDS

pytestmark = pytest.mark.xdist_group("translations")
"""In one process: all of these read the whole code, which takes seconds and is done once."""

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


@cache
def in_code() -> frozenset[str]:
    """Texts passed to gettext in templates and Python."""
    return frozenset(_passed())


def _passed() -> Iterator[str]:
    templates = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt")]
    for path in [*templates, *(ROOT / "tracker").rglob("*.py")]:
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if path.suffix == ".py" else {"trimmed": "true", "silent": "false"}
        for _, message, _, _ in extract(method, BytesIO(path.read_bytes()), KEYWORDS, options=options):
            yield from message if isinstance(message, tuple) else (message,)


ACT = re.compile(
    r'(?:(?:attempt|perform|enter)\(\s*typed, |FACTS\.\w+\((?:slug, )?|audit\.note\(session, \([^)]*\), )"([^"]+)"'
)
"""How the code names what it writes into the log."""


def acts() -> Iterator[str]:
    """What the log says was done."""
    for path in [
        *(ROOT / "tracker" / "pages").rglob("*.py"),
        ROOT / "tracker" / "imports" / "carrying.py",
        ROOT / "tracker" / "freezing" / "guard.py",
    ]:
        yield from ACT.findall(path.read_text())
    yield from (name for room in (desk_turns, desk_voices) for name, _ in room.ACTS.values())


def beside_codes() -> Iterator[str]:
    """Texts that stand in tables beside their codes and are translated when they are printed."""
    yield from _of_positions()
    yield from _of_classes()
    yield from _of_follow_through()
    yield from _of_match_and_quiz()
    yield from _of_search()
    yield from _of_desk()
    yield from _of_imports()
    yield from _of_checks()


def _of_positions() -> Iterator[str]:
    """Positions, grades, races, and what stands beside them."""
    for words in (
        CODE_WORDS,
        TIER_WORDS,
        GRADE_WORDS,
        REASON_WORDS,
        ROLE_WORDS,
        ANSWERED_WORDS,
        VIEW_WORDS,
        ORDER_WORDS,
        CHANGE_WORDS,
        CHOICE_WORDS,
        RULE_WORDS,
        GUARD_WORDS,
        exporting.FORMAT_WORDS,
    ):
        yield from words.values()
    yield from wording.EVIDENCE_WORDS.values()
    yield from wording.CORRECTION_WORDS.values()
    yield from wording.ATTRIBUTION_WORDS.values()
    yield from wording.MARK_WORDS.values()
    for words in (wording.COMPLAINT_WORDS, wording.SUBJECT_WORDS, wording.DECISION_WORDS, wording.ANSWER_WORDS):
        yield from words.values()
    yield from wording.PART_WORDS.values()
    yield from wording.ORGANISATION_WORDS.values()
    yield from (text for pair in sentences.SOURCES.values() for text in pair)
    yield from (*sentences.FILLED.values(), *sentences.ORDER.values(), sentences.BALANCE, "source", "sources")


def _of_classes() -> Iterator[str]:
    """Classes and their work."""
    yield from (text for kind in exchanging.KINDS.values() for text in (kind.words, kind.opens))
    for words in (together.BAND_WORDS, together.RULE_WORDS, together.NOT_YET_WORDS, class_overview.STATE_WORDS):
        yield from words.values()
    yield from (*class_results.BECAME_WORDS.values(), *nominations.STATE_WORDS.values())
    yield from (*map(str, Why), together.NOTHING)
    yield from desk_class_exports.STATUS_WORDS.values()
    for told in (
        assignments.UNIT_WORDS,
        assignments.POLICY_WORDS,
        work.VIEW_WORDS,
        work.SCOPE_WORDS,
        work.PURPOSE_WORDS,
    ):
        yield from told.values()
    yield from (*lesson.OBJECTIVES, *lesson.NEEDED, *(text for step in lesson.PLAN for text in step[2:]))
    yield from (*work.STATE_WORDS.values(), *work.KEPT_WORDS.values(), assignments.TWICE)
    yield from (classes_page.TOO_MANY, asking_page.TOO_MANY, asking_page.TRAPPED)
    for words in (classes_page.STATE_WORDS, SIGN_WORDS, desk_classes.LASTS_WORDS, desk_class_requests.STATE_WORDS):
        yield from words.values()


def _of_follow_through() -> Iterator[str]:
    """What became of promises, programs, figures, documents, testimony."""
    yield from (text for part in desk_parts.PARTS for text in (part.words, part.one))
    yield from (*OFFERED_WORDS.values(), *CLOSED_WORDS.values())
    yield from (text for told in (CONSENT, LIMITS) for version in told.values() for text in version)
    yield from (tell.TRAPPED, tell.TOO_MANY, tell.NOT_AGREED, desk_testimony.NOT_READ, desk_testimony.NO_READER)
    for words in (commitment_reminders.WHY_WORDS, commitments_page.FLAG_WORDS, commitments_page.FLAG_MEANING):
        yield from words.values()
    yield from (*changes.SORT_WORDS.values(), program_feed.TAKEN_BACK)
    yield from (*figures_page.SEEN_WORDS.values(), figures_page.NOT_SHOWN)
    yield from (commitment_feed.TAKEN_BACK, commitment_feed.SOURCE, commitment_feed.LOOKED, commitment_feed.RECORDED)
    yield from (words for words, _ in pages_documents.RESTING.values())
    yield from (*desk_documents.RIGHT_WORDS.values(), *link_why.values(), LOOK_AT_IT)
    for name, told in ((name, told) for noun in follow_through.NOUNS for name, told in vars(noun).items()):
        if name.endswith(("_WORDS", "_MEANING")):
            yield from told.values()


def _of_match_and_quiz() -> Iterator[str]:
    """Match, quiz, and what a comparison leaves out."""
    yield from (SKIP_WORDS, *STEP_WORDS.values(), *WEIGHT_WORDS.values())
    yield from (narrowing.CANT_TELL, *narrowing.SHOWN)
    yield from audit.STATE_LINES.values()
    yield from (*match_sentences.COMPARED.values(), *match_sentences.UNKNOWN.values())
    yield from (text for name, text in vars(match_sentences).items() if name.isupper() and isinstance(text, str))
    for words in (quiz.RATING_WORDS, quiz.FAULT_WORDS, CUE_WORDS, desk_quiz.TREATMENT_WORDS, desk_quiz.STATE_WORDS):
        yield from words.values()
    yield from (*quiz_sentences.RATED.values(), *quiz_sentences.ONE_RATING.values(), *quiz_sentences.OPEN.values())
    yield from (*quiz_sentences.SILENT.values(), *quiz_sentences.READY, *quiz_sentences.SILENT_HERE)
    yield from (text for pair in quiz_sentences.SHORTFALL.values() for text in pair)
    yield from (text for name, text in vars(quiz_sentences).items() if name.isupper() and isinstance(text, str))
    yield from (quiz_code.NO_CODE, quiz_code.OTHER_QUIZ, pages_quiz.CHANGED, quiz.LEFT_OPEN)


def _of_search() -> Iterator[str]:
    """Search, citations, being told, folders."""
    for words in (SORT_WORDS, LAYOUT_WORDS, GROUP_WORDS, FACETS, MIXING_WORDS):
        yield from words.values()
    for rule in (*language.WORDS, *language.FIELDS.values()):
        yield from (rule.label, rule.meaning)
    yield exporting.FICTIONAL
    for module in (citation, styles, machine, citing):
        yield from (
            text for name, text in vars(module).items() if name.isupper() and isinstance(text, str) and "%(" in text
        )
    yield from (citation.NOBODY, citation.A_VOICE, citation.LISTEN, citing.QUESTIONED, *(one.words for one in FORMS))
    yield from (told_page.TOO_MANY, told_page.TOO_MANY_THERE, *letters.FREQUENCY_WORDS.values())
    yield from (feeds.PARAPHRASE, feeds.GONE)
    yield from (folders.TOO_MANY, folders.NO_LINK, folders.NO_WORDS, *quote_folders.STATUS_WORDS.values())
    yield from (NOTHING_YET, REPAIR, TOO_LONG)
    yield from (value for name, value in vars(explaining).items() if name.isupper() and isinstance(value, str))
    yield from explaining.LANGUAGES.values()
    yield from (controls.LEFT_OUT, finding.ON_TOPIC, finding.SOME_WORDS, finding.NO_WORDS, understanding.WORDLESS)
    for module in (parsing, leaves):
        yield from (value for name, value in vars(module).items() if name.isupper() and isinstance(value, str))
    yield from (
        search.FOUND,
        search.IN_DOCUMENTS,
        search.PAGE,
        search.MEANT,
        search.LESS,
        search.UNHEARD,
        search.FICTIONAL,
        *search.KINDS.values(),
        *search.FACET_WORDS.values(),
    )


def _of_desk() -> Iterator[str]:
    """The desk, accounts, and refusals."""
    for told in (desk_aliases.ORIGIN_WORDS, desk_tags.LIKELY_WORDS, desk_tags.STATUS_WORDS):
        yield from told.values()
    yield from (*reasons.VOICES, *reasons.TOPICS, *reasons.CHANGES)
    yield from (*desk_topic_words.GRADE_WORDS.values(), *FAULTS.values(), desk_topic_words.FAULTY)
    yield from (text for switch in SWITCHES for text in (switch.question, switch.help))
    yield from (text for name, text in vars(forms).items() if name.isupper() and isinstance(text, str) and " " in text)
    for words in (entering.FIELD_WORDS, entering.KIND_WORDS, entering.LANGUAGE_MARKS, home.STEPS):
        yield from words.values()
    yield from (words for words, _ in home.WAITING.values())
    yield from acts()
    yield from (*desk_freezing.STATE_WORDS.values(), agreeing.ANOTHER)
    for words in (
        desk_races.STATUS_WORDS,
        desk_races.PROFILE_WORDS,
        desk_forums.KIND_WORDS,
        desk_forums.SOURCE_WORDS,
        desk_forums.ROLES,
    ):
        yield from words.values()
    yield from (fact.question for fact in SITE_FACTS)
    yield from (*desk_picking.ROLE_WORDS.values(), desk_picking.NO_WORDS)
    for words in (CODING_RULES, TIE_WORDS, coder_agreement.GROUP_WORDS, desk_coding.STATE_WORDS):
        yield from words.values()
    yield from (coder_agreement.TOO_FEW, coder_agreement.NOT_COMPUTABLE, desk_ties.UNKNOWN, *map(str, Why))
    yield from (*desk_statements.TYPE_WORDS.values(), *desk_statements.HINTS)
    yield from (desk_races.SAME_NAME, desk_races.SENTENCES, desk_people.KNOWN)
    for words in (desk_withheld.KIND_WORDS, desk_withheld.BESIDE_WORDS):
        yield from words.values()
    yield from (reports_page.TRAPPED, reports_page.TOO_MANY)
    yield from (account.WRONG, *ROLE_NAMES.values(), *(words for _, words, _ in WAYS))
    for room in pkgutil.iter_modules(desk.__path__):
        told = vars(importlib.import_module(f"{desk.__name__}.{room.name}"))
        yield from (text for name, text in told.items() if name.isupper() and isinstance(text, str) and " " in text)
    yield from (text for pair in (*errors.WORDS.values(), errors.UNSEATED) for text in pair)


def _of_imports() -> Iterator[str]:
    """Bringing records in."""
    for table in (
        imports.FORMAT_NAMES,
        imports.STATE_WORDS,
        imports.STEP_WORDS,
        imports.SEVERITY_WORDS,
        imports.FATE_WORDS,
        import_source.WHY_WORDS,
        import_source.QUOTED_WORDS,
        import_source.COLUMN_WORDS,
        showing.KIND_WORDS,
        showing.RIGHT_WORDS,
        showing.CHANGE_WORDS,
    ):
        yield from table.values()
    yield from (imports.NO_FILE, imports.TOO_MANY, *(words for _, words in imports.WAYS))
    yield from (import_event.NEW_OR_HELD, import_event.NO_ZONE, import_event.NO_RECORDING)
    yield from (import_voices.NOBODY_KNOWN, import_voices.SEVERAL_KNOWN, import_voices.KNOWN_ALREADY)


def _of_checks() -> Iterator[str]:
    """Checking a quotation, and times."""
    yield from verdicts.VERDICT_WORDS.values()
    yield from verdicts.MEANING.values()
    for module in (verdicts, spotting):
        yield from (
            text
            for name, text in vars(module).items()
            if name.isupper() and name[0] != "_" and isinstance(text, str) and " " in text
        )
    yield check.TOO_MANY
    yield REPORTED_NOT_ADDRESSED
    yield from (f"%(n)s {unit}{s}" for unit in ("hour", "minute", "second") for s in ("", "s"))


@cache
def spanish() -> dict[str, tuple[str, ...]]:
    """Message id (each form of a plural) → its Spanish forms."""
    found: dict[str, tuple[str, ...]] = {}
    for message in (message for path in sorted(CATALOGUES.glob("es.*po")) for message in catalogue(path)):
        if message.id and not message.fuzzy:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            found |= dict.fromkeys(ids, tuple(form or "" for form in forms))
    return found


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="es", abort_invalid=True)


def test_no_text_is_translated_twice() -> None:
    ids = [str(message.id) for path in CATALOGUES.glob("es.*po") for message in catalogue(path) if message.id]
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


def test_every_text_has_its_spanish() -> None:
    held = spanish()
    told = filter(messages.has_words, messages.templates())
    missing = sorted({text for text in (*in_code(), *beside_codes(), *told) if text and not all(held.get(text, ("",)))})
    assert not missing, "tracker/translations/es.po lacks:\n" + "\n".join(missing)


def test_a_message_is_a_template_and_its_values() -> None:
    """What is put together as the program runs cannot be translated: write Refusal("There is no race {slug}.", slug=slug)."""
    assert messages.unreadable() == []


def test_no_translation_is_left_over() -> None:
    wanted = {*in_code(), *beside_codes(), *messages.templates()}
    assert sorted(set(spanish()) - wanted) == []


def test_translations_keep_their_placeholders() -> None:
    for text, said in spanish().items():
        for form in said:
            strange = {a or b for a, b in PLACEHOLDER.findall(form)} - {a or b for a, b in PLACEHOLDER.findall(text)}
            assert not strange, f"{text!r} → {form!r}"


def test_the_words_are_those_of_the_product_table() -> None:
    """The design's table of words, English · Spanish, where it is at hand."""
    from tests.corpora import SHARED, missing

    table: Path = SHARED / "design" / "words.md"
    if not table.exists():
        missing("The table of words")
    printed = table.read_text()
    held = spanish()
    for text in (*CODE_WORDS.values(), *TIER_WORDS.values(), *GRADE_WORDS.values(), *REASON_WORDS.values()):
        assert text in printed, f"{text!r} is not in the table"
        assert held[text][0].replace("{source}", "{fuente}") in printed, f"{held[text][0]!r} is not in the table"
