"""Open, list and close named accounts, as whoever is acting."""

from __future__ import annotations

from typing import NamedTuple

from yinji.access.accounts.model import Named
from yinji.access.accounts.service import Opened
from yinji.access.model import Post
from yinji.flows.house import House
from yinji.kernel.decision import Refuse


class ListedAccount(NamedTuple):
    """A named account, and the code of who opened it."""

    named: Named
    opened_by: str


def add_account(house: House, code: str, post: Post) -> Opened | Refuse:
    """Open an account; the answer holds its secret, which nothing keeps."""
    return house.accounts.open(code, post, actor=house.actor)


def list_accounts(house: House) -> list[ListedAccount]:
    """Return every named account, closed ones too."""
    codes = house.access.account_codes()
    return [ListedAccount(each, codes.get(each.opened_by, "")) for each in house.accounts.every(house.node.org)]


def close_account(house: House, code: str) -> Refuse | None:
    """Close an account; None where it is done."""
    return house.accounts.close(code, actor=house.actor)
