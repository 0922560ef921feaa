"""Checkpoints: a tree head as a C2SP signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), written and read."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from yinji.kernel.faults import Misuse
from yinji.ledger.ports import SignatureCheck, Signer
from yinji.ledger.tree import HASH_BYTES

ED25519: Final = b"\x01"
"""Signature type of plain Ed25519 over the note's text (signed-note, signature types): a log's."""

COSIGNATURE: Final = b"\x04"
"""Signature type of a timestamped Ed25519 cosignature (tlog-cosignature, format): a witness's."""

KEY_ID_BYTES: Final = 4
PUBLIC_KEY_BYTES: Final = 32
NOTE_CHARS_MAX: Final = 100_000
"""A limit of ours: sixteen signatures, which a reader must accept, need a tenth of it even after quantum computers."""

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_NAME: Final = re.compile(r"[^\s+]+")


class Unread(ValueError):  # noqa: N818 - a word of the house: a text that is no note, or a note nobody known signed
    """A note that cannot be relied on: says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that checkpoints may be signed with: its name, the raw Ed25519 public key, and what it signs as."""

    name: str
    raw: bytes
    kind: bytes = ED25519

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.raw) != PUBLIC_KEY_BYTES or self.kind not in {ED25519, COSIGNATURE}:
            raise Misuse("a key has a name without blanks or plus signs, 32 bytes, and one of two kinds")

    @property
    def key_id(self) -> bytes:
        """The four bytes that announce this key in a signature line."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.raw).digest()[:KEY_ID_BYTES]

    def text(self) -> str:
        """Return the key as people hand it on: name, key id in hexadecimal, type and key in base64, joined by ``+``."""
        return f"{self.name}+{self.key_id.hex()}+{coded(self.kind + self.raw)}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head that a log stands by: whose, how many entries, the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{coded(self.root)}\n"


def key_of(signer: Signer, kind: bytes = ED25519) -> PublicKey:
    """Return the public key of a signer."""
    return PublicKey(signer.name, signer.public_key, kind)


def read_key(text: str) -> PublicKey:
    """Return the key written as ``NAME+ID+BASE64`` (signed-note, verifier keys); raises Unread where its id is not its hash."""
    name, _, rest = text.strip().partition("+")
    key_id, _, material = rest.partition("+")
    data = decoded(material)
    try:
        key = PublicKey(name, data[1:], data[:1])
    except Misuse:
        raise Unread("not a key of a log or witness") from None
    if key.key_id.hex() != key_id:
        raise Unread("a key's id is the hash of the rest")
    return key


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """Return the signed note."""
    return sign_text(checkpoint.text(), signer)


def sign_text(text: str, signer: Signer) -> str:
    """Return a text, which ends in a newline, as a signed note."""
    signature = key_of(signer).key_id + signer.sign(text.encode())
    return f"{text}\n— {signer.name} {coded(signature)}\n"


def read_checkpoint(note: str) -> Checkpoint:
    """Return what a note says, signatures unexamined; raises Unread where it is no checkpoint."""
    lines = parted(note)[0].split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):  # noqa: PLR2004 - origin, size, root, end
        raise Unread("not a checkpoint")
    root = decoded(lines[2])
    if len(root) != HASH_BYTES:
        raise Unread("a root has 32 bytes")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root)


def open_checkpoint(note: str, keys: Sequence[PublicKey], check: SignatureCheck, *, origin: str) -> Checkpoint:
    """Return the checkpoint of log ``origin`` that a known key signed; raises Unread otherwise.

    Signatures of unknown keys are passed over; a wrong one of a known key condemns the note (signed-note, signatures).
    """
    checkpoint = read_checkpoint(note)
    if checkpoint.origin != origin:
        raise Unread("a checkpoint of another log")
    text, signatures = parted(note)
    known = {(key.name, key.key_id): key.raw for key in keys}
    held = 0
    for line in signatures:
        name, signed = signature_parts(line)
        raw = known.get((name, signed[:KEY_ID_BYTES]))
        if raw is None:
            continue
        if not check(raw, signed[KEY_ID_BYTES:], text.encode()):
            raise Unread("the signature of a known key does not verify")
        held += 1
    if not held:
        raise Unread("no known key signed this note")
    return checkpoint


def parted(note: str) -> tuple[str, list[str]]:
    """Return a note's text with its last newline, and its signature lines."""
    text, blank, signed = note.rpartition("\n\n")
    lines = signed.split("\n")
    if len(note) > NOTE_CHARS_MAX or not blank or lines.pop() != "" or not lines:
        raise Unread("not a signed note")
    if any(mark < " " and mark != "\n" for mark in note):
        raise Unread("a note holds no control characters")
    return text + "\n", lines


def signature_parts(line: str) -> tuple[str, bytes]:
    """Return the key's name and, key id first, the signed bytes of one signature line; raises Unread."""
    dash, _, rest = line.partition(" ")
    name, _, material = rest.partition(" ")
    signed = decoded(material)
    if dash != "—" or not _NAME.fullmatch(name) or len(signed) <= KEY_ID_BYTES:
        raise Unread("a malformed signature line")
    return name, signed


def coded(data: bytes) -> str:
    """Return bytes in standard base64."""
    return base64.b64encode(data).decode("ascii")


def decoded(text: str) -> bytes:
    """Return the bytes that standard base64 without slack stands for; raises Unread."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Unread("not base64") from None
    if coded(data) != text:
        raise Unread("base64 with loose bits")
    return data
