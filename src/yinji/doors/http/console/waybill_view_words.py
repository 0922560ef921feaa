"""Views above the waybills' filter: the row of links, the form that keeps a filter under a name, and their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yinji.access.views.model import Offered, SavedView
from yinji.access.views.rules import NAME_MAX, OWN_MAX
from yinji.doors.http.console.waybill_filter import HERE, PLAIN, said_filter
from yinji.doors.http.look import Choice, Problem
from yinji.flows.house import House
from yinji.flows.keep_views import may_change_view, may_share_views
from yinji.kernel.ids import show_ref
from yinji.kernel.said import Said

VIEWS: Final = f"{HERE}/views"

SAVE_WORDS: Final = {
    "views": Said("视图", "Views"),
    "all": Said("全部", "All"),
    "save": Said("保存为视图", "Save these filters as a view"),
    "save_act": Said("保存", "Save"),
    "save_help": Said(
        f"保存的是当前筛选条件；“最近 7 天”这类日期以后仍按当天计算。查找用的单号、订单号、电话和姓名不会保存，名称里也不能写。"
        f"每个账号最多 {OWN_MAX} 个。",
        "The filters as they stand now are kept; days such as “last 7 days” stay counted from today. A number, order number, phone or "
        f"name that was looked for is never kept, and has no place in a view's name. Up to {OWN_MAX} for each account.",
    ),
    "name": Said("名称", "Name"),
    "name_hint": Said(f"最多 {NAME_MAX} 个字", f"up to {NAME_MAX} characters"),
    "share": Said("共享给本组织", "Share with the organisation"),
    "share_hint": Said("在运单页工作的同事都会看到这个视图", "everybody who works at this page has it"),
    "begin": Said("打开运单页时先用这个视图", "Begin this page with it"),
    "present": Said("当前筛选", "These filters"),
    "replace": Said("用当前筛选替换“{name}”", "Replace “{name}” with these filters"),
    "manage": Said("管理视图", "Manage views"),
}
_SHARED: Final = Said("{name}（共享）", "{name} (shared)")


def offered_tabs(offered: Offered, view: SavedView | None, *, plain: bool) -> list[Choice]:
    """Return the row of links: everything first, the account's own views, those that others share."""
    tabs = [Choice(SAVE_WORDS["all"], href=f"{HERE}?days={PLAIN['days']}", chosen=view is None and plain)]
    for each in offered.every:
        name = Said(each.name, each.name)
        if each in offered.others:
            name = Said(_SHARED.zh.format(name=each.name), _SHARED.en.format(name=each.name))
        chosen = view is not None and view.ref == each.ref
        tabs.append(Choice(name, href=f"{HERE}?view={show_ref(each.ref)}", chosen=chosen))
    return tabs if len(tabs) > 1 else []


def saving(house: House, parts: Mapping[str, str], view: SavedView | None, problem: Problem | None = None) -> dict[str, object]:
    """Return what the form needs that keeps a filter: its parts, and the view that they could replace."""
    replaces = view if view and dict(view.asked) != dict(parts) and may_change_view(house, view) else None
    said = SAVE_WORDS["replace"]
    return {
        "to": VIEWS,
        "parts": parts,
        "said": said_filter(parts),
        "may_share": may_share_views(house),
        "problems": [problem] if problem else [],
        "replaces": f"{VIEWS}/{show_ref(replaces.ref)}/replace" if replaces else "",
        "replace": Said(said.zh.format(name=replaces.name), said.en.format(name=replaces.name)) if replaces else "",
    }
