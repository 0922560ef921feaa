"""The hash of the real-name token that an acceptance brought."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    none = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")  # no bytes: for SQLite the other is a text
    op.add_column("waybill_scans", sa.Column("proof", sa.LargeBinary(), nullable=False, server_default=none))


def downgrade() -> None:
    op.drop_column("waybill_scans", "proof")
