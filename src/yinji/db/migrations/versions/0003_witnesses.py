"""Witnesses of the logs, the cosignatures they gave, and the logs this node witnesses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_cosignatures",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", "key", name=op.f("pk_ledger_cosignatures")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_watched",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("cosigned_s", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_ledger_watched")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_witnesses",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", "key", name=op.f("pk_ledger_witnesses")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("ledger_witnesses")
    op.drop_table("ledger_watched")
    op.drop_table("ledger_cosignatures")
