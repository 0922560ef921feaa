"""Named accounts that sign in, and exemptions of single orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KNOWS, USED = sa.text("order_tag IS NOT NULL"), sa.text("parcel IS NOT NULL")
PLACE = ["org_id", "shard"]


def upgrade() -> None:
    op.create_table(
        "access_sign_ins",
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("opened_by", sa.LargeBinary(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), nullable=False),
        sa.Column("closed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_access_sign_ins")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_tries",
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        sa.Column("wrong", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_access_tries")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_exemptions",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("order_tag", sa.LargeBinary(), nullable=True),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("draft", sa.SmallInteger(), nullable=False),
        sa.Column("asked_by", sa.LargeBinary(), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("approved_by", sa.LargeBinary(), nullable=True),
        sa.Column("parcel", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("org_id", "shard", "ref", name=op.f("pk_access_exemptions")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ux_access_exemptions_order",
        "access_exemptions",
        [*PLACE, "order_tag"],
        unique=True,
        sqlite_where=KNOWS,
        postgresql_where=KNOWS,
    )
    op.create_index(
        "ix_access_exemptions_parcel", "access_exemptions", [*PLACE, "parcel"], sqlite_where=USED, postgresql_where=USED
    )


def downgrade() -> None:
    op.drop_table("access_exemptions")
    op.drop_table("access_tries")
    op.drop_table("access_sign_ins")
