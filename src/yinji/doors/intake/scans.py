"""Parcel events as others report them, one a row: a row becomes a report, or a refusal with place and remedy.

Free text is never read: it says who took the parcel in, and where. The columns that are not read are counted.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from yinji.doors.intake.reading.model import Record
from yinji.flows.issue_model import RowRefused
from yinji.kernel.clock import BEIJING
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.codes import CodeList, plain_code
from yinji.waybill.parcel.model import Reported, Scan
from yinji.waybill.parcel.real_name import proof_of
from yinji.waybill.rules import is_outlet

NUMBER: Final = "number"
CODE: Final = "code"
TIME: Final = "time"
PLACE: Final = "place"
SOURCE: Final = "source"
MARK: Final = "mark"
PROOF: Final = "proof"

TITLES: Final[dict[str, tuple[str, ...]]] = {
    NUMBER: ("运单号", "快递单号", "number", "waybill"),
    CODE: ("状态代码", "节点代码", "状态", "节点", "code", "status"),
    TIME: ("时间", "操作时间", "扫描时间", "time"),
    PLACE: ("网点代码", "操作网点", "place"),
    SOURCE: ("来源", "source"),
    MARK: ("事件号", "event_id", "id"),
    PROOF: ("实名凭证", "real_name", "proof"),
}
"""Columns by their titles, matched exactly, the first that is there."""

_REQUIRED: Final = (NUMBER, CODE, TIME)
_MARK: Final = re.compile(r"[!-~]{1,64}", re.ASCII)

AHEAD: Final = timedelta(minutes=10)
"""How far a reporter's clock may be ahead (practice of the open platforms: ±10 minutes)."""


@dataclass(frozen=True, slots=True)
class ScanColumns:
    """Where each known column stands, and under which title; ``width`` is the header's length, ``unread`` counts the others."""

    at: Mapping[str, int]
    titles: Mapping[str, str]
    width: int
    unread: int


@dataclass(frozen=True, slots=True)
class ScanMapping:
    """What a user's file says about another's events: titles of columns by field, scans by code."""

    titles: Mapping[str, str]
    codes: Mapping[str, Scan]


def read_mapping(path: Path) -> ScanMapping:
    """Return the mapping written in a TOML file; raises MAPPING_MALFORMED naming the key.

    ``[columns]`` gives titles by field (number, code, time, place, source, mark, proof), ``[codes]`` scans by code.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    except (OSError, ValueError):
        raise Fault(Refusal.MAPPING_MALFORMED, str(path)) from None
    columns, codes = raw.get("columns", {}), raw.get("codes", {})
    for place, wrong in _wrong(columns, codes, raw):
        if wrong:
            raise Fault(Refusal.MAPPING_MALFORMED, f"{path}: {place}")
    return ScanMapping(columns, {plain_code(code): Scan[scan] for code, scan in codes.items()})


def _wrong(columns: Any, codes: Any, raw: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - a user's file
    yield from ((name, True) for name in raw.keys() - {"columns", "codes"})
    yield "columns", not isinstance(columns, dict)
    yield "codes", not isinstance(codes, dict)
    if isinstance(columns, dict):
        yield from ((f"columns.{name}", name not in TITLES or not isinstance(title, str)) for name, title in columns.items())
    if isinstance(codes, dict):
        yield from ((f"codes.{code}", scan not in Scan.__members__) for code, scan in codes.items())


def read_header(cells: Sequence[str], mapping: ScanMapping | None = None) -> ScanColumns | list[Refuse]:
    """Return where the columns stand, or which are missing."""
    names = [cell.strip() for cell in cells]
    at: dict[str, int] = {}
    for name, known in TITLES.items():
        own = (mapping.titles[name],) if mapping and name in mapping.titles else known
        found = next((title for title in own if title in names), None)
        if found is not None:
            at[name] = names.index(found)
    missing = [Refuse(Refusal.COLUMN_MISSING, TITLES[name][0]) for name in _REQUIRED if name not in at]
    return missing or ScanColumns(at, {name: names[place] for name, place in at.items()}, len(names), len(names) - len(at))


@dataclass(frozen=True, slots=True)
class ScanReader:
    """Reads rows into reports. ``source`` is who reports where no column says it; ``now`` and ``days`` bound the time."""

    columns: ScanColumns
    codes: CodeList
    mapping: ScanMapping | None
    source: str
    now: datetime
    days: int

    def read(self, record: Record) -> Reported | list[RowRefused]:
        """Return what a row reports, or all that is wrong with it."""
        cells = record.cells
        if cells is None or len(cells) != self.columns.width:
            return [RowRefused(record.line, Refuse(Refusal.ROW_MISSHAPEN))]
        text = {name: cells[at].strip() for name, at in self.columns.at.items()}
        scan, at_ms, proof = self._scan(text[CODE]), self._moment(text[TIME]), self._proof(text.get(PROOF, ""))
        refused = [each for each in (scan, at_ms, *self._short(text), proof) if isinstance(each, Refuse)]
        if not text[NUMBER]:
            refused.append(Refuse(Refusal.NUMBER_MALFORMED, self.columns.titles[NUMBER]))
        if refused or isinstance(scan, Refuse) or isinstance(at_ms, Refuse) or isinstance(proof, Refuse):
            return [RowRefused(record.line, each) for each in refused]
        source = text.get(SOURCE, "") or self.source
        return Reported(text[NUMBER], scan, at_ms, text.get(PLACE, ""), source, text.get(MARK, ""), proof)

    def _scan(self, code: str) -> Scan | Refuse:
        own = self.mapping.codes.get(plain_code(code)) if self.mapping else None
        return own or self.codes.read(code) or Refuse(Refusal.SCAN_UNKNOWN, self.columns.titles[CODE])

    def _moment(self, text: str) -> int | Refuse:
        wrong = Refuse(Refusal.SCAN_TIME_MALFORMED, self.columns.titles[TIME])
        try:
            read = datetime.fromisoformat(text.replace("/", "-"))
        except ValueError:
            return wrong
        moment = read if read.tzinfo else read.replace(tzinfo=BEIJING)
        if not self.now - timedelta(days=self.days) <= moment <= self.now + AHEAD:
            return wrong
        return int(moment.timestamp() * 1_000)

    def _proof(self, token: str) -> bytes | Refuse:
        proof = proof_of(token) if token else b""
        return Refuse(proof.code, self.columns.titles[PROOF]) if isinstance(proof, Refuse) else proof

    def _short(self, text: Mapping[str, str]) -> Iterator[Refuse]:
        for name, is_code in ((PLACE, is_outlet), (SOURCE, is_outlet), (MARK, _MARK.fullmatch)):
            if (told := text.get(name)) and not is_code(told):
                yield Refuse(Refusal.SCAN_CODE_MALFORMED, self.columns.titles[name])
