"""Keep views of the waybills' page: 1 may this account work there; 2 the verb. A view shows nothing that its reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yinji.access.desks import Desk
from yinji.access.views.model import Offered, SavedView, ViewPage
from yinji.access.views.rules import may_change, may_share
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.ids import Ref

PAGE = ViewPage.WAYBILLS


@dataclass(frozen=True, slots=True)
class ViewShown:
    """A view, the code of whoever saved it, and what the reader may do with it."""

    view: SavedView
    by: str
    own: bool
    first: bool
    may_change: bool
    may_share: bool


def offer_views(house: House) -> Offered | Refuse:
    """Return the views that the account has."""
    return kept_from(house, Desk.WAYBILLS) or house.views.offered(PAGE, actor=house.actor)


def may_share_views(house: House) -> bool:
    """Tell whether the account shares views with its organisation."""
    return isinstance(may_share(house.actor), Allow)


def may_change_view(house: House, view: SavedView) -> bool:
    """Tell whether the account may rename, replace or delete a view."""
    return isinstance(may_change(view, house.actor), Allow)


def show_views(house: House) -> list[ViewShown] | Refuse:
    """Return the views that the account has, each with what may be done with it."""
    offered = offer_views(house)
    if isinstance(offered, Refuse):
        return offered
    codes = house.access.account_codes()
    return [_shown(house, each, offered.first, codes.get(each.account, "")) for each in offered.every]


def show_view(house: House, ref: Ref) -> ViewShown | Refuse:
    """Return one of them."""
    if refused := kept_from(house, Desk.WAYBILLS):
        return refused
    view = house.views.one(ref, actor=house.actor)
    if isinstance(view, Refuse):
        return view
    first = house.views.offered(PAGE, actor=house.actor).first
    return _shown(house, view, first, house.access.account_codes().get(view.account, ""))


def save_view(house: House, name: str, asked: Mapping[str, str]) -> SavedView | Refuse:
    """Keep a filter under a name."""
    return kept_from(house, Desk.WAYBILLS) or house.views.save(PAGE, name, asked, actor=house.actor)


def rename_view(house: House, ref: Ref, name: str) -> SavedView | Refuse:
    """Give a view another name."""
    return kept_from(house, Desk.WAYBILLS) or house.views.rename(ref, name, actor=house.actor)


def replace_view(house: House, ref: Ref, asked: Mapping[str, str]) -> SavedView | Refuse:
    """Let a view ask for something else."""
    return kept_from(house, Desk.WAYBILLS) or house.views.replace(ref, asked, actor=house.actor)


def share_view(house: House, ref: Ref) -> SavedView | Refuse:
    """Share the account's own view with its organisation."""
    return kept_from(house, Desk.WAYBILLS) or house.views.share(ref, actor=house.actor)


def withdraw_view(house: House, ref: Ref) -> SavedView | Refuse:
    """Take the account's own view back."""
    return kept_from(house, Desk.WAYBILLS) or house.views.withdraw(ref, actor=house.actor)


def begin_with_view(house: House, ref: Ref | None) -> Refuse | None:
    """Begin the page with a view from now on; None: with none."""
    return kept_from(house, Desk.WAYBILLS) or house.views.begin_with(PAGE, ref, actor=house.actor)


def delete_view(house: House, ref: Ref) -> Refuse | None:
    """Delete a view."""
    return kept_from(house, Desk.WAYBILLS) or house.views.delete(ref, actor=house.actor)


def _shown(house: House, view: SavedView, first: Ref | None, by: str) -> ViewShown:
    own = view.account == house.account.ref
    return ViewShown(view, by, own, view.ref == first, may_change_view(house, view), own and may_share_views(house))
