"""Tries of public queries: the day's salt, what its slots count, the sums of an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "access_query_salts",
        sa.Column("day", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_access_query_salts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_query_counts",
        sa.Column("day", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("counted", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("slot", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("hour", _NUMBER, nullable=False),
        sa.Column("tries", _NUMBER, nullable=False),
        sa.Column("wrong", _NUMBER, nullable=False),
        sa.Column("wrong_today", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("day", "counted", "slot", name=op.f("pk_access_query_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_query_hours",
        sa.Column("hour", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("wrong", _NUMBER, nullable=False),
        sa.Column("closed", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("hour", name=op.f("pk_access_query_hours")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("access_query_hours")
    op.drop_table("access_query_counts")
    op.drop_table("access_query_salts")
