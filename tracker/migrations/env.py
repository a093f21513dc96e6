"""Alembic's entry point. The connection always comes from tracker.schema: there is no alembic.ini."""

from alembic import context
from sqlmodel import SQLModel

import positions.classes.models
import positions.coding_models
import positions.followthrough.models
import positions.models
import positions.quiz_models
import tracker.accounts.models
import tracker.edits
import tracker.freezing.models
import tracker.imports.models
import tracker.replying.models
import tracker.site
import tracker.telling.models
import tracker.testimony.models
import transcripts.annotation_models
import transcripts.desk_models
import transcripts.folder_models
import transcripts.models
import transcripts.people_tables

ROOMS = (
    transcripts.models,
    transcripts.people_tables,
    transcripts.desk_models,
    transcripts.annotation_models,
    transcripts.folder_models,
    positions.models,
    positions.coding_models,
    positions.followthrough.models,
    positions.quiz_models,
    tracker.accounts.models,
    tracker.edits,
    tracker.freezing.models,
    tracker.imports.models,
    tracker.replying.models,
    tracker.site,
    tracker.telling.models,
    tracker.testimony.models,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
