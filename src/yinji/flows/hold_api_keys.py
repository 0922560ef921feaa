"""Issue, list and revoke API keys, as whoever is acting; recognise one, and act as its account."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final, NamedTuple

from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.api_keys.service import Issued
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref

KEYED_MAX: Final = 1_000
"""Keys whose view of the node a process keeps; beyond it they are made again."""


class Keyed(NamedTuple):
    """The node as the account of an API key sees it, and the key."""

    house: House
    key: ApiKey


def issue_api_key(house: House, name: str, scopes: Collection[Scope], *, days: int, test: bool) -> Issued | Refuse:
    """Issue a key that acts as the acting account; the answer holds its text, which nothing keeps."""
    return house.api_keys.issue(house.account, name, scopes, days=days, test=test, actor=house.actor)


def list_api_keys(house: House) -> list[ApiKey]:
    """Return every key of the node's organisation, those that are over too."""
    return house.api_keys.every(house.node.org)


def revoke_api_key(house: House, ref: Ref) -> Refuse | None:
    """Revoke a key; None where it is done."""
    return house.api_keys.revoke(ref, actor=house.actor)


def remembered_by_key(house: House, text: str) -> Keyed | None:
    """Return what `signed_in_by_key` would, if this process read the key a moment ago: no look at the database, no waiting."""
    key = house.api_keys.remembered(text)
    return None if key is None else _as_its_account(house, key)


class KeyedHouses:
    """The node as each key's account sees it, made once for each reading of the key: a copy of the house costs as much as a request."""

    def __init__(self, house: House) -> None:
        """Nobody has come yet."""
        self._house = house
        self._known: dict[Ref, Keyed] = {}

    def remembered(self, text: str) -> Keyed | None:
        """Return what `remembered_by_key` would."""
        key = self._house.api_keys.remembered(text)
        if key is None:
            return None
        known = self._known.get(key.ref)
        if known is None or known.key is not key:
            if len(self._known) >= KEYED_MAX:
                self._known.clear()
            known = self._known[key.ref] = _as_its_account(self._house, key)
        return known


def signed_in_by_key(house: House, text: str) -> Keyed | Refuse:
    """Return the node as the account of this key sees it; under a test key whatever is issued is a specimen."""
    key = house.api_keys.recognise(text)
    return key if isinstance(key, Refuse) else _as_its_account(house, key)


def _as_its_account(house: House, key: ApiKey) -> Keyed:
    return Keyed(replace(house, account=key.account, specimens_only=house.specimens_only or key.test), key)
