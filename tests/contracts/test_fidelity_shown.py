"""Is it run as designed? on the demo world. Row of seeds.md: "LEAD Watch site: concerns, city's role, fidelity, fit"."""

import re
from html import unescape

from flask import Flask

NEW_HAVEN, PORT_LINDEN = "/programs/lead-new-haven/design", "/programs/port-linden-bridge/design"


def shown(app: Flask, path: str) -> tuple[str, str]:
    """A page, and its words alone."""
    html = unescape(app.test_client().get(path).text)
    return html, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def boxes(html: str) -> list[str]:
    """The opening tags of what was found, raised and answered."""
    return re.findall(r'<article class="(voice[^"]*)"', html)


def test_lead_watch_site_concerns_city_s_role_fidelity_fit(app: Flask) -> None:
    html, words = shown(app, NEW_HAVEN)
    assert "0 as designed, 0 adapted, 3 depart, 1 without data, 1 that nobody has looked at." in words
    assert "Of 5 things the design asks for:" in words
    assert "Only two people had been referred instead of an arrest" in words
    assert "had agreed to involve the community in design and management" in words
    assert words.count("Open question ") == 3 and "What capacity does New Haven have to run this program?" in words
    assert "Findings by LEAD Watch. Has an interest:" in words and "Who keeps this page:" in words
    assert "Toolkit of the LEAD National Support Bureau" in words and "is not decided here" in words
    assert "blockquote" not in html  # no reply of the city is on file, and none is invented
    assert (
        words.count("We hold no reply. Nobody here has asked for one yet.")
        == boxes(html).count("voice voice-empty") - 1
    )
    assert "We hold no request for records about this: nobody here has asked yet." in words
    assert 'href="#c-harm-reduction"' in html.split('id="q-harms-not-shown-reduced"')[1].split("</section>")[0]
    _, spanish = shown(app, f"/es{NEW_HAVEN}")
    assert "3 se apartan, 1 sin datos" in spanish and "No tenemos ninguna respuesta." in spanish


def test_the_fictional_program_shows_every_state(app: Flask) -> None:
    html, words = shown(app, PORT_LINDEN)
    first = html.split('id="c-instead-of-arrest"')[1].split("</section>")[0]
    assert boxes(first) == ["voice", "voice", "voice"]  # two finders who differ and the city, at one size
    assert "Those who looked differ." in first and "Both ways in are in the agreement." in first
    for code in ("met", "adapted", "departs", "no_data"):
        assert f'class="fidelity fidelity-{code}"' in html
    waited = re.findall(r"Asked on March 3, 2026; no reply in (\d+) days\.", words)
    assert waited and min(map(int, waited)) > 100
    assert "answered after 14 days. Records were given." in words and "Answered that there are none." in words
    assert 'lang="es"' in html.split('id="q-no-beds-added"')[1].split("</section>")[0]  # a reply in its own language
    assert (
        'href="/documents/port-linden-bridge-report-2026-q3"'
        in shown(app, "/requests/port-linden-quarterly-numbers")[0]
    )
