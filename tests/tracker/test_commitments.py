"""Commitments on pages, on the desk, in files and in feeds. Rows of seeds.md are named where they are proved."""

from tracker.i18n import partial_date, speaking


def test_days_as_sources_give_them_are_said_in_both_languages() -> None:
    for lang, said in (
        ("en", ["2017", "November 2017", "November 5, 2017"]),
        ("es", ["2017", "noviembre de 2017", "5 de noviembre de 2017"]),
    ):
        with speaking(lang):
            assert [partial_date(day) for day in ("2017", "2017-11", "2017-11-05")] == said
