"""SQL of coverage: one aggregate query a shard, over the references of a range of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, literal_column, select

from yinji.db.schema import NUMBER
from yinji.db.work import Reading
from yinji.kernel.clock import BEIJING
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.coverage.model import Group, Tally
from yinji.waybill.model import WaybillKind
from yinji.waybill.store import TIME_BYTES, WAYBILLS

_EPOCH: Final = date(1970, 1, 1)
_DAY_MS: Final = 86_400_000
_OFFSET_MS: Final = round((BEIJING.utcoffset(None) or timedelta()).total_seconds() * 1_000)
_DAY: Final = (WAYBILLS.c.made_ms + literal_column(str(_OFFSET_MS), NUMBER)) // literal_column(str(_DAY_MS), NUMBER)
"""Written out, not bound: PostgreSQL takes two bindings of one value for two expressions, and could not group by it."""

_GROUPED: Final = (
    _DAY,
    WAYBILLS.c.outlet,
    WAYBILLS.c.channel,
    WAYBILLS.c.rules,
    WAYBILLS.c.kind,
    WAYBILLS.c.specimen,
)


def tallies(reading: Reading, *, org: Ref, shard: Shard, first: date, last: date) -> list[Tally]:
    """Return the counts of one shard's waybills issued from one Beijing day to another, both included.

    A reference begins with its moment, so the primary key finds the range; the answer has a row a group.
    """
    wanted = (
        select(*_GROUPED, func.count())
        .where(
            WAYBILLS.c.org_id == org,
            WAYBILLS.c.shard == shard,
            WAYBILLS.c.ref >= _start(first),
            WAYBILLS.c.ref < _start(last + timedelta(days=1)),
        )
        .group_by(*_GROUPED)
    )
    return [
        Tally(Group(_EPOCH + timedelta(days=int(day)), outlet, channel, rules, WaybillKind(kind), bool(specimen)), int(count))
        for day, outlet, channel, rules, kind, specimen, count in map(tuple, reading.rows(wanted))
    ]


def _start(day: date) -> bytes:
    """Return the least reference of a Beijing day."""
    return ((day - _EPOCH).days * _DAY_MS - _OFFSET_MS).to_bytes(TIME_BYTES, "big")
