"""The pages of figures over the demonstration world: one number, one breakdown, two figures or why not, and the table to take away.

Rows of seeds.md: "$12.9 million since 2009", "referral route, services added", "the dashboard".
"""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from positions.followthrough.figures import MIXING_WORDS, Mixing
from transcripts.text import fold


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def text_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.text.split())


def test_the_sum_since_2009_is_a_period_with_its_source_and_what_the_source_leaves_open(client: FlaskClient) -> None:
    html = text_of(client, "/figures/connecticut-military-equipment")
    assert "12,900,000" in html and "During a period" in html
    assert "January 1, 2009 to September 8, 2015" in html
    assert "names neither the first nor the last day" in html
    assert "/commitments/segarra-clears-acquisitions" in html


def test_the_dashboard_has_definitions_and_no_number_that_nobody_holds(client: FlaskClient) -> None:
    html = text_of(client, "/figures/lead-new-haven-active?by=race")
    assert "Active on one day" in html and "Whoever left before is not counted" in html
    for axis in ("By how they were referred", "By gender", "By ethnicity", "By race", "By neighborhood"):
        assert axis in html
    assert "No number is on file." in html
    entered = text_of(client, "/figures/lead-new-haven-entered")
    assert "a number of people under five is shown as no figure here" in entered


def test_active_cases_are_never_drawn_with_those_since_the_beginning(client: FlaskClient) -> None:
    html = text_of(client, "/figures/bridge-referred?with=bridge-open-cases")
    assert MIXING_WORDS[Mixing.ACTIVE_EVER] in html and "These two are not drawn together." in html
    spanish = text_of(client, "/es/figures/bridge-referred?with=bridge-open-cases")
    assert "Quien se fue está en la segunda y no en la primera." in spanish
    together = text_of(client, "/figures/bridge-shelter-beds?with=bridge-beds-added")
    assert "These two are not drawn together." not in together and together.count('<th scope="col">') >= 3


def test_the_ratio_has_its_two_numbers_and_how_many_in_all(client: FlaskClient) -> None:
    html = text_of(client, "/figures/bridge-referred")
    for told in ("Instead of an arrest", "Social contact", "For each of the first there are 1.4 of the second.", "112"):
        assert told in html


def test_what_was_there_before_stands_beside_what_was_added(client: FlaskClient) -> None:
    html = text_of(client, "/figures/bridge-beds-added")
    before, added = html.index("What was there before"), html.index("What the program added")
    assert before < added and "140" in html[before:added]


def test_no_page_and_no_file_holds_a_number_of_people_under_five(client: FlaskClient) -> None:
    """The demonstration holds such numbers on purpose: four came instead of an arrest in the first month."""
    for slug in ("bridge-referred", "bridge-open-cases", "port-linden-low-level-arrests"):
        rows = list(csv.DictReader(io.StringIO(client.get(f"/figures/{slug}.csv").text)))
        assert rows and all(int(row["value"]) >= 5 for row in rows if row["value"])
        assert any(row["note"].startswith("not shown") and not row["value"] for row in rows)
    html = text_of(client, "/figures/bridge-open-cases?by=gender")
    assert "Not shown" in html and "under five" in html


def test_a_chart_has_a_title_and_the_table_beside_it_the_same_numbers(client: FlaskClient) -> None:
    html = text_of(client, "/figures/port-linden-low-level-arrests?by=offense")
    assert '<svg class="line-chart" role="img"' in html and "line-title line-desc" in html
    assert html.count('<th scope="row">') >= 30


def test_every_rule_is_printed_on_the_page_of_a_figure(client: FlaskClient) -> None:
    html = text_of(client, "/figures/bridge-referred")
    assert all(words in html for words in MIXING_WORDS.values())


def test_what_is_not_there_answers_404_and_strange_questions_do_no_harm(client: FlaskClient) -> None:
    for path in ("/figures/nobody", "/figures/nobody.csv", "/figures/%00", "/figures/a%2fb"):
        assert client.get(path).status_code == 404, path
    for query in ("by=nothing", "by=%00", "with=bridge-referred", "with=nobody", "by=route&with=bridge-open-cases"):
        assert client.get(f"/figures/bridge-referred?{query}").status_code == 200


def test_figures_are_listed_under_their_programs(client: FlaskClient) -> None:
    html = text_of(client, "/figures")
    assert fold("LEAD in New Haven") in fold(html) and "/figures/bridge-referred" in html
