"""Permits carry the approval they used; open intents have an index of their own, as small as they are few."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_permits", sa.Column("approval", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ux_access_permits_approval",
        "access_permits",
        ["org_id", "shard", "approval"],
        unique=True,
        sqlite_where=sa.text("approval IS NOT NULL"),
        postgresql_where=sa.text("approval IS NOT NULL"),
    )
    op.drop_index("ix_access_permits_state", table_name="access_permits")
    op.create_index(
        "ix_access_permits_open",
        "access_permits",
        ["org_id", "shard", "made_ms"],
        unique=False,
        sqlite_where=sa.text("state = 1"),
        postgresql_where=sa.text("state = 1"),
    )


def downgrade() -> None:
    op.drop_index("ix_access_permits_open", table_name="access_permits")
    op.create_index("ix_access_permits_state", "access_permits", ["org_id", "shard", "state", "made_ms"], unique=False)
    op.drop_index("ux_access_permits_approval", table_name="access_permits")
    op.drop_column("access_permits", "approval")
