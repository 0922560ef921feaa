"""The canonical bytes of an entry: one entry, one byte string, and back. Described in ``docs/reference/evidence.md``."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import Final

from yinji.kernel.actor import Actor
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import REF_BYTES, SHARDS_MAX, Ref, Shard
from yinji.kernel.purpose import Purpose
from yinji.ledger.model import Recorded

MAGIC: Final = b"YJE\x01"
"""Format and version. Another version gets another last byte and its own page; this one is read for ever."""

HEADER: Final = struct.Struct(">4sHHQ16s16s16sQBBBBBH")
"""Magic, event, shard, at_ms, ref, account, org, count; lengths of purpose, post, where, ground, root; number of about."""

CODE_CHARS_MAX: Final = 64

ABOUT_MAX: Final = 4_000
"""An entry stays under the 65,535 bytes that an entry bundle can frame (C2SP tlog-tiles); larger sets state a root."""

ROOT_BYTES: Final = 32
_ROOT_LENGTHS: Final = frozenset({0, ROOT_BYTES})

_CODE: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._:/@+-]*")
_PERSONAL: Final = re.compile(
    # a mobile number (11 digits from 13 to 19, MIIT numbering plan) or an identity number (GB 11643: 17 digits and one more)
    rb"(?<![0-9A-Za-z])(?:(?:\+?86)?1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])",
)


class Misshapen(ValueError):  # noqa: N818 - a word of the house: bytes that are no canonical entry
    """Bytes that are not the canonical form of an entry. Says what is wrong, never the bytes."""


def encode(recorded: Recorded) -> bytes:
    """Return the canonical bytes; raises Misuse where the entry breaks the grammar, or looks as if it named a person."""
    entry, actor = recorded.entry, recorded.entry.actor
    codes = (
        _code("purpose", entry.purpose.value),
        _code("post", actor.post),
        _code("where", actor.where),
        _code("ground", entry.ground) if entry.ground else b"",
    )
    _require_shapes(recorded)
    header = HEADER.pack(
        MAGIC, entry.event, entry.shard, entry.at_ms, recorded.ref, actor.account, actor.org, entry.count,
        *map(len, codes), len(entry.root), len(entry.about),
    )  # fmt: skip
    return b"".join((header, *codes, entry.root, *entry.about))


def decode(body: bytes) -> Recorded:
    """Return the entry that ``body`` says; raises Misshapen unless ``body`` is exactly one canonical entry."""
    check_shape(body)
    _, event, shard, at_ms, ref, account, org, count, *lengths, root_length, _ = _header(body)
    at, codes = HEADER.size, []
    for length in lengths:
        codes.append(body[at : at + length].decode("ascii"))
        at += length
    purpose, post, where, ground = codes
    root, about = body[at : at + root_length], body[at + root_length :]
    try:
        known = Event(event), Purpose(purpose)
    except ValueError:
        raise Misshapen("an event or purpose that this version does not know") from None
    entry = Entry(
        event=known[0],
        actor=Actor(account=Ref(account), org=Ref(org), post=post, where=where),
        purpose=known[1],
        at_ms=at_ms,
        shard=Shard(shard),
        about=tuple(Ref(about[i : i + REF_BYTES]) for i in range(0, len(about), REF_BYTES)),
        count=count,
        root=root,
        ground=ground,
    )
    return Recorded(ref=Ref(ref), entry=entry)


def check_shape(body: bytes) -> None:
    """Raise Misshapen unless ``body`` has the canonical form; several times faster than `decode`, and builds nothing.

    Numbers of events and words of purposes that a later version brought are accepted: form is not meaning.
    """
    magic, _, shard, _, _, _, _, _, purpose, post, where, ground, root, about = _header(body)
    coded = purpose + post + where + ground
    ends = HEADER.size + coded
    if magic != MAGIC or shard >= SHARDS_MAX or root not in _ROOT_LENGTHS or about > ABOUT_MAX:
        raise Misshapen("unknown version, or a field beyond its limit")
    if len(body) != ends + root + about * REF_BYTES:
        raise Misshapen("the length is not what the header says")
    if not _codes_fit(body[HEADER.size : ends], (purpose, post, where, ground)):
        raise Misshapen("a code outside the grammar")


@lru_cache(maxsize=4_096)  # a node has few posts, terminals and grounds: nearly every entry repeats them
def _codes_fit(coded: bytes, lengths: tuple[int, int, int, int]) -> bool:
    at = 0
    for length in lengths[:3]:
        if length > CODE_CHARS_MAX or not _CODE.fullmatch(coded, at, at + length):
            return False
        at += length
    ground = coded[at:]  # the only one that may be empty
    return not ground or (len(ground) <= CODE_CHARS_MAX and _CODE.fullmatch(ground) is not None)


def _header(body: bytes) -> tuple[bytes, int, int, int, bytes, bytes, bytes, int, int, int, int, int, int, int]:
    if len(body) < HEADER.size:
        raise Misshapen("shorter than a header")
    fields: tuple[bytes, int, int, int, bytes, bytes, bytes, int, int, int, int, int, int, int] = HEADER.unpack_from(body)
    return fields


@lru_cache(maxsize=4_096)  # nearly every entry repeats its codes; what is refused is never kept
@lru_cache(maxsize=4_096)  # as above: nearly every entry repeats its codes
def _code(field: str, text: str) -> bytes:
    coded = text.encode("ascii", "replace")
    if len(coded) > CODE_CHARS_MAX or not _CODE.fullmatch(coded):  # "?" stands for what is not ASCII, and is no code
        raise Misuse(f"{field} of an entry is a code of at most {CODE_CHARS_MAX} ASCII characters, without blanks")
    if _PERSONAL.search(coded):
        raise Misuse(f"{field} of an entry looks like a phone or identity number: evidence holds references only")
    return coded


def _require_shapes(recorded: Recorded) -> None:
    entry = recorded.entry
    refs = (recorded.ref, entry.actor.account, entry.actor.org, *entry.about)
    if {*map(len, refs)} != {REF_BYTES}:
        raise Misuse(f"a reference in an entry has {REF_BYTES} bytes")
    if len(entry.root) not in {0, ROOT_BYTES}:
        raise Misuse(f"the root of an entry is empty or {ROOT_BYTES} bytes")
    if len(entry.about) > ABOUT_MAX:
        raise Misuse(f"an entry is about at most {ABOUT_MAX} references: state a count and a root instead")
    if not 0 <= entry.shard < SHARDS_MAX or entry.at_ms < 0 or entry.count < 0:
        raise Misuse("shard, moment and count of an entry are not negative, and the shard is below its limit")
