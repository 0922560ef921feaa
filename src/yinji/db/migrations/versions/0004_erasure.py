"""Erasure by puncture: revisions of periods, erasures, holds, the index of last four digits, uses of keys."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "vault_tails",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("bucket", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "bucket", "tag", "parcel", name=op.f("pk_vault_tails")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_erasures",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leaf", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slots", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("deleted_ms", sa.BigInteger(), nullable=False),
        sa.Column("erased_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "ref", name=op.f("pk_vault_erasures")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vault_erasures_period", "vault_erasures", ["org_id", "shard", "period", "state"], unique=False)
    op.create_table(
        "vault_holds",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("placed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "parcel", "ground", name=op.f("pk_vault_holds")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_reindexing",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", name=op.f("pk_vault_reindexing")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keys_uses",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("uses", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "period", "deed", name=op.f("pk_keys_uses")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keys_backups",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_keys_backups")),
        sqlite_with_rowid=False,
    )
    op.drop_column("vault_orders", "digest")  # it is sealed with the label from here on
    op.add_column("vault_periods", sa.Column("revision", NUMBER, nullable=False, server_default="1"))
    op.add_column("vault_periods", sa.Column("dropped_ms", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("vault_periods", "dropped_ms")
    op.drop_column("vault_periods", "revision")
    op.add_column("vault_orders", sa.Column("digest", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    op.drop_table("keys_backups")
    op.drop_table("keys_uses")
    op.drop_table("vault_reindexing")
    op.drop_table("vault_holds")
    op.drop_index("ix_vault_erasures_period", table_name="vault_erasures")
    op.drop_table("vault_erasures")
    op.drop_table("vault_tails")
