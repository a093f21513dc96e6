"""Commitments, programs and their documents, figures, findings, requests for records, laws, a glossary.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one."""
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_es", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published_on", AutoString(length=10), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("archived_url", sa.Text(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("language", AutoString(length=16), nullable=False),
        sa.Column("publishing_right", AutoString(length=16), nullable=False),
        sa.Column("interest_en", sa.Text(), nullable=True),
        sa.Column("interest_es", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("summary_es", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('minutes', 'agreement', 'report', "
            "'evaluation', 'budget', 'law', 'dashboard', 'website', 'article', 'letter', 'other')",
            name=op.f("ck_document_kind"),
        ),
        sa.CheckConstraint(
            "publishing_right IN ('whole', 'quotations', 'private')", name=op.f("ck_document_publishing_right")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("slug", name=op.f("uq_document_slug")),
    )
    op.create_table(
        "link_check",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("checked_at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("failing_since", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_check")),
    )
    op.create_table(
        "program_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_es", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_model")),
        sa.UniqueConstraint("slug", name=op.f("uq_program_model_slug")),
    )
    op.create_table(
        "document_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("sha256", AutoString(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", AutoString(length=120), nullable=False),
        sa.Column("captured_on", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_copy_document_id_document")),
        sa.ForeignKeyConstraint(["sha256"], ["source_file.sha256"], name=op.f("fk_document_copy_sha256_source_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_copy")),
        sa.UniqueConstraint("document_id", "n", name=op.f("uq_document_copy_document_id_n")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_document_copy_document_id_sha256")),
    )
    op.create_index(op.f("ix_document_copy_document_id"), "document_copy", ["document_id"])
    op.create_index(op.f("ix_document_copy_recorded_at"), "document_copy", ["recorded_at"])
    op.create_index(op.f("ix_document_copy_sha256"), "document_copy", ["sha256"])

    op.create_table(
        "program",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("zone", AutoString(length=64), nullable=False),
        sa.Column("stage", AutoString(length=16), nullable=False),
        sa.Column("began", AutoString(length=10), nullable=True),
        sa.Column("ended", AutoString(length=10), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_es", sa.Text(), nullable=True),
        sa.Column("elsewhere", sa.Boolean(), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("maintained_by", sa.Text(), nullable=True),
        sa.Column("interest_en", sa.Text(), nullable=True),
        sa.Column("interest_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "stage IN ('proposed', 'approved', 'pilot', 'running', 'paused', 'ended')", name=op.f("ck_program_stage")
        ),
        sa.ForeignKeyConstraint(["model_id"], ["program_model.id"], name=op.f("fk_program_model_id_program_model")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_program_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program")),
        sa.UniqueConstraint("slug", name=op.f("uq_program_slug")),
    )
    op.create_index(op.f("ix_program_model_id"), "program", ["model_id"])
    op.create_index(op.f("ix_program_topic_id"), "program", ["topic_id"])

    op.create_table(
        "document_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("copy_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("heading", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["document_copy.id"], name=op.f("fk_document_passage_copy_id_document_copy")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_passage")),
        sa.UniqueConstraint("copy_id", "position", name=op.f("uq_document_passage_copy_id_position")),
        sa.UniqueConstraint("key", name=op.f("uq_document_passage_key")),
    )
    op.create_index(op.f("ix_document_passage_copy_id"), "document_passage", ["copy_id"])

    op.create_table(
        "program_document",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_program_document_document_id_document")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_document_program_id_program")),
        sa.PrimaryKeyConstraint("program_id", "document_id", name=op.f("pk_program_document")),
    )
    op.create_table(
        "program_proposition",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("proposition_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_proposition_program_id_program")),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_program_proposition_proposition_id_proposition")
        ),
        sa.PrimaryKeyConstraint("program_id", "proposition_id", name=op.f("pk_program_proposition")),
    )
    op.create_table(
        "commitment",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_es", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("proposition_id", sa.Integer(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("zone", AutoString(length=64), nullable=False),
        sa.Column("criterion_en", sa.Text(), nullable=True),
        sa.Column("criterion_es", sa.Text(), nullable=True),
        sa.Column("measurable", sa.Boolean(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_why_en", sa.Text(), nullable=True),
        sa.Column("due_why_es", sa.Text(), nullable=True),
        sa.Column("every_months", sa.Integer(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("origin_kind", AutoString(length=32), nullable=False),
        sa.Column("origin_en", sa.Text(), nullable=True),
        sa.Column("origin_es", sa.Text(), nullable=True),
        sa.Column("fragment", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('promise', 'position', 'present_action', 'goal')", name=op.f("ck_commitment_kind")
        ),
        sa.CheckConstraint(
            "origin_kind IN ('quotation', 'reported_quotation', 'source_summary', 'translation')",
            name=op.f("ck_commitment_origin_kind"),
        ),
        sa.CheckConstraint("(every_months IS NULL) = (first_due_on IS NULL)", name=op.f("ck_commitment_recurrence")),
        sa.CheckConstraint("(person_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_commitment_made_by")),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL", name=op.f("ck_commitment_cited")
        ),
        sa.CheckConstraint("every_months BETWEEN 1 AND 120", name=op.f("ck_commitment_every_months")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_commitment_candidacy_id_candidacy")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_commitment_document_id_document")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_commitment_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_commitment_person_id_person")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_commitment_program_id_program")),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_commitment_proposition_id_proposition")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_commitment_source_id_source")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_commitment_topic_id_topic")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_commitment_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("slug", name=op.f("uq_commitment_slug")),
    )
    op.create_index(op.f("ix_commitment_candidacy_id"), "commitment", ["candidacy_id"])
    op.create_index(op.f("ix_commitment_document_id"), "commitment", ["document_id"])
    op.create_index(op.f("ix_commitment_organisation_id"), "commitment", ["organisation_id"])
    op.create_index(op.f("ix_commitment_person_id"), "commitment", ["person_id"])
    op.create_index(op.f("ix_commitment_program_id"), "commitment", ["program_id"])
    op.create_index(op.f("ix_commitment_proposition_id"), "commitment", ["proposition_id"])
    op.create_index(op.f("ix_commitment_source_id"), "commitment", ["source_id"])
    op.create_index(op.f("ix_commitment_topic_id"), "commitment", ["topic_id"])
    op.create_index(op.f("ix_commitment_turn_id"), "commitment", ["turn_id"])

    op.create_table(
        "external_act",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("title_es", sa.Text(), nullable=True),
        sa.Column("level", AutoString(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("result", AutoString(length=16), nullable=False),
        sa.Column("decided_on", AutoString(length=10), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_es", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("level IN ('federal', 'state', 'city', 'court')", name=op.f("ck_external_act_level")),
        sa.CheckConstraint(
            "result IN ('proposed', 'passed', 'failed', 'in_force', 'repealed')", name=op.f("ck_external_act_result")
        ),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_external_act_cited"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_external_act_document_id_document")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_external_act_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_external_act_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_act")),
        sa.UniqueConstraint("slug", name=op.f("uq_external_act_slug")),
    )
    op.create_index(op.f("ix_external_act_document_id"), "external_act", ["document_id"])
    op.create_index(op.f("ix_external_act_source_id"), "external_act", ["source_id"])
    op.create_index(op.f("ix_external_act_turn_id"), "external_act", ["turn_id"])

    op.create_table(
        "fidelity_criterion",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_fidelity_criterion_cited"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_fidelity_criterion_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["program_model.id"], name=op.f("fk_fidelity_criterion_model_id_program_model")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fidelity_criterion_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_fidelity_criterion_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fidelity_criterion")),
        sa.UniqueConstraint("model_id", "slug", name=op.f("uq_fidelity_criterion_model_id_slug")),
    )
    op.create_index(op.f("ix_fidelity_criterion_document_id"), "fidelity_criterion", ["document_id"])
    op.create_index(op.f("ix_fidelity_criterion_model_id"), "fidelity_criterion", ["model_id"])
    op.create_index(op.f("ix_fidelity_criterion_source_id"), "fidelity_criterion", ["source_id"])
    op.create_index(op.f("ix_fidelity_criterion_turn_id"), "fidelity_criterion", ["turn_id"])

    op.create_table(
        "glossary_term",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("term_en", sa.Text(), nullable=False),
        sa.Column("term_es", sa.Text(), nullable=False),
        sa.Column("meaning_en", sa.Text(), nullable=False),
        sa.Column("meaning_es", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_glossary_term_document_id_document")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_glossary_term_source_id_source")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_glossary_term_topic_id_topic")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_glossary_term_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint("slug", name=op.f("uq_glossary_term_slug")),
    )
    op.create_index(op.f("ix_glossary_term_document_id"), "glossary_term", ["document_id"])
    op.create_index(op.f("ix_glossary_term_source_id"), "glossary_term", ["source_id"])
    op.create_index(op.f("ix_glossary_term_topic_id"), "glossary_term", ["topic_id"])
    op.create_index(op.f("ix_glossary_term_turn_id"), "glossary_term", ["turn_id"])

    op.create_table(
        "program_body",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", AutoString(length=16), nullable=False),
        sa.Column("since", AutoString(length=10), nullable=True),
        sa.Column("until", AutoString(length=10), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "role IN ('runs', 'funds', 'designed', 'supports', 'partner', 'oversees', 'evaluates', 'watches')",
            name=op.f("ck_program_body_role"),
        ),
        sa.CheckConstraint("(program_id IS NULL) <> (model_id IS NULL)", name=op.f("ck_program_body_program_or_model")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_program_body_document_id_document")),
        sa.ForeignKeyConstraint(
            ["model_id"], ["program_model.id"], name=op.f("fk_program_body_model_id_program_model")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_program_body_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_body_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_program_body_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_program_body_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_body")),
        sa.UniqueConstraint(
            "program_id",
            "model_id",
            "organisation_id",
            "role",
            name=op.f("uq_program_body_program_id_model_id_organisation_id_role"),
        ),
    )
    op.create_index(op.f("ix_program_body_document_id"), "program_body", ["document_id"])
    op.create_index(op.f("ix_program_body_model_id"), "program_body", ["model_id"])
    op.create_index(op.f("ix_program_body_organisation_id"), "program_body", ["organisation_id"])
    op.create_index(op.f("ix_program_body_program_id"), "program_body", ["program_id"])
    op.create_index(op.f("ix_program_body_source_id"), "program_body", ["source_id"])
    op.create_index(op.f("ix_program_body_turn_id"), "program_body", ["turn_id"])

    op.create_table(
        "program_claim",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("figure_en", sa.Text(), nullable=False),
        sa.Column("figure_es", sa.Text(), nullable=True),
        sa.Column("compared_en", sa.Text(), nullable=True),
        sa.Column("compared_es", sa.Text(), nullable=True),
        sa.Column("period_en", sa.Text(), nullable=True),
        sa.Column("period_es", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("status", AutoString(length=16), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("check_en", sa.Text(), nullable=True),
        sa.Column("check_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('not_checked', 'confirmed', 'differs', 'not_found')", name=op.f("ck_program_claim_status")
        ),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_program_claim_cited"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_program_claim_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_claim_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_program_claim_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_program_claim_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_claim")),
        sa.UniqueConstraint("program_id", "slug", name=op.f("uq_program_claim_program_id_slug")),
    )
    op.create_index(op.f("ix_program_claim_document_id"), "program_claim", ["document_id"])
    op.create_index(op.f("ix_program_claim_program_id"), "program_claim", ["program_id"])
    op.create_index(op.f("ix_program_claim_source_id"), "program_claim", ["source_id"])
    op.create_index(op.f("ix_program_claim_turn_id"), "program_claim", ["turn_id"])

    op.create_table(
        "program_event",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("on", AutoString(length=10), nullable=False),
        sa.Column("step", AutoString(length=16), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "step IN ('promised', 'decided', 'funded', 'done', 'measured', 'disputed')",
            name=op.f("ck_program_event_step"),
        ),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_program_event_cited"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_program_event_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_event_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_program_event_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_program_event_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_event")),
        sa.UniqueConstraint("program_id", "slug", name=op.f("uq_program_event_program_id_slug")),
    )
    op.create_index(op.f("ix_program_event_document_id"), "program_event", ["document_id"])
    op.create_index(op.f("ix_program_event_program_id"), "program_event", ["program_id"])
    op.create_index(op.f("ix_program_event_source_id"), "program_event", ["source_id"])
    op.create_index(op.f("ix_program_event_turn_id"), "program_event", ["turn_id"])

    op.create_table(
        "program_money",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("amount", sa.Numeric(precision=16, scale=2), nullable=False),
        sa.Column("currency", AutoString(length=3), nullable=False),
        sa.Column("first_on", AutoString(length=10), nullable=True),
        sa.Column("last_on", AutoString(length=10), nullable=True),
        sa.Column("giver", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('asked', 'appropriated', 'granted', 'spent')", name=op.f("ck_program_money_kind")),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_program_money_cited"),
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_program_money_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_program_money_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_program_money_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_program_money_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_program_money")),
        sa.UniqueConstraint("program_id", "slug", name=op.f("uq_program_money_program_id_slug")),
    )
    op.create_index(op.f("ix_program_money_document_id"), "program_money", ["document_id"])
    op.create_index(op.f("ix_program_money_program_id"), "program_money", ["program_id"])
    op.create_index(op.f("ix_program_money_source_id"), "program_money", ["source_id"])
    op.create_index(op.f("ix_program_money_turn_id"), "program_money", ["turn_id"])

    op.create_table(
        "act_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("proposition_id", sa.Integer(), nullable=True),
        sa.Column("candidacy_id", sa.Integer(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_es", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "program_id IS NOT NULL OR commitment_id IS NOT NULL OR proposition_id IS NOT NULL",
            name=op.f("ck_act_link_linked"),
        ),
        sa.ForeignKeyConstraint(["act_id"], ["external_act.id"], name=op.f("fk_act_link_act_id_external_act")),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=op.f("fk_act_link_candidacy_id_candidacy")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_act_link_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_act_link_program_id_program")),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_act_link_proposition_id_proposition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_link")),
    )
    op.create_index(op.f("ix_act_link_act_id"), "act_link", ["act_id"])
    op.create_index(op.f("ix_act_link_candidacy_id"), "act_link", ["candidacy_id"])
    op.create_index(op.f("ix_act_link_commitment_id"), "act_link", ["commitment_id"])
    op.create_index(op.f("ix_act_link_program_id"), "act_link", ["program_id"])
    op.create_index(op.f("ix_act_link_proposition_id"), "act_link", ["proposition_id"])

    op.create_table(
        "commitment_event",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("axis", AutoString(length=16), nullable=False),
        sa.Column("value", AutoString(length=32), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("looked_by", sa.Text(), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=True),
        sa.Column("looked_en", sa.Text(), nullable=True),
        sa.Column("looked_es", sa.Text(), nullable=True),
        sa.Column("act", AutoString(length=26), nullable=True),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "axis IN ('progress', 'verdict', 'cause', 'fidelity')", name=op.f("ck_commitment_event_axis")
        ),
        sa.CheckConstraint(
            "value IS NULL OR value <> 'no_action_found' OR (looked_on IS NOT NULL AND looked_en IS NOT NULL)",
            name=op.f("ck_commitment_event_search_log"),
        ),
        sa.CheckConstraint(
            "(withdraws_id IS NULL) = (value IS NOT NULL)", name=op.f("ck_commitment_event_told_or_taken_back")
        ),
        sa.CheckConstraint(
            "withdraws_id IS NOT NULL OR looked_on IS NOT NULL OR document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL",
            name=op.f("ck_commitment_event_cited"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_event_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_commitment_event_document_id_document")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_commitment_event_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_commitment_event_turn_id_turn")),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["commitment_event.id"], name=op.f("fk_commitment_event_withdraws_id_commitment_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_event")),
        sa.UniqueConstraint("key", name=op.f("uq_commitment_event_key")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_commitment_event_withdraws_id")),
    )
    op.create_index(op.f("ix_commitment_event_act"), "commitment_event", ["act"])
    op.create_index(op.f("ix_commitment_event_commitment_id"), "commitment_event", ["commitment_id"])
    op.create_index(op.f("ix_commitment_event_document_id"), "commitment_event", ["document_id"])
    op.create_index(op.f("ix_commitment_event_recorded_at"), "commitment_event", ["recorded_at"])
    op.create_index(op.f("ix_commitment_event_source_id"), "commitment_event", ["source_id"])
    op.create_index(op.f("ix_commitment_event_turn_id"), "commitment_event", ["turn_id"])

    op.create_table(
        "concern",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=False),
        sa.Column("raised_on", AutoString(length=10), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('concern', 'question')", name=op.f("ck_concern_kind")),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL", name=op.f("ck_concern_cited")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["fidelity_criterion.id"], name=op.f("fk_concern_criterion_id_fidelity_criterion")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_concern_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_concern_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_concern_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_concern_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("program_id", "slug", name=op.f("uq_concern_program_id_slug")),
    )
    op.create_index(op.f("ix_concern_criterion_id"), "concern", ["criterion_id"])
    op.create_index(op.f("ix_concern_document_id"), "concern", ["document_id"])
    op.create_index(op.f("ix_concern_program_id"), "concern", ["program_id"])
    op.create_index(op.f("ix_concern_source_id"), "concern", ["source_id"])
    op.create_index(op.f("ix_concern_turn_id"), "concern", ["turn_id"])

    op.create_table(
        "due_occurrence",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", AutoString(length=16), nullable=True),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('met', 'late', 'missed', 'unknown')", name=op.f("ck_due_occurrence_outcome")),
        sa.CheckConstraint(
            "(withdraws_id IS NULL) = (outcome IS NOT NULL)", name=op.f("ck_due_occurrence_told_or_taken_back")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_due_occurrence_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_due_occurrence_document_id_document")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_due_occurrence_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_due_occurrence_turn_id_turn")),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["due_occurrence.id"], name=op.f("fk_due_occurrence_withdraws_id_due_occurrence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_occurrence")),
        sa.UniqueConstraint("key", name=op.f("uq_due_occurrence_key")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_due_occurrence_withdraws_id")),
    )
    op.create_index(op.f("ix_due_occurrence_commitment_id"), "due_occurrence", ["commitment_id"])
    op.create_index(op.f("ix_due_occurrence_document_id"), "due_occurrence", ["document_id"])
    op.create_index(op.f("ix_due_occurrence_recorded_at"), "due_occurrence", ["recorded_at"])
    op.create_index(op.f("ix_due_occurrence_source_id"), "due_occurrence", ["source_id"])
    op.create_index(op.f("ix_due_occurrence_turn_id"), "due_occurrence", ["turn_id"])

    op.create_table(
        "indicator",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("name_es", sa.Text(), nullable=True),
        sa.Column("kind", AutoString(length=16), nullable=False),
        sa.Column("unit_en", sa.Text(), nullable=False),
        sa.Column("unit_es", sa.Text(), nullable=True),
        sa.Column("people", sa.Boolean(), nullable=False),
        sa.Column("denominator_en", sa.Text(), nullable=True),
        sa.Column("denominator_es", sa.Text(), nullable=True),
        sa.Column("about_en", sa.Text(), nullable=True),
        sa.Column("about_es", sa.Text(), nullable=True),
        sa.Column("part", AutoString(length=16), nullable=True),
        sa.Column("axes", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("mapping", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('snapshot_active', 'cumulative', 'period')", name=op.f("ck_indicator_kind")),
        sa.CheckConstraint("part IN ('baseline', 'added')", name=op.f("ck_indicator_part")),
        sa.CheckConstraint(
            "document_id IS NOT NULL OR source_id IS NOT NULL OR turn_id IS NOT NULL", name=op.f("ck_indicator_cited")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_indicator_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_indicator_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_indicator_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_indicator_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_indicator_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("slug", name=op.f("uq_indicator_slug")),
    )
    op.create_index(op.f("ix_indicator_commitment_id"), "indicator", ["commitment_id"])
    op.create_index(op.f("ix_indicator_document_id"), "indicator", ["document_id"])
    op.create_index(op.f("ix_indicator_program_id"), "indicator", ["program_id"])
    op.create_index(op.f("ix_indicator_source_id"), "indicator", ["source_id"])
    op.create_index(op.f("ix_indicator_turn_id"), "indicator", ["turn_id"])

    op.create_table(
        "records_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", AutoString(length=120), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("what_en", sa.Text(), nullable=False),
        sa.Column("what_es", sa.Text(), nullable=True),
        sa.Column("asked_of", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_records_request_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_records_request_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_records_request_program_id_program")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_request")),
        sa.UniqueConstraint("slug", name=op.f("uq_records_request_slug")),
    )
    op.create_index(op.f("ix_records_request_commitment_id"), "records_request", ["commitment_id"])
    op.create_index(op.f("ix_records_request_document_id"), "records_request", ["document_id"])
    op.create_index(op.f("ix_records_request_program_id"), "records_request", ["program_id"])

    op.create_table(
        "city_reply",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("concern_id", sa.Integer(), nullable=True),
        sa.Column("replied_by", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("language", AutoString(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("received", sa.Text(), nullable=True),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(withdraws_id IS NULL) = (words IS NOT NULL)", name=op.f("ck_city_reply_told_or_taken_back")
        ),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_city_reply_concern_id_concern")),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["fidelity_criterion.id"], name=op.f("fk_city_reply_criterion_id_fidelity_criterion")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_city_reply_document_id_document")),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_city_reply_program_id_program")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_city_reply_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_city_reply_turn_id_turn")),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["city_reply.id"], name=op.f("fk_city_reply_withdraws_id_city_reply")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_reply")),
        sa.UniqueConstraint("key", name=op.f("uq_city_reply_key")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_city_reply_withdraws_id")),
    )
    op.create_index(op.f("ix_city_reply_concern_id"), "city_reply", ["concern_id"])
    op.create_index(op.f("ix_city_reply_criterion_id"), "city_reply", ["criterion_id"])
    op.create_index(op.f("ix_city_reply_document_id"), "city_reply", ["document_id"])
    op.create_index(op.f("ix_city_reply_program_id"), "city_reply", ["program_id"])
    op.create_index(op.f("ix_city_reply_recorded_at"), "city_reply", ["recorded_at"])
    op.create_index(op.f("ix_city_reply_source_id"), "city_reply", ["source_id"])
    op.create_index(op.f("ix_city_reply_turn_id"), "city_reply", ["turn_id"])

    op.create_table(
        "fidelity_finding",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("result", AutoString(length=16), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.Text(), nullable=True),
        sa.Column("interest_en", sa.Text(), nullable=True),
        sa.Column("interest_es", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "result IN ('met', 'adapted', 'departs', 'no_data')", name=op.f("ck_fidelity_finding_result")
        ),
        sa.CheckConstraint(
            "(withdraws_id IS NULL) = (result IS NOT NULL)", name=op.f("ck_fidelity_finding_told_or_taken_back")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["fidelity_criterion.id"],
            name=op.f("fk_fidelity_finding_criterion_id_fidelity_criterion"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_fidelity_finding_document_id_document")
        ),
        sa.ForeignKeyConstraint(["program_id"], ["program.id"], name=op.f("fk_fidelity_finding_program_id_program")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.id"], name=op.f("fk_fidelity_finding_request_id_records_request")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fidelity_finding_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_fidelity_finding_turn_id_turn")),
        sa.ForeignKeyConstraint(
            ["withdraws_id"], ["fidelity_finding.id"], name=op.f("fk_fidelity_finding_withdraws_id_fidelity_finding")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fidelity_finding")),
        sa.UniqueConstraint("key", name=op.f("uq_fidelity_finding_key")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_fidelity_finding_withdraws_id")),
    )
    op.create_index(op.f("ix_fidelity_finding_criterion_id"), "fidelity_finding", ["criterion_id"])
    op.create_index(op.f("ix_fidelity_finding_document_id"), "fidelity_finding", ["document_id"])
    op.create_index(op.f("ix_fidelity_finding_program_id"), "fidelity_finding", ["program_id"])
    op.create_index(op.f("ix_fidelity_finding_recorded_at"), "fidelity_finding", ["recorded_at"])
    op.create_index(op.f("ix_fidelity_finding_request_id"), "fidelity_finding", ["request_id"])
    op.create_index(op.f("ix_fidelity_finding_source_id"), "fidelity_finding", ["source_id"])
    op.create_index(op.f("ix_fidelity_finding_turn_id"), "fidelity_finding", ["turn_id"])

    op.create_table(
        "observation_batch",
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("turn_version", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("sha256", AutoString(length=64), nullable=True),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_observation_batch_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_observation_batch_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_observation_batch_source_id_source")),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_observation_batch_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_batch")),
        sa.UniqueConstraint("key", name=op.f("uq_observation_batch_key")),
    )
    op.create_index(op.f("ix_observation_batch_document_id"), "observation_batch", ["document_id"])
    op.create_index(op.f("ix_observation_batch_indicator_id"), "observation_batch", ["indicator_id"])
    op.create_index(op.f("ix_observation_batch_recorded_at"), "observation_batch", ["recorded_at"])
    op.create_index(op.f("ix_observation_batch_source_id"), "observation_batch", ["source_id"])
    op.create_index(op.f("ix_observation_batch_turn_id"), "observation_batch", ["turn_id"])

    op.create_table(
        "records_request_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", AutoString(length=26), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_es", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("outcome", AutoString(length=16), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("withdraws_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('acknowledged', 'extended', 'granted', 'partly', 'denied', 'no_records', 'taken_back')",
            name=op.f("ck_records_request_event_outcome"),
        ),
        sa.CheckConstraint(
            "(withdraws_id IS NULL) = (outcome IS NOT NULL)", name=op.f("ck_records_request_event_told_or_taken_back")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_records_request_event_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["records_request.id"], name=op.f("fk_records_request_event_request_id_records_request")
        ),
        sa.ForeignKeyConstraint(
            ["withdraws_id"],
            ["records_request_event.id"],
            name=op.f("fk_records_request_event_withdraws_id_records_request_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_request_event")),
        sa.UniqueConstraint("key", name=op.f("uq_records_request_event_key")),
        sa.UniqueConstraint("withdraws_id", name=op.f("uq_records_request_event_withdraws_id")),
    )
    op.create_index(op.f("ix_records_request_event_document_id"), "records_request_event", ["document_id"])
    op.create_index(op.f("ix_records_request_event_recorded_at"), "records_request_event", ["recorded_at"])
    op.create_index(op.f("ix_records_request_event_request_id"), "records_request_event", ["request_id"])

    op.create_table(
        "observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("axis", AutoString(length=64), nullable=True),
        sa.Column("category", AutoString(length=64), nullable=True),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.CheckConstraint("(axis IS NULL) = (category IS NULL)", name=op.f("ck_observation_axis_and_category")),
        sa.CheckConstraint("first_on IS NULL OR first_on <= last_on", name=op.f("ck_observation_period")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["observation_batch.id"], name=op.f("fk_observation_batch_id_observation_batch")
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_observation_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
    )
    op.create_index(op.f("ix_observation_batch_id"), "observation", ["batch_id"])
    op.create_index(op.f("ix_observation_indicator_id"), "observation", ["indicator_id"])
    op.create_index(op.f("ix_observation_last_on"), "observation", ["last_on"])
