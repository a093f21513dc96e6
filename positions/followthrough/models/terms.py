"""Words readers may not know."""

from sqlalchemy import Text
from sqlmodel import Field

from positions.followthrough.models.grounds import Cited


class GlossaryTerm(Cited, table=True):
    """A word readers may not know, told in both languages. `aliases` is a JSON list of {lang, text, exact_case}."""

    __tablename__ = "glossary_term"
    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=120)
    term_en: str = Field(sa_type=Text)
    term_es: str = Field(sa_type=Text)
    meaning_en: str = Field(sa_type=Text)
    meaning_es: str = Field(sa_type=Text)
    aliases: str = Field(default="[]", sa_type=Text)
    topic_id: int | None = Field(default=None, foreign_key="topic.id", index=True)
