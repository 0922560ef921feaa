"""Restore a key store from its two backups: 1 both are of one node, one moment, unexpired; 2 read both whole, authenticated;
3 put the root and every file in place.

A restore that was killed is run again: what is there already must be what would be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yinji.flows.back_up_file import Opened, chunks_of, open_backup
from yinji.flows.back_up_keys import KeyPieces, KeyPlace, Misformed, pieces_of
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.stream import Kind


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """The two files of a key backup."""

    keys: Path
    epochs: Path


@dataclass(frozen=True, slots=True, repr=False)
class KeysRead:
    """A key backup in memory: of which node, which backup it is, what it holds."""

    node: Ref
    ref: Ref
    made_ms: int
    pieces: KeyPieces


def read_keys(files: KeyFiles, *, recovery: bytes, now_ms: int) -> KeysRead:
    """Return a pair of key backups; raises BACKUP_FOREIGN where they are no pair, and what `open_backup` raises."""
    lasting = open_backup(files.keys, Kind.KEYS, recovery, now_ms=now_ms)  # 1
    brief = open_backup(files.epochs, Kind.EPOCHS, recovery, now_ms=now_ms)
    if (lasting.header.node, lasting.header.ref) != (brief.header.node, brief.header.ref):
        raise Fault(Refusal.BACKUP_FOREIGN, str(files.epochs))
    keys, epochs = _pieces(lasting, recovery), _pieces(brief, recovery)  # 2
    pieces = KeyPieces(keys.roots, keys.files | epochs.files)
    return KeysRead(lasting.header.node, lasting.header.ref, lasting.header.made_ms, pieces)


def place_keys(read: KeysRead, place: KeyPlace) -> int:
    """Put a key backup in place; return how many sealed files. Raises NODE_EXISTS where another key store is there."""
    with place.files.alone():
        for name, data in read.pieces.files.items():
            if (there := place.files.read(name)) is not None and there != data:
                raise Fault(Refusal.NODE_EXISTS, f"{place.files.place}/{name}")
        strange = set(place.files.names()) - read.pieces.files.keys()
        if strange:
            raise Fault(Refusal.NODE_EXISTS, f"{place.files.place}/{min(strange)}")
        if read.pieces.roots:  # those of a token never left it
            place.root.adopt(read.pieces.roots)  # 3
        for name, data in read.pieces.files.items():
            place.files.create(name, data)
    return len(read.pieces.files)


def _pieces(opened: Opened, recovery: bytes) -> KeyPieces:
    try:
        return pieces_of(chunks_of(opened.path, recovery))
    except Misformed:
        raise Fault(Refusal.BACKUP_DAMAGED, str(opened.path)) from None
