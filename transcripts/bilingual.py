"""What we write ourselves, in English and in Spanish."""

from typing import NamedTuple


class Bilingual(NamedTuple):
    """One text in both languages; `es` is None where nobody has translated it yet."""

    en: str
    es: str | None = None

    def within(self, lang: str) -> str:
        """The text for a reader of `lang` ("en" or "es"); the English one where there is no translation."""
        return self.es if lang == "es" and self.es is not None else self.en

    def untranslated(self, lang: str) -> bool:
        """Whether `within(lang)` had to fall back to English: the page says so."""
        return lang == "es" and self.es is None


def both(en: str | None, es: str | None) -> Bilingual | None:
    """The two columns of a text that may be missing altogether."""
    return Bilingual(en, es) if en is not None else None
