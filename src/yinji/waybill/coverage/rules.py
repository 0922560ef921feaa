"""Counting, and the count again from what the evidence of a batch states. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from yinji.kernel.clock import beijing_day
from yinji.kernel.faults import Misuse
from yinji.waybill.coverage.model import By, Group, Share, Tally
from yinji.waybill.model import WaybillKind

_VERSIONS: Final = (1, 2)
_MOMENT: Final = slice(17, 25)
"""Behind one byte of version and sixteen of reference (docs/reference/evidence.md)."""

_LENGTH_BYTES: Final = 2
_NUMBER, _RULES, _MERCHANT, _DESTINATION, _PIECES, _SPECIMEN, _OUTLET, _CHANNEL, _KIND = range(9)
_TEXTS: Final = {1: _SPECIMEN + 1, 2: _KIND + 1}
_SPECIMENS: Final = {"specimen": True, "real": False}
_KINDS: Final = {kind.name.lower(): kind for kind in WaybillKind}


def read_item(item: bytes) -> Group:
    """Return what an item of a batch's evidence says that coverage counts. Version 1 knows no outlet, channel or exemption.

    Raises Misuse where it is no item: nothing else may be counted for one.
    """
    version = item[0] if item else 0
    if version not in _VERSIONS:
        raise Misuse(f"an item of version {version} is none that is known")
    texts = _texts(item[_MOMENT.stop :])
    if len(texts) < _TEXTS[version] or texts[_SPECIMEN] not in _SPECIMENS:
        raise Misuse("an item of the evidence is cut short")
    told = texts[_OUTLET : _KIND + 1] if version > 1 else ["", "", "privacy"]
    outlet, channel, kind = told
    if kind not in _KINDS:
        raise Misuse("an item of the evidence names no kind of label")
    day = beijing_day(int.from_bytes(item[_MOMENT], "big"))
    return Group(day, outlet, channel, texts[_RULES], _KINDS[kind], _SPECIMENS[texts[_SPECIMEN]])


def counted(groups: Iterable[Group]) -> tuple[Tally, ...]:
    """Return how often each group occurs, in order."""
    return tuple(Tally(group, count) for group, count in sorted(Counter(groups).items()))


def shares(tallies: Iterable[Tally], *, by: By) -> tuple[Share, ...]:
    """Return the shares of each day, outlet, channel or rule pack, in order of their keys."""
    keyed: dict[str, list[Tally]] = {}
    for tally in tallies:
        keyed.setdefault(str(getattr(tally.group, by.value)), []).append(tally)
    return tuple(total(keyed[key], key=key) for key in sorted(keyed))


def total(tallies: Iterable[Tally], *, key: str = "") -> Share:
    """Return the share of all of them together."""
    privacy = exempt = specimen = 0
    for group, count in tallies:
        if group.specimen:
            specimen += count
        elif group.kind is WaybillKind.PRIVACY:
            privacy += count
        else:
            exempt += count
    return Share(key, privacy, exempt, specimen)


def _texts(rest: bytes) -> list[str]:
    texts: list[str] = []
    at = 0
    while at < len(rest):
        start = at + _LENGTH_BYTES
        end = start + int.from_bytes(rest[at:start], "big")
        if end > len(rest):
            raise Misuse("an item of the evidence is cut short")
        texts.append(rest[start:end].decode())
        at = end
    return texts
