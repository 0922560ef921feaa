"""Saved views of the console's pages, and which one an account begins a page with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_views",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("shared", sa.SmallInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_access_views")),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_access_views_name", "access_views", ["account", "page", "name"], unique=True)
    op.create_index("ix_access_views_shared", "access_views", ["org_id", "page", "shared"])
    op.create_table(
        "access_view_firsts",
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("view", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account", "page", name=op.f("pk_access_view_firsts")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_access_view_firsts_view", "access_view_firsts", ["view"])


def downgrade() -> None:
    op.drop_table("access_view_firsts")
    op.drop_table("access_views")
