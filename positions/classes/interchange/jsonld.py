"""Pure: marks as W3C Web Annotations (JSON-LD, Recommendation of 2017-02-23), one collection with one page.

The source of a target is a turn in the version that was read, and its text is the words of that turn: both position selectors count
code points of it. Alternatives of a selector all mean the same words.
"""

import json
import re
from typing import Any

from positions.classes.interchange.holding import Holding, moment
from positions.classes.sheet import MarkView, Passage
from transcripts import anchors

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
HTML_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
SUFFIX, MEDIA_TYPE = ".jsonld", f'application/ld+json; profile="{CONTEXT}"'

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$&-;=?-Z_a-z~%]+")

Thing = dict[str, Any]


def write(holding: Holding) -> bytes:
    """The collection as a file."""
    return (json.dumps(collection(holding), ensure_ascii=False) + "\n").encode()


def collection(holding: Holding) -> Thing:
    """Everything, as an AnnotationCollection with its only page inside; without a page where there is no mark."""
    told: Thing = {"@context": CONTEXT, **_whole(holding)}
    if holding.standing:
        inside = page(holding)
        del inside["@context"], inside["partOf"]
        told |= {"first": inside, "last": inside["id"]}
    return told


def page(holding: Holding) -> Thing:
    """All the marks as the only AnnotationPage, which says of which collection it is."""
    return {
        "@context": CONTEXT,
        "id": holding.guid(f"assignment/{holding.sheet.key}/page").urn,
        "type": "AnnotationPage",
        "partOf": _whole(holding),
        "startIndex": 0,
        "items": [_annotation(holding, mark) for mark in holding.standing],
    }


def _whole(holding: Holding) -> Thing:
    return {
        "id": holding.guid(f"assignment/{holding.sheet.key}").urn,
        "type": "AnnotationCollection",
        "label": holding.sheet.title,
        "generator": _generator(holding),
        "modified": moment(holding.at),
        "total": len(holding.standing),
    }


def annotation(holding: Holding, mark: MarkView) -> Thing:
    """One mark, alone."""
    return {"@context": CONTEXT, **_annotation(holding, mark)}


def _annotation(holding: Holding, mark: MarkView) -> Thing:
    bodies, motivation = _bodies(holding, mark), []
    if mark.tag is not None:
        motivation.append("tagging")
    if mark.comment:
        motivation.append(mark.purpose)
    told: Thing = {
        "id": holding.mark(mark).urn,
        "type": "Annotation",
        "motivation": motivation[0] if len(motivation) == 1 else motivation,
        "creator": {"id": holding.student(mark.member).urn, "type": "Person", "nickname": mark.who},
        "created": moment(mark.at),
        "modified": moment(mark.changed_at),
        "generator": _generator(holding),
        "audience": {
            "id": holding.room.urn,
            "type": "schema:EducationalAudience",
            "schema:educationalRole": "student",
        },
        "body": bodies,
        "target": _target(holding, mark, holding.sheet.passage(mark.passage)),
    }
    if _ADDRESS.fullmatch(holding.via.get(mark.key, "")):
        told["via"] = holding.via[mark.key]
    if mark.who is None:
        del told["creator"]["nickname"]
    if not bodies:
        del told["body"], told["motivation"]
    return told


def _bodies(holding: Holding, mark: MarkView) -> list[Thing]:
    """A tag by its name, for programs that show labels, and by its address or name, for those that know codes; then the words."""
    tag, lang = holding.sheet.tag(mark.tag), holding.sheet.lang
    bodies: list[Thing] = []
    if tag is not None:
        code = f"{holding.site}/topics/{tag.topic}" if tag.topic else holding.tag(tag).urn
        bodies += (
            _text(tag.name.within(lang), "tagging", lang),
            {"type": "SpecificResource", "source": code, "purpose": "classifying"},
        )
    if mark.comment:
        bodies.append(_text(mark.comment, mark.purpose, lang))
    return bodies


def _text(words: str, purpose: str, lang: str) -> Thing:
    return {"type": "TextualBody", "value": words, "purpose": purpose, "format": "text/plain", "language": lang}


def _target(holding: Holding, mark: MarkView, passage: Passage) -> Thing:
    place = anchors.anchor(passage.text, mark.start, mark.end)
    position = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
    quote = {"type": "TextQuoteSelector", "exact": place.exact, "prefix": place.before, "suffix": place.after}
    fragment = {"type": "FragmentSelector", "conformsTo": HTML_FRAGMENT, "value": f"t-{passage.key}"}
    state: Thing = {"type": "TimeState", "sourceDate": moment(mark.at)}
    if not holding.secret:
        state["cached"] = holding.source(passage)
    return {
        "type": "SpecificResource",
        "source": holding.source(passage),
        "scope": f"{holding.site}/forums/{holding.sheet.forum}",
        "state": state,
        "selector": [*([] if holding.secret else [{**fragment, "refinedBy": position}]), quote, position],
    }


def _generator(holding: Holding) -> Thing:
    return {"id": f"{holding.site}/", "type": "Software", "name": "Said & Done"}
