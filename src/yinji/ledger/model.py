"""What evidence is made of, and what its verification can say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref
from yinji.kernel.said import Said


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry with the random reference of its own that makes its leaf hash impossible to guess."""

    ref: Ref
    entry: Entry


@dataclass(frozen=True, slots=True)
class Placed:
    """A recorded entry at its place: ``seq`` counts from 0 without gaps."""

    seq: int
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Head:
    """A log as it stands: how many entries, and the Merkle root over them (32 bytes)."""

    log: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Proof:
    """That ``body`` is entry ``seq`` of the tree of ``size`` entries with ``root``.

    ``path`` is the RFC 6962 audit path, leaf to root. ``note`` is the signed checkpoint of that tree; it is empty where no
    checkpoint covers the entry yet, and then the proof binds nobody.
    """

    seq: int
    size: int
    root: bytes
    path: tuple[bytes, ...]
    body: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a batch: its place among all ``items``, in the batch's order, and the name that people know it by."""

    items: tuple[bytes, ...]
    index: int
    name: str


class Broken(StrEnum):
    """How a log can fail to verify."""

    EDITED = "edited"
    MISSING = "missing"
    REORDERED = "reordered"
    INSERTED = "inserted"
    TRUNCATED = "truncated"
    FORKED = "forked"
    UNSIGNED = "unsigned"
    PENDING_LEFT = "pending_left"
    UNWITNESSED = "unwitnessed"
    BACKWARDS = "backwards"
    AHEAD = "ahead"
    LATE = "late"


SENTENCES: Final[dict[Broken, Said]] = {
    Broken.EDITED: Said("内容被改动", "was edited"),
    Broken.MISSING: Said("被删除", "is missing"),
    Broken.REORDERED: Said("顺序被调换", "was moved to another place"),
    Broken.INSERTED: Said("是插入的", "was inserted"),
    Broken.TRUNCATED: Said("起被截断", "and what follows was cut off"),
    Broken.FORKED: Said("与检查点不符，历史被改写", "does not agree with a checkpoint: the history was rewritten"),
    Broken.UNSIGNED: Said("处的检查点签名无效，或属于别的日志", "has a checkpoint that no known key signed, or of another log"),
    Broken.PENDING_LEFT: Said("起仍有未编序的条目", "is where entries still wait for their place"),
    Broken.UNWITNESSED: Said("处的检查点，见证人的联署不足", "has a checkpoint with fewer cosignatures than asked for"),
    Broken.BACKWARDS: Said("的时间早于前一条", "is earlier than the entry before it"),
    Broken.AHEAD: Said("的时间晚于见证人联署的时刻", "says a later time than the witness who had seen it already"),
    Broken.LATE: Said("过了很久才有见证人联署", "was cosigned long after its own time"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong between entries ``first`` and ``last`` (both included; equal where the place is exact).

    ``by_ms`` is by how much a time is off, where the finding is about times.
    """

    kind: Broken
    first: int
    last: int
    by_ms: int = 0

    def said(self) -> Said:
        """Return the finding as a sentence in both languages."""
        exact = self.first == self.last
        words = SENTENCES[self.kind]
        place = f"{self.first}" if exact else f"{self.first}–{self.last}"
        by = _off(self.by_ms)
        return Said(f"条目 {place} {words.zh}{by.zh}", f"entry {place} {words.en}{by.en}")


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the times of a log run backwards: how many steps, how many entries stand behind an earlier one's time.

    ``named`` are the first steps, in order, each with its size; ``largest`` is the largest of all.
    """

    count: int = 0
    behind: int = 0
    named: tuple[Finding, ...] = ()
    largest: Finding | None = None


NO_STEPS: Final = Steps()


@dataclass(frozen=True, slots=True)
class Report:
    """What re-reading every entry showed.

    ``findings`` are ordered by place, the first bad entry first; ``warnings`` break nothing. ``good_until`` is the size of
    the largest checkpoint that agrees with the entries: what lies before it is as it was signed. ``cosignatures`` are those
    of known witnesses that hold; ``witnessed_until`` is the size up to which a quorum that was asked for is met.
    """

    log: str
    size: int
    root: bytes
    findings: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    checkpoints: int
    good_until: int
    steps: Steps = NO_STEPS
    cosignatures: int = 0
    witnessed_until: int = 0

    @property
    def holds(self) -> bool:
        """True if nothing is wrong."""
        return not self.findings


_SECOND_MS: Final = 1_000
_HOUR_MS: Final = 3_600 * _SECOND_MS


def _off(by_ms: int) -> Said:
    if not by_ms:
        return Said("", "")
    if by_ms < _SECOND_MS:
        return Said(f"（{by_ms} 毫秒）", f" (by {by_ms} ms)")
    if by_ms < 2 * _HOUR_MS:
        return Said(f"（{by_ms // _SECOND_MS:,} 秒）", f" (by {by_ms // _SECOND_MS:,} s)")
    return Said(f"（{by_ms // _HOUR_MS:,} 小时）", f" (by {by_ms // _HOUR_MS:,} h)")
