"""The rows of seeds.md (“Every system named”) that commitments prove, on the pages of the demo world."""

from flask import Flask

ARTICLE = "News report of the Hartford mayoral debate"


def main(app: Flask, path: str) -> str:
    """What a page says below its header, before the words are defined."""
    html = app.test_client().get(path).text
    return html.partition("<main")[2].partition('id="meanings"')[0]


def test_row_segarras_prostitution_program(app: Flask) -> None:
    """“Segarra's prostitution program”: said to be under way, with a day on which it is to be checked; told by its source."""
    page = main(app, "/commitments/segarra-prostitution-program")
    for told in (
        "Pedro Segarra",
        "Said to be under way",
        "To be checked on",
        "September 8, 2016",
        "City of Hartford",
        ARTICLE,
    ):
        assert told in page, told
    assert "“prior to an arrest”" in page and "We have not checked this yet" in page
    assert "The day has passed, and nobody here has looked." in page and "Not kept" not in page


def test_row_mayors_sign_off(app: Flask) -> None:
    """“mayor's sign-off”: a promise with its criterion and who answers for it; nobody judged it and nobody says so."""
    page = main(app, "/commitments/segarra-clears-acquisitions")
    for told in ("Promise", "Done when", "Mayor of Hartford", "“cleared through me”", "No day was named.", ARTICLE):
        assert told in page, told
    assert "Too early to say" in page and "We have not checked this yet" in page


def test_row_a_position_is_not_a_promise(app: Flask) -> None:
    """Bronin's “in favor of a program like LEAD” and Cannon's inventories twice a year are positions, and not tracked."""
    for slug in ("bronin-program-like-lead", "cannon-inventories-twice-a-year"):
        page = main(app, f"/commitments/{slug}")
        assert "This is a position. We do not track it." in page and "Everything that happened" not in page


def test_row_a_recurring_commitment_has_due_dates_and_what_became_of_each(app: Flask) -> None:
    """“inventory twice a year”: due again and again, each date met, late, missed or not known, and of how many."""
    page = main(app, "/commitments/port-linden-equipment-list")
    for told in ("Every 6 months", "Done on time: 1 of", "Done late: 1 of", "Not done: 1 of", "We do not know: 1 of"):
        assert told in page, told
    assert "Fictional, for demonstration" in app.test_client().get("/commitments/port-linden-equipment-list").text


def test_every_axis_is_told_apart_with_its_day_source_and_what_was_taken_back(app: Flask) -> None:
    page = main(app, "/commitments/port-linden-ordinance-ninety-days")
    for told in ("Kept in part", "The reason is not known", "Adapted to the place", "We looked and found no action"):
        assert told in page, told
    assert "<s>Under way</s>" in page and "The source does not say so" in page and "/turns/" in page


def test_late_is_told_and_is_no_verdict(app: Flask) -> None:
    page = main(app, "/commitments/port-linden-threshold-talk")
    assert "Late is not broken" in page and "Nobody has said yet" in page and "Not kept" not in page


def test_no_quotation_marks_stand_round_a_paraphrase(app: Flask) -> None:
    page = main(app, "/commitments/segarra-prostitution-program").partition('id="words"')[2].partition("</section>")[0]
    assert page.count("“") == 1 and "<blockquote" not in page and "told here in our words" in page


def test_statuses_are_defined_on_the_page_in_both_languages(app: Flask) -> None:
    for lang, words in (
        ("", ("Late means", "There is no way to tell")),
        ("/es", ("Con retraso quiere decir", "No hay manera")),
    ):
        page = app.test_client().get(f"{lang}/commitments/port-linden-threshold-talk").text
        assert all(one in page for one in words)
