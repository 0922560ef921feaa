"""``/console/delivery``: a courier's page: one number, the address it goes to, no more; closed once the parcel was delivered."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post

from yinji.access.desks import Desk
from yinji.doors.http.console.asked import Form
from yinji.doors.http.console.revealed import facts_of
from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.show_person import show_delivery
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("派件", "Delivery"),
    "help": Said(
        "扫描或输入单号，只显示投递所需的地址；每次查看都记入证据并计入当日次数，签收后不再显示。",
        "Scan or type a number: the address is shown, and nothing else. Each look is recorded and counts against the day's quota; "
        "after delivery there is none.",
    ),
    "number": Said("单号", "Number"),
    "go": Said("查看地址", "Show the address"),
    "scan": Said("用摄像头扫描", "Scan with the camera"),
    "shown": Said("投递地址", "Where it goes"),
    "recorded": Said("这次查看已记入证据，只显示这一次。", "This look was recorded, and is shown this once."),
}


@get("/delivery", opt=signed())
async def show_delivery_desk(visitor: Asking) -> Response[str]:
    """Show the field for a number."""
    if refused := kept_from(visitor.house, Desk.DELIVERY):
        raise Refused(refused)
    return page("console/delivery.html", WORDS, visitor, facts=None, number="", problems=[])


@post("/delivery", opt=signed(), status_code=200)
async def show_address(visitor: Asking, data: Form) -> Response[str]:
    """Show where one parcel goes. The number stands in no address."""
    shown = await visitor.threads.run(show_delivery, visitor.house, data.get("number", ""))
    if isinstance(shown, Refuse):
        problems = [Problem.of(shown, field="number")]
        return page(
            "console/delivery.html", WORDS, visitor, status=status_of(shown.code), facts=None, number="", problems=problems
        )
    return page("console/delivery.html", WORDS, visitor, facts=facts_of(shown), number=shown.bill.number, problems=[])
