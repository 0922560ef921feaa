"""Stamps of periods' keys: equal revisions of two histories are told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    none = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''")  # no bytes: for SQLite the other is a text
    op.add_column("vault_periods", sa.Column("stamp", sa.LargeBinary(), nullable=False, server_default=none))
    op.add_column("vault_periods", sa.Column("ahead_of", sa.LargeBinary(), nullable=False, server_default=none))


def downgrade() -> None:
    op.drop_column("vault_periods", "ahead_of")
    op.drop_column("vault_periods", "stamp")
