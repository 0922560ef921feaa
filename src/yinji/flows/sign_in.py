"""Sign in as a named account: what is done from then on is done by it."""

from __future__ import annotations

from dataclasses import replace

from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private


def sign_in(house: House, code: str, secret: Private) -> House | Refuse:
    """Return the node as the account sees it whose secret this is: every sentence of the evidence names it as the actor."""
    account = house.accounts.sign_in(code, secret, where=house.actor.where)
    return account if isinstance(account, Refuse) else replace(house, account=account)
