"""The rules a feed must keep: RFC 4287 for Atom, the text of version 1.1 for JSON Feed; as far as ours use them."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
ONCE = ("id", "title", "updated")
"""Elements that a feed and an entry have exactly once (4.1.1, 4.1.2)."""
MARKUP = {"p", "blockquote", "a"}


def atom(body: bytes) -> Any:
    """The feed of a body; AssertionError says which rule it breaks."""
    feed = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(f"{XML}lang") in ("en", "es")
    for holder in (feed, *entries(feed)):
        for name in ONCE:
            assert len(holder.findall(f"{ATOM}{name}")) == 1, name
        assert is_iri(holder.findtext(f"{ATOM}id"))
        assert all(RFC3339.fullmatch(one.text) for one in holder.iter(f"{ATOM}updated", f"{ATOM}published"))
        assert (holder.findtext(f"{ATOM}title") or "").strip()
        assert all((author.findtext(f"{ATOM}name") or "").strip() for author in holder.findall(f"{ATOM}author"))
        assert holder.find(f"{ATOM}author") is not None, "4.2.1: a person, of the feed or of each entry"
        kinds = [(link.get("rel"), link.get("type")) for link in holder.findall(f"{ATOM}link")]
        assert len(kinds) == len(set(kinds)), "4.1.1: no two alternates of one type and language"
        assert all(is_absolute(link.get("href")) for link in holder.findall(f"{ATOM}link"))
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries(feed)]
    assert len(ids) == len(set(ids)), "4.1.1: entries of one id"
    for entry in entries(feed):
        assert not entry.findall(f"{ATOM}source")
        texts = entry.findall(f"{ATOM}content") + entry.findall(f"{ATOM}summary")
        assert len(texts) == 1 and texts[0].get("type") in ("html", None) and len(texts[0]) == 0
        if texts[0].get("type") == "html":
            only_markup(texts[0].text)
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(entry.findtext(f"{ATOM}updated"))
    return feed


def entries(feed: Any) -> list[Any]:
    """The entries of an Atom feed."""
    found: list[Any] = feed.findall(f"{ATOM}entry")
    return found


def json_feed(body: bytes) -> dict[str, Any]:
    """The same for JSON Feed: everything it requires, and the sorts of what else is there."""
    feed: dict[str, Any] = json.loads(body.decode("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"].strip()
    assert is_absolute(feed["home_page_url"]) and is_absolute(feed["feed_url"])
    assert feed["language"] in ("en", "es")
    assert isinstance(feed["items"], list)
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)) and all(isinstance(one, str) and one for one in ids)
    for holder in (feed, *feed["items"]):
        assert "author" not in holder, "1.1 has authors"
        assert all(author["name"].strip() for author in holder["authors"])
    for item in feed["items"]:
        assert is_absolute(item["url"]) and item["title"].strip()
        only_markup(item["content_html"])
        assert RFC3339.fullmatch(item["date_published"]) and RFC3339.fullmatch(item["date_modified"])
    return feed


def only_markup(content: str | None) -> None:
    """HTML of a few harmless elements, links that lead to pages, and a word of the record in none of the markup."""
    assert content
    root = etree.fromstring(f"<div>{content}</div>")
    for element in root.iterdescendants():
        assert element.tag in MARKUP, element.tag
        assert set(element.keys()) <= {"cite", "href", "lang"}
        assert all(is_absolute(element.get(name)) for name in ("cite", "href") if element.get(name))


def text(content: str | None) -> str:
    """HTML as a reader sees it, a line for each paragraph."""
    root = etree.fromstring(f"<div>{content}</div>")
    return "\n".join("".join(one.itertext()) for one in root.iter("p"))


def moment(told: str | None) -> datetime:
    """A time of a feed."""
    return datetime.fromisoformat(told or "")


def is_iri(address: str | None) -> bool:
    """Whether it has a scheme and holds nothing that an IRI may not."""
    return bool(address) and bool(urlsplit(address).scheme) and not re.search(r"[\s<>\"{}|\\^`]", address or "")


def is_absolute(address: str | None) -> bool:
    """Whether it is a whole address of a page."""
    return (
        is_iri(address) and urlsplit(address or "").scheme in ("http", "https") and bool(urlsplit(address or "").netloc)
    )
