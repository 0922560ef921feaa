"""Numbers' whole life: forms and brands of ranges, intervals and their owners, reservations, counters, further packages, states."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GENERATED, ISSUED = 1, 4

_RANGES = sa.table("waybill_ranges", *map(sa.column, ("org_id", "shard", "ref", "next", "first", "last")))
_INTERVALS = sa.table(
    "waybill_intervals",
    *map(sa.column, ("org_id", "shard", "range_ref", "first", "last", "state", "owner")),
    sa.column("until_ms"),
    sa.column("holder", sa.LargeBinary()),
)


def upgrade() -> None:
    op.create_table(
        "waybill_intervals",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("range_ref", sa.LargeBinary(), nullable=False),
        sa.Column("first", NUMBER, autoincrement=False, nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "range_ref", "first", name=op.f("pk_waybill_intervals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_reservations",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ref", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("wanted", NUMBER, nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "key", name=op.f("pk_waybill_reservations")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_reserved",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("range_ref", sa.LargeBinary(), nullable=False),
        sa.Column("first", NUMBER, autoincrement=False, nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "key", "range_ref", "first", name=op.f("pk_waybill_reserved")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_counts",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("printed", NUMBER, nullable=False),
        sa.Column("voided", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "owner", name=op.f("pk_waybill_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "waybill_subs",
        sa.Column("org_id", sa.LargeBinary(), nullable=False),
        sa.Column("shard", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("org_id", "shard", "parcel", "n", name=op.f("pk_waybill_subs")),
        sqlite_with_rowid=False,
    )
    op.create_index("ux_waybill_subs_number", "waybill_subs", ["org_id", "shard", "number"], unique=True)
    _intervals_of_what_was_not_carved()
    op.drop_column("waybill_ranges", "next")
    for column, default in (("format", "own"), ("brand", ""), ("suffix", "")):
        op.add_column("waybill_ranges", sa.Column(column, sa.Text(), nullable=False, server_default=default))
    op.add_column("waybill_blocks", sa.Column("owner", sa.Text(), nullable=False, server_default=""))
    for added in _of_waybills():
        op.add_column("waybill_waybills", added)


def _of_waybills() -> list[sa.Column[Any]]:
    """Return the columns that waybills get; ``item_version`` is the form in which evidence states those there are."""
    return [
        sa.Column("outlet", sa.Text(), nullable=False, server_default=""),
        sa.Column("channel", sa.Text(), nullable=False, server_default=""),
        sa.Column("kind", sa.SmallInteger(), nullable=False, server_default="1"),
        sa.Column("state", sa.SmallInteger(), nullable=False, server_default=str(ISSUED)),
        sa.Column("prints", NUMBER, nullable=False, server_default="0"),
        sa.Column("owner", sa.Text(), nullable=False, server_default=""),
        sa.Column("item_version", sa.SmallInteger(), nullable=False, server_default="1"),
        sa.Column("packages", NUMBER, nullable=False, server_default="1"),
    ]


def _intervals_of_what_was_not_carved() -> None:
    """Until now a range's numbers from ``next`` on were those that no shard had."""
    was = _RANGES.c
    left = sa.select(
        was.org_id,
        was.shard,
        was.ref,
        was.next,
        was.last,
        sa.literal(GENERATED),
        sa.literal(""),
        sa.literal(0),
        sa.literal(b"", sa.LargeBinary()),
    ).where(was.next <= was.last)
    names = [column.name for column in _INTERVALS.columns]
    op.execute(sa.insert(_INTERVALS).from_select(names, left))


def downgrade() -> None:
    for added in reversed(_of_waybills()):
        op.drop_column("waybill_waybills", added.name)
    op.drop_column("waybill_blocks", "owner")
    for name in ("suffix", "brand", "format"):
        op.drop_column("waybill_ranges", name)
    op.add_column("waybill_ranges", sa.Column("next", NUMBER, nullable=False, server_default="0"))
    end, part = _RANGES.c, _INTERVALS.c
    free = sa.select(sa.func.min(part.first)).where(
        part.org_id == end.org_id, part.range_ref == end.ref, part.last == end.last, part.state == GENERATED
    )
    op.execute(sa.update(_RANGES).values(next=sa.func.coalesce(free.scalar_subquery(), end.last + 1)))
    op.drop_index("ux_waybill_subs_number", table_name="waybill_subs")
    for name in ("waybill_subs", "waybill_counts", "waybill_reserved", "waybill_reservations", "waybill_intervals"):
        op.drop_table(name)
