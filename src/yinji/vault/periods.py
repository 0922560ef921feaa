"""The periods that were ever begun: the database knows them, so that a lost key is missed and never quietly replaced."""

from __future__ import annotations

from typing import Final

from yinji.db.database import Database
from yinji.db.trouble import Clash
from yinji.db.work import forbid_open_work
from yinji.kernel.faults import Fault
from yinji.kernel.ids import FIRST_SHARD, Ref
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore, PeriodSecrets
from yinji.vault import store


class Periods:
    """Gives the secrets of periods. Remembers what it gave; a process asks the database once a period."""

    def __init__(self, data: Database, keys: KeyStore) -> None:
        """Ask nothing yet."""
        self._data = data
        self._keys = keys
        self._given: Final[dict[tuple[Ref, int], PeriodSecrets]] = {}

    def begin(self, org: Ref, period: int) -> PeriodSecrets:
        """Return a period's secrets, beginning it where nobody has. Commits by itself.

        Raises KEYS_MISSING where the period was begun and its key is gone: sealing goes on only with the key restored.
        """
        given = self.given(org, period)
        if given is not None:
            return given
        forbid_open_work("vault.periods")
        secrets = self._keys.period(org, period)
        try:
            with self._data.work() as work:
                store.add_period(work, org=org, shard=FIRST_SHARD, period=period, check=self._keys.period_check(secrets))
        except Clash:  # another process began it meanwhile: the key store gave both the same secrets
            pass
        return self._require(org, period)

    def given(self, org: Ref, period: int) -> PeriodSecrets | None:
        """Return the secrets of a period that was begun; None where nobody has. Raises KEYS_MISSING as `begin`."""
        known = self._given.get((org, period))
        if known is not None:
            return known
        with self._data.reading() as reading:
            check = store.period_check(reading, org=org, shard=FIRST_SHARD, period=period)
        return None if check is None else self._checked(org, period, check)

    def _require(self, org: Ref, period: int) -> PeriodSecrets:
        secrets = self.given(org, period)
        if secrets is None:
            raise Fault(Refusal.KEYS_MISSING, str(period))
        return secrets

    def _checked(self, org: Ref, period: int, check: bytes) -> PeriodSecrets:
        secrets = self._keys.existing_period(org, period)
        if secrets is None:
            raise Fault(Refusal.KEYS_MISSING, str(period))
        if self._keys.period_check(secrets) != check:
            raise Fault(Refusal.KEYS_FOREIGN, str(period))
        self._given[org, period] = secrets
        return secrets
