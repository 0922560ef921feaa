"""Who seals whom: the root seals the node's own secrets and organisation keys, an organisation key seals epoch keys.

Every file begins with format, suite and the version of the key above it, so that a key above can be rotated file by file while the
node runs: a reader asks for the version that the file names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.ports import RootProvider, SealedFiles
from yinji.keys.suites import NONCE_BYTES, SECRET_BYTES, SealBroken, Suite, suite_of

_FORMAT: Final = 1
_HEAD_BYTES: Final = 6
_VERSION_BYTES: Final = 4
TRIES_MAX: Final = 5
"""How often a file is read again that another process is replacing."""

ROOTED: Final = (".key", ".signing", ".org")
"""Endings of the files that the root seals."""

EPOCH: Final = ".epoch"
PERIOD: Final = ".period"


@dataclass(frozen=True, slots=True)
class Head:
    """The first bytes of a sealed file: its suite, and the version of the key above it."""

    suite: Suite
    version: int

    def packed(self) -> bytes:
        """Return the bytes."""
        return bytes((_FORMAT, self.suite.code)) + self.version.to_bytes(_VERSION_BYTES, "big")


def head_of(sealed: bytes) -> Head:
    """Return a file's head; raises `SealBroken` where it is no sealed file."""
    if len(sealed) < _HEAD_BYTES or sealed[0] != _FORMAT:
        raise SealBroken
    return Head(suite_of(sealed[1:]), int.from_bytes(sealed[2:_HEAD_BYTES], "big"))


def seal_file(secret: bytes, plain: bytes, *, name: str, head: Head, random: RandomBytes) -> bytes:
    """Return a file's bytes, bound to its name and head."""
    packed = head.packed()
    return packed + head.suite.lock(secret).seal(plain, nonce=random(NONCE_BYTES), bound_to=packed + name.encode())


def open_file(secret: bytes, sealed: bytes, *, name: str) -> bytes:
    """Return what a file holds; raises `SealBroken` where it is damaged, renamed, or sealed under another key."""
    return head_of(sealed).suite.lock(secret).open(sealed[_HEAD_BYTES:], bound_to=sealed[:_HEAD_BYTES] + name.encode())


class Hierarchy:
    """Seals and opens the files that stand above periods. Remembers organisation keys by their version."""

    def __init__(self, *, root: RootProvider, files: SealedFiles, suite: Suite, random: RandomBytes) -> None:
        """Nothing is read until it is asked for."""
        self._root = root
        self._files = files
        self._suite = suite
        self._random = random
        self._orgs: dict[tuple[Ref, int], bytes] = {}

    def keep(self, name: str, secret: bytes) -> bool:
        """Seal a new file under the current root; False, and nothing changed, where the name is taken."""
        return self._files.create(name, self._rooted(name, secret))

    def rooted(self, name: str) -> bytes | None:
        """Return what a file under the root holds, or None; raises KEYS_DAMAGED."""
        for tries_left in range(TRIES_MAX - 1, -1, -1):
            sealed = self._files.read(name)
            if sealed is None:
                return None
            try:
                version = head_of(sealed).version
                return open_file(self._root.derive(version, _info(name)), sealed, name=name)
            except SealBroken:
                raise self.damaged(name) from None
            except Fault as fault:  # the root was rotated between our reading the file and asking for its root
                if fault.code is not Refusal.KEYS_MISSING or not tries_left:
                    raise
        raise self.damaged(name)

    def raise_to_current(self, name: str) -> bool:
        """Seal a file under the current root if it stands under an older one; tell whether it was."""
        sealed = self._files.read(name)
        if sealed is None or head_of(sealed).version == self._root.versions()[-1]:
            return False
        self._files.replace(name, self._rooted(name, self.rooted(name) or b""))
        return True

    def org_key(self, org: Ref, version: int | None = None) -> tuple[int, bytes]:
        """Return an organisation's key with its version: the current one, made where there is none, or the one asked for.

        Raises KEYS_MISSING where the one asked for is gone: what it sealed is never given another.
        """
        if version is not None and (known := self._orgs.get((org, version))):
            return version, known
        versions = self.org_versions(org)
        if not versions and version is None:
            versions = self._first_org_key(org)
        self._orgs |= {(org, each): key for each, key in versions.items()}
        wanted = max(versions) if version is None else version
        if wanted not in versions:
            raise Fault(Refusal.KEYS_MISSING, f"{self._files.place}/{org_name(org)}")
        return wanted, versions[wanted]

    def org_versions(self, org: Ref) -> dict[int, bytes]:
        """Return every version of an organisation's key that there is."""
        packed = self.rooted(org_name(org)) or b""
        width = _VERSION_BYTES + SECRET_BYTES
        rows = [packed[at : at + width] for at in range(0, len(packed), width)]
        return {int.from_bytes(row[:_VERSION_BYTES], "big"): row[_VERSION_BYTES:] for row in rows}

    def write_org_versions(self, org: Ref, versions: dict[int, bytes]) -> None:
        """Write an organisation's keys in place of those before."""
        name = org_name(org)
        self._files.replace(name, self._rooted(name, _packed(versions)))
        self._orgs = {place: key for place, key in self._orgs.items() if place[0] != org}

    def damaged(self, name: str) -> Fault:
        """Return the fault that names a damaged file."""
        return Fault(Refusal.KEYS_DAMAGED, f"{self._files.place}/{name}")

    def _first_org_key(self, org: Ref) -> dict[int, bytes]:
        self.keep(org_name(org), _packed({1: self._random(SECRET_BYTES)}))
        return self.org_versions(org)

    def _rooted(self, name: str, secret: bytes) -> bytes:
        version = self._root.versions()[-1]
        above = self._root.derive(version, _info(name))
        return seal_file(above, secret, name=name, head=Head(self._suite, version), random=self._random)


def org_name(org: Ref) -> str:
    """Return the name of the file with an organisation's keys."""
    return f"{org.hex()}.org"


def _packed(versions: dict[int, bytes]) -> bytes:
    return b"".join(version.to_bytes(_VERSION_BYTES, "big") + key for version, key in sorted(versions.items()))


def _info(name: str) -> bytes:
    return b"yinji key file " + name.encode()
