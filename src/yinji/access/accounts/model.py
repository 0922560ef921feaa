"""A named account as the list shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yinji.access.model import Account
from yinji.kernel.ids import Ref


@dataclass(frozen=True, slots=True)
class Named:
    """An account with a secret of its own. Moments in milliseconds since 1970; ``closed_ms`` is 0 while it is open."""

    account: Account
    opened_by: Ref
    opened_ms: int
    closed_ms: int


class Kept(NamedTuple):
    """What an account's secret is recognised by; both empty once the account was closed."""

    account: Account
    salt: bytes
    proof: bytes
    closed_ms: int


class Tries(NamedTuple):
    """Wrong secrets of one account since a moment (milliseconds since 1970)."""

    since_ms: int
    wrong: int
