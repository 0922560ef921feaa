"""The sources of sorting codes that a node has: its orders' own columns, then its table of divisions where it has one.

A carrier's adapter that knows the reply to an order is one more source (`SortingSource`), asked before the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yinji.kernel.disk import disk_refusal
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.ports import SortingSource
from yinji.waybill.sorting.sources import OWN_COLUMNS, InTurn
from yinji.waybill.sorting.table import DivisionTable, read_table


def sorting_of(table: str, replies: Sequence[SortingSource] = ()) -> SortingSource:
    """Return all sources as one; ``table`` is the path of the table of divisions, "" for none.

    The table is read once, whole, before anything is issued; raises SORTING_TABLE_MALFORMED naming file, line and column.
    """
    sources = [*replies, *([_read(Path(table))] if table else [])]
    return InTurn((OWN_COLUMNS, *sources)) if sources else OWN_COLUMNS


def _read(path: Path) -> DivisionTable:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return read_table(lines)
    except Fault as fault:
        raise Fault(fault.code, f"{path}:{fault.at}") from None
    except FileNotFoundError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    except OSError as error:
        raise Fault(disk_refusal(error), str(path)) from None
