"""Sessions, API keys, and leases of the worker's chores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_sessions",
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("begun_ms", sa.BigInteger(), nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("proof", name=op.f("pk_access_sessions")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_access_sessions_account", "access_sessions", ["account"])
    op.create_index("ix_access_sessions_seen", "access_sessions", ["seen_ms"])
    op.create_table(
        "access_api_keys",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("test", sa.SmallInteger(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("revoked_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_access_api_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_access_api_keys_proof", "access_api_keys", ["proof"], unique=True)
    op.create_table(
        "db_leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_db_leases")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("db_leases")
    op.drop_table("access_api_keys")
    op.drop_table("access_sessions")
