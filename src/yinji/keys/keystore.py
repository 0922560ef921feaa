"""The key store: what the root opens. Secrets live as sealed files, never as rows of a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from yinji.kernel.faults import Fault
from yinji.kernel.ids import RandomBytes, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.ports import RootProvider, SealedFiles
from yinji.keys.suites import NONCE_BYTES, SECRET_BYTES, SM, Mac, SealBroken, Suite, suite_of

STANDING: Final = 0
"""The period of what has no date of its own: a node's own sender, orders without a date."""

_CHECK_BYTES: Final = 16
_MONTHS: Final = 100


@dataclass(frozen=True, slots=True, repr=False)
class PeriodSecrets:
    """The secrets of one organisation and month: random, never derived, so that destroying them is final.

    ``suite`` is the one the period was made for: a new setting holds for new periods, old ones stay readable.
    """

    suite: Suite
    tree: bytes
    index: bytes


def period_of(day: date) -> int:
    """Return the period a day belongs to: its month, written 202611."""
    return day.year * _MONTHS + day.month


class KeyStore:
    """Opens and makes the secrets of organisations and periods. One instance a process; what it opened it remembers."""

    def __init__(self, *, root: RootProvider, files: SealedFiles, suite: Suite, random: RandomBytes) -> None:
        """Nothing is read until it is asked for."""
        self._suite = suite
        self._root = root
        self._files = files
        self._random = random
        self._opened: dict[tuple[Ref, int], PeriodSecrets] = {}

    def check_value(self, node: Ref) -> bytes:
        """Return what the database keeps to recognise its own key store; says nothing about the root."""
        return SM.derive(self._root.root(), b"yinji node check" + node)[:_CHECK_BYTES]

    def require_node(self, node: Ref, check: bytes) -> None:
        """Raise KEYS_FOREIGN unless this key store belongs to the node whose check value is given."""
        if self.check_value(node) != check:
            raise Fault(Refusal.KEYS_FOREIGN, self._root.place)

    def period(self, org: Ref, period: int) -> PeriodSecrets:
        """Return a period's secrets, making them where there are none yet. Two processes agree on the first written."""
        known = self.existing_period(org, period)
        if known is not None:
            return known
        name = _period_name(org, period)
        self._files.create(name, self._seal(name, self._random(2 * SECRET_BYTES)))
        made = self.existing_period(org, period)
        if made is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self._files.place}/{name}")
        return made

    def existing_period(self, org: Ref, period: int) -> PeriodSecrets | None:
        """Return a period's secrets, or None where there are none: reading never makes a key."""
        known = self._opened.get((org, period))
        if known is not None:
            return known
        name = _period_name(org, period)
        sealed = self._files.read(name)
        if sealed is None:
            return None
        suite, secrets = self._open(name, sealed)
        opened = PeriodSecrets(suite, secrets[:SECRET_BYTES], secrets[SECRET_BYTES:])
        self._opened[org, period] = opened
        return opened

    def period_check(self, secrets: PeriodSecrets) -> bytes:
        """Return what the database keeps to recognise a period's key; says nothing about it."""
        return secrets.suite.mac(secrets.index).tag(b"yinji period check")[:_CHECK_BYTES]

    def index_key(self, secrets: PeriodSecrets, *, use: str, bucket: int) -> Mac:
        """Return the blind-index key of one use and time bucket. It dies with its period."""
        return secrets.suite.mac(secrets.suite.mac(secrets.index).tag(f"{use}:{bucket}".encode()))

    def make_signing_seed(self, name: str) -> None:
        """Make a named signing key where there is none yet: at a node's founding, never later."""
        file = f"{name}.signing"
        self._files.create(file, self._seal(file, self._random(SECRET_BYTES)))

    def signing_seed(self, name: str) -> bytes:
        """Return the 32-byte seed of a named signing key; raises KEYS_MISSING where it is gone."""
        file = f"{name}.signing"
        sealed = self._files.read(file)
        if sealed is None:
            raise Fault(Refusal.KEYS_MISSING, f"{self._files.place}/{file}")
        return self._open(file, sealed)[1]

    def _seal(self, name: str, secret: bytes) -> bytes:
        lock = self._suite.lock(self._wrapping(self._suite, name))
        return bytes((self._suite.code,)) + lock.seal(secret, nonce=self._random(NONCE_BYTES), bound_to=name.encode())

    def _open(self, name: str, sealed: bytes | None) -> tuple[Suite, bytes]:
        try:
            suite = suite_of(sealed or b"")
            return suite, suite.lock(self._wrapping(suite, name)).open((sealed or b"")[1:], bound_to=name.encode())
        except SealBroken:
            raise Fault(Refusal.KEYS_DAMAGED, f"{self._files.place}/{name}") from None

    def _wrapping(self, suite: Suite, name: str) -> bytes:
        return suite.derive(self._root.root(), b"yinji key file " + name.encode())


def _period_name(org: Ref, period: int) -> str:
    return f"{org.hex()}-{period}.period"
