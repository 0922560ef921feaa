"""What was seen of parcels, the state that follows, and numbers seen outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "waybill_parcels",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("scans", NUMBER, nullable=False),
        sa.Column("accepted_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.Column("ended_ms", sa.BigInteger(), nullable=False),
        sa.Column("inspected", sa.SmallInteger(), nullable=False),
        sa.Column("screened", sa.SmallInteger(), nullable=False),
        sa.Column("odd", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "parcel", name=op.f("pk_waybill_parcels")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_scans",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("scan", sa.SmallInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "parcel", "at_ms", "key", name=op.f("pk_waybill_scans")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_strays",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("seen", NUMBER, nullable=False),
        sa.Column("first_ms", sa.BigInteger(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "number", name=op.f("pk_waybill_strays")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("waybill_strays")
    op.drop_table("waybill_scans")
    op.drop_table("waybill_parcels")
