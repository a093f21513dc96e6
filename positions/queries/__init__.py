"""Every question asked of the interpretation's tables, one module per noun; the answers are frozen dataclasses."""

from sqlalchemy import Table
from sqlmodel import SQLModel


def table(model: type[SQLModel]) -> Table:
    """The table of a model, for reading many rows without making an object of the model for each."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
