"""The verb of coverage: count the waybills of an organisation over days."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

from yinji.db.work import Reading
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.refusals import Refusal
from yinji.waybill.coverage import store
from yinji.waybill.coverage.model import Group, Tally

DAYS_MAX: Final = 400
"""Days that are counted at once: a year and a month, so that a year can be told in its month."""


def count_coverage(reading: Reading, *, org: Ref, shards: int, first: date, last: date) -> tuple[Tally, ...] | Refuse:
    """Return the counts of all shards from one Beijing day to another, both included; refuses a range beyond `DAYS_MAX`."""
    if not 0 <= (last - first).days < DAYS_MAX:
        return Refuse(Refusal.DATE_MALFORMED, f"{first}..{last}: 1..{DAYS_MAX}")
    counts: Counter[Group] = Counter()
    for shard in map(Shard, range(shards)):
        counts.update(dict(store.tallies(reading, org=org, shard=shard, first=first, last=last)))
    return tuple(Tally(group, count) for group, count in sorted(counts.items()))
