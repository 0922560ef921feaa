"""Back up the key store, in two files. Alone, so that it is consistent: 1 read the root and every sealed file; 2 seal the epoch
keys into one file with a short life, everything else into another; 3 say so in the evidence; 4 give both their names.

The first opens nothing by itself. The second, with it, would undo erasures made since: so it expires, and the evidence says
until when, for every certificate of an erasure to print.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from yinji.flows.back_up_file import NewFile, name_of
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.clock import beijing_day
from yinji.kernel.disk import told
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_ref
from yinji.kernel.purpose import Purpose
from yinji.keys.ports import CopiedFiles, RootProvider, SealedFiles
from yinji.keys.stream import Header, Kind, SealingStream
from yinji.keys.suites import suite_named

EPOCH_SUFFIX: Final = ".epoch"
"""How the key store names what an erasure destroys."""

DAY_MS: Final = 24 * 60 * 60 * 1_000

_PIECE: Final = struct.Struct(">cHI")
_ROOT: Final = b"R"
_FILE: Final = b"F"
_END: Final = b"Z"


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a node's key store is: its root and its sealed files."""

    root: RootProvider
    files: CopiedFiles


@dataclass(frozen=True, slots=True)
class KeysBackedUp:
    """A backup of the key store that was taken: its two files, how many sealed files in each, and when the second expires."""

    keys: Path
    epochs: Path
    files: int
    epoch_files: int
    expires_ms: int


@dataclass(frozen=True, slots=True, repr=False)
class KeyPieces:
    """What a key backup holds: roots by version, sealed files by name."""

    roots: dict[int, bytes]
    files: dict[str, bytes]


class Misformed(ValueError):  # noqa: N818 - a finding about the world: bytes that are no key backup
    """Bytes that are not what `_piece` writes."""


class _Pair(NamedTuple):
    """What both files of a backup share."""

    ref: Ref
    made_ms: int
    expires_ms: int
    recovery: bytes


def back_up_keys(house: House, place: KeyPlace, folder: Path, *, recovery: bytes) -> KeysBackedUp:
    """Write a pair of key backups into ``folder``, sealed under the recovery key."""
    now = house.clock.now_ms()
    ref = mint_ref(shard=FIRST_SHARD, at_ms=now, random=house.random)
    pair = _Pair(ref, now, now + house.settings.key_backup_days * DAY_MS, recovery)
    with ExitStack() as stack:
        stack.enter_context(place.files.alone())
        names = place.files.names()
        epochs = [name for name in names if name.endswith(EPOCH_SUFFIX)]
        others = [name for name in names if not name.endswith(EPOCH_SUFFIX)]
        lasting, brief = (
            stack.enter_context(NewFile(folder / name_of(kind, node=house.node.ref, at_ms=now)))
            for kind in (Kind.KEYS, Kind.EPOCHS)
        )
        roots = place.root.portable()
        digest = _seal(house, lasting, Kind.KEYS, pair, [*_roots(roots), *_files(place.files, others)])  # 1, 2
        _seal(house, brief, Kind.EPOCHS, pair, _files(place.files, epochs))
        entry = Entry(
            Event.KEYS_BACKED_UP,
            house.actor,
            Purpose.TEND_NODE,
            now,
            about=(ref,),
            count=len(names),
            root=digest,
            ground=f"until-{beijing_day(pair.expires_ms):%Y%m%d}",
        )
        house.keys.note_backup(pair.expires_ms)
        house.key_book.note_backup(ref, made_ms=now, until_ms=pair.expires_ms, entry=entry)  # 3
        brief.keep()  # 4
        lasting.keep()
    sign_evidence(house)
    return KeysBackedUp(lasting.target, brief.target, len(others), len(epochs), pair.expires_ms)


def pieces_of(chunks: Iterable[bytes]) -> KeyPieces:
    """Return what a key backup holds, read whole: nothing of it is put anywhere before its last chunk was authenticated."""
    data, at = b"".join(chunks), 0
    roots: dict[int, bytes] = {}
    files: dict[str, bytes] = {}
    try:
        while True:
            kind, name_length, length = _PIECE.unpack_from(data, at)
            start = at + _PIECE.size
            name, body = data[start : start + name_length].decode("ascii"), data[start + name_length :][:length]
            at = start + name_length + length
            if at > len(data):
                raise Misformed("a piece is cut short")
            if kind == _ROOT:
                roots[int(name)] = body
            elif kind == _FILE:
                files[name] = body
            elif kind == _END and at == len(data):
                return KeyPieces(roots, files)
            else:
                raise Misformed("an unknown piece")
    except (struct.error, UnicodeDecodeError):
        raise Misformed("not a key backup") from None


def _seal(house: House, file: NewFile, kind: Kind, pair: _Pair, pieces: Iterable[bytes]) -> bytes:
    expires = pair.expires_ms if kind is Kind.EPOCHS else 0
    header = Header(suite_named(house.settings.suite), kind, pair.ref, house.node.ref, pair.made_ms, expires, "{}")
    with told(file.target):
        stream = SealingStream(file.out, header, recovery=pair.recovery, random=house.random)
        for piece in pieces:
            stream.write(piece)
        stream.write(_piece(_END, "", b""))
        stream.finish()
    file.settle()
    return stream.digest


def _roots(roots: dict[int, bytes]) -> Iterator[bytes]:
    for version, secret in sorted(roots.items()):
        yield _piece(_ROOT, str(version), secret)


def _files(files: SealedFiles, names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        data = files.read(name)
        if data is not None:
            yield _piece(_FILE, name, data)


def _piece(kind: bytes, name: str, data: bytes) -> bytes:
    return _PIECE.pack(kind, len(name), len(data)) + name.encode("ascii") + data
