"""Pure: a day as each style writes it, in English and in Spanish."""

from datetime import date

from babel.dates import format_date

AP_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
"""The Associated Press Stylebook, “months”: with a day these seven are abbreviated, March to July never are."""

MLA_MONTHS = {
    "en": "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(),
    "es": "ene. feb. mar. abr. mayo jun. jul. ago. sept. oct. nov. dic.".split(),
}
"""MLA Handbook, 9th edition, on works cited: day, month, year; months of more than four letters are abbreviated."""


def full(day: date, lang: str) -> str:
    """September 8, 2026 · 8 de septiembre de 2026"""
    return format_date(day, "long", locale=lang)


def ap(day: date, lang: str) -> str:
    """Sept. 8, 2026. In Spanish nothing is abbreviated: 8 de septiembre de 2026 (AP, Manual de estilo)."""
    return full(day, lang) if lang == "es" else f"{AP_MONTHS[day.month - 1]} {day.day}, {day.year}"


def mla(day: date, lang: str) -> str:
    """8 Sept. 2026 · 8 sept. 2026"""
    return f"{day.day} {MLA_MONTHS[lang][day.month - 1]} {day.year}"


def apa(day: date, lang: str) -> str:
    """2026, September 8 (Publication Manual of the APA, 7th edition, 9.14) · 2026, 8 de septiembre (its Spanish edition)."""
    month = format_date(day, "MMMM", locale=lang)
    return f"{day.year}, {day.day} de {month}" if lang == "es" else f"{day.year}, {month} {day.day}"
