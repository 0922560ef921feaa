"""The first schema: evidence, access, the vault, waybills."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "access_accounts",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_access_accounts")),
        sa.UniqueConstraint("code", name=op.f("uq_access_accounts_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_nodes",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("shards", sa.SmallInteger(), nullable=False),
        sa.Column("index_bucket", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_access_nodes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_orgs",
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("parent", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_access_orgs")),
        sa.UniqueConstraint("code", name=op.f("uq_access_orgs_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_permits",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "ref", name=op.f("pk_access_permits")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_access_permits_state", "access_permits", ["org_id", "shard", "state", "made_ms"], unique=False)
    op.create_table(
        "access_quotas",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("used", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "account", "day", name=op.f("pk_access_quotas")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_checkpoints",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("log", "size", name=op.f("pk_ledger_checkpoints")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_entries",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "seq", name=op.f("pk_ledger_entries")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_heads",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("frontier", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_ledger_heads")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_nodes",
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "level", "number", name=op.f("pk_ledger_nodes")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_pending",
        sa.Column("turn", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("turn", name=op.f("pk_ledger_pending")),
        info={"tended": True},
        sqlite_with_rowid=True,
    )
    op.create_table(
        "vault_leaf_blocks",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("next_block", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "period", name=op.f("pk_vault_leaf_blocks")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_orders",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("bucket", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "bucket", "tag", name=op.f("pk_vault_orders")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_parties",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("leaf", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed_values", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_masks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "parcel", "role", name=op.f("pk_vault_parties")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_phones",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("bucket", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "bucket", "tag", "parcel", name=op.f("pk_vault_phones")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_periods",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("key_check", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "period", name=op.f("pk_vault_periods")),
        info={"tended": True},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_blocks",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("range_ref", sa.LargeBinary(), nullable=False),
        sa.Column("first", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("next", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "range_ref", "first", name=op.f("pk_waybill_blocks")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_ranges",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("digits", sa.SmallInteger(), nullable=False),
        sa.Column("first", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("next", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("specimen", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "ref", name=op.f("pk_waybill_ranges")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_waybills",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("merchant", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("pieces", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.LargeBinary(), nullable=False),
        sa.Column("item", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("specimen", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "ref", name=op.f("pk_waybill_waybills")),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_waybill_waybills_number", "waybill_waybills", ["org_id", "shard", "number"], unique=True)


def downgrade() -> None:
    op.drop_index("ux_waybill_waybills_number", table_name="waybill_waybills")
    op.drop_table("waybill_waybills")
    op.drop_table("waybill_ranges")
    op.drop_table("waybill_blocks")
    op.drop_table("vault_periods")
    op.drop_table("vault_phones")
    op.drop_table("vault_parties")
    op.drop_table("vault_orders")
    op.drop_table("vault_leaf_blocks")
    op.drop_table("ledger_pending")
    op.drop_table("ledger_nodes")
    op.drop_table("ledger_heads")
    op.drop_table("ledger_entries")
    op.drop_table("ledger_checkpoints")
    op.drop_table("access_quotas")
    op.drop_index("ix_access_permits_state", table_name="access_permits")
    op.drop_table("access_permits")
    op.drop_table("access_orgs")
    op.drop_table("access_nodes")
    op.drop_table("access_accounts")
