"""Sign in at the console, go on, sign out: here, or everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from yinji.access.sessions.model import Session
from yinji.flows.house import House
from yinji.flows.sign_in import sign_in
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal


class SignedIn(NamedTuple):
    """The node as somebody signed in sees it, and their session."""

    house: House
    session: Session


class SignedInAnew(NamedTuple):
    """The same just after signing in: the token goes to the browser and nowhere else."""

    house: House
    session: Session
    token: Private


def begin_session(house: House, code: str, secret: Private, *, former: str = "") -> SignedInAnew | Refuse:
    """1 compare account and secret; 2 end the session that the browser brought, if any; 3 begin one under a token of ours."""
    acting = sign_in(house, code, secret)  # 1
    if isinstance(acting, Refuse):  # whoever stands at the door learns neither which accounts there are nor which there were
        return Refuse(Refusal.SIGN_IN_WRONG) if acting.code is Refusal.ACCOUNT_CLOSED else acting
    if former and not isinstance(before := house.sessions.resume(former), Refuse):  # 2
        house.sessions.end(before, where=house.actor.where)
    begun = house.sessions.begin(acting.account, where=house.actor.where)  # 3
    return begun if isinstance(begun, Refuse) else SignedInAnew(acting, begun.session, begun.token)


def resume_session(house: House, token: str) -> SignedIn | Refuse:
    """Return the node as the account sees it whose session this token is of."""
    session = house.sessions.resume(token)
    return session if isinstance(session, Refuse) else SignedIn(replace(house, account=session.account), session)


def end_session(house: House, session: Session) -> None:
    """Sign out of one browser."""
    house.sessions.end(session, where=house.actor.where)


def end_sessions(house: House) -> int:
    """Sign out everywhere whoever is acting; return how many sessions ended."""
    return house.sessions.end_all(house.account, where=house.actor.where)
