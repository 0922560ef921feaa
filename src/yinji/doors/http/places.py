"""Where somebody may go: the console's navigation, by the post of whoever is signed in. A desk they do not work at is not offered."""

from __future__ import annotations

from typing import Final

from yinji.access.desks import Desk, may_sit
from yinji.access.model import Post
from yinji.doors.http.look import Place, Section
from yinji.kernel.decision import Allow
from yinji.kernel.said import Said

HOME: Final = Place(Said("首页", "Home"), "/console", "home", "h")

_WORK: Final = Said("作业", "Work")
_PROOF: Final = Said("证明", "Proof")
_NODE: Final = Said("节点", "Node")

_DESKS: Final[tuple[tuple[Said, Desk, Place], ...]] = (
    (_WORK, Desk.ISSUE, Place(Said("制单", "Issue"), "/console/issue", "issue", "i")),
    (_WORK, Desk.WAYBILLS, Place(Said("运单", "Waybills"), "/console/waybills", "waybills", "w")),
    (_WORK, Desk.DELIVERY, Place(Said("派件", "Delivery"), "/console/delivery", "person", "d")),
    (_WORK, Desk.NUMBERS, Place(Said("单号", "Numbers"), "/console/numbers", "numbers", "n")),
    (_WORK, Desk.TEMPLATES, Place(Said("模板", "Templates"), "/console/templates", "templates", "t")),
    (_PROOF, Desk.INSPECT, Place(Said("面单检查", "Inspect labels"), "/console/inspect", "search", "c")),
    (_PROOF, Desk.EVIDENCE, Place(Said("证据", "Evidence"), "/console/ledger", "ledger", "e")),
    (_NODE, Desk.SETTINGS, Place(Said("设置", "Settings"), "/console/settings", "settings", "s")),
)


def sections_of(post: Post) -> tuple[Section, ...]:
    """Return the navigation of a post, in the order of a day's work."""
    listed: dict[Said, list[Place]] = {_WORK: [HOME]}
    for section, desk, place in _DESKS:
        if isinstance(may_sit(post, desk), Allow):
            listed.setdefault(section, []).append(place)
    return tuple(Section(section, tuple(places)) for section, places in listed.items())


def current_of(template: str) -> str:
    """Return which place a page belongs to: templates of a place begin with its name; the home page where they do not."""
    name = template.removeprefix("console/")
    return next((each.href for _, _, each in _DESKS if name.startswith(each.href.rpartition("/")[2].rstrip("s"))), HOME.href)
