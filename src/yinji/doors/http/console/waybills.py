"""``/console/waybills``: every waybill, newest first, filtered; and the search by number, order number or phone."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.response import Redirect

from yinji.access.desks import Desk
from yinji.access.rules import POSTS, SEARCHES
from yinji.access.views.model import Offered, SavedView
from yinji.doors.http.console.asked import Form, ref_of
from yinji.doors.http.console.waybill_filter import HERE, PLAIN, Filter, read_filter
from yinji.doors.http.console.waybill_view_words import SAVE_WORDS, offered_tabs, saving
from yinji.doors.http.console.waybill_words import KINDS, NUMBERS, PURPOSES, choices, member, parcel_tag
from yinji.doors.http.look import Choice, Column, Kind, Problem, Row
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.find_parcels import Hit, find_by_last_four, find_by_order, find_parcels
from yinji.flows.house import House
from yinji.flows.keep_views import offer_views
from yinji.flows.list_waybills import list_waybills
from yinji.flows.show_waybill import waybill_numbered
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import show_ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.waybill.listing.model import WALK_MAX, Page
from yinji.waybill.model import Waybill
from yinji.waybill.parcel.model import ParcelState

WORDS: Final = SAVE_WORDS | {
    "title": Said("运单", "Waybills"),
    "help": Said(
        "按日期、状态、商家、网点和渠道筛选运单，常用的筛选可存为视图；这里不显示任何人。",
        "Waybills by day, state, merchant, outlet and channel; filters in frequent use are kept as views. Nobody is shown here.",
    ),
    "search": Said("查找", "Search"),
    "search_help": Said(
        "按单号直接打开；按订单号、电话或电话末四位查找须说明目的，结果只显示掩码，每次查找都留下证据。",
        "A number opens its waybill. A search by order number, phone or its last four digits needs a purpose, shows masks only, and "
        "is evidence.",
    ),
    "by": Said("按什么查找", "Search by"),
    "text": Said("要查找的内容", "What to look for"),
    "merchant": Said("商家代码", "Merchant code"),
    "merchant_hint": Said("仅按订单号查找时填写", "for order numbers only"),
    "purpose": Said("目的", "Purpose"),
    "days": Said("日期", "Days"),
    "first": Said("起始日期", "From"),
    "last": Said("截止日期", "To"),
    "number_state": Said("单号状态", "Number"),
    "parcel_state": Said("快件状态", "Parcel"),
    "outlet": Said("网点代码", "Outlet code"),
    "channel": Said("渠道代码", "Channel code"),
    "kind": Said("种类", "Kind"),
    "caption": Said("运单列表", "Waybills"),
    "none": Said("这些日期里没有符合条件的运单。", "No waybill of these days fits."),
    "none_sought": Said(
        "没有找到。可能输入有误，或不在可查找的日期内。", "Nothing was found: it may be mistyped, or older than searches reach."
    ),
    "cut": Said("这一页只看了一段，", "Only a part was looked through:"),
    "go_on": Said("继续往前看", "look further back"),
    "later": Said("较早的运单", "Older waybills"),
    "newest": Said("回到最新", "Newest"),
    "found": Said("查找结果", "What was found"),
    "recorded": Said("本次查找已记入证据。", "This search was recorded in the evidence."),
    "deliver": Said("派件页", "Delivery page"),
}
BY: Final = {
    "number": Said("单号", "waybill number"),
    "order": Said("订单号", "order number"),
    "phone": Said("收件人电话", "recipient's phone"),
    "last-four": Said("电话末四位（本网点近 7 日）", "last four digits of the phone (this outlet, 7 days)"),
}
_LAST_FOUR_DAYS: Final = 7
_COLUMNS: Final = (
    Column("number", Said("单号", "Number"), Kind.CODE),
    Column("made", Said("制单时间", "Issued"), Kind.TIME),
    Column("destination", Said("目的地", "Destination")),
    Column("parcel", Said("快件", "Parcel"), Kind.TAG),
    Column("state", Said("单号状态", "Number's state"), Kind.TAG),
    Column("merchant", Said("商家", "Merchant"), Kind.CODE),
    Column("outlet", Said("网点", "Outlet"), Kind.CODE),
    Column("channel", Said("渠道", "Channel"), Kind.CODE),
    Column("kind", Said("种类", "Kind")),
    Column("prints", Said("打印", "Prints"), Kind.COUNT),
)
_FOUND: Final = (
    *_COLUMNS[:2],
    Column("name", Said("收件人", "Recipient"), Kind.MASK),
    Column("phone", Said("电话", "Phone"), Kind.MASK),
    Column("address", Said("地址", "Address"), Kind.MASK),
    _COLUMNS[4],
)


@get("/waybills", opt=signed())
async def show_waybills(request: Request[Any, Any, Any], visitor: Asking) -> Response[str]:
    """Show one page of what the filter lets through: of the address, of the view that it names, or of the account's first view."""
    asked = {name: value for name, value in request.query_params.items() if isinstance(value, str) and value}
    offered = await visitor.ask(offer_views)
    view = _view(asked, offered)
    today = beijing_day(visitor.house.clock.now_ms())
    named = not asked.keys() - {"view", "before"}
    chosen = read_filter(dict(view.asked) if view and named else asked, today)
    before = ref_of(asked["before"]) if "before" in asked else None
    shown = await visitor.ask(list_waybills, chosen.wanted(), before=before)
    return page(
        "console/waybills.html",
        WORDS,
        visitor,
        shown=_listed(shown, chosen, view, paged=before is not None),
        fields=chosen.fields(),
        tabs=offered_tabs(offered, view, plain=chosen.parts == PLAIN),
        saving=saving(visitor.house, chosen.parts, view),
        search=_search(visitor),
    )


def _view(asked: dict[str, str], offered: Offered) -> SavedView | None:
    """Return the view that an address names, or the account's first where it asks for nothing at all; raises `Refused` for another's."""
    if "view" not in asked:
        return None if asked else next((each for each in offered.every if each.ref == offered.first), None)
    ref = ref_of(asked["view"], unknown=Refusal.VIEW_UNKNOWN)
    found = next((each for each in offered.every if each.ref == ref), None)
    if found is None:
        raise Refused(Refuse(Refusal.VIEW_UNKNOWN))
    return found


@post("/waybills/search", opt=signed(), status_code=200)
async def search_waybills(visitor: Asking, data: Form) -> Response[Any]:
    """Look for parcels. What is looked for stands in no address, and what is found in none either."""
    by = data.get("by", "")
    if by == "number":
        bill = await visitor.ask(waybill_numbered, data.pop("text", ""), desk=Desk.WAYBILLS)
        return Redirect(f"{HERE}/{show_ref(bill.ref)}", status_code=303)
    text = Private(data.pop("text", ""))
    hits = await visitor.threads.run(_sought, visitor.house, by, text, data)
    if isinstance(hits, Refuse):
        given = _search(visitor, data, Problem.of(hits, field="text"))
        return page(
            "console/waybills_found.html", WORDS, visitor, status=status_of(hits.code), rows=None, columns=_FOUND, search=given
        )
    rows = [_hit(each) for each in hits]
    return page("console/waybills_found.html", WORDS, visitor, rows=rows, columns=_FOUND, search=_search(visitor, data))


def _sought(house: House, by: str, text: Private, data: dict[str, str]) -> tuple[Hit, ...] | Refuse:
    purpose = member(Purpose, data.get("purpose", ""))
    if refused := kept_from(house, Desk.WAYBILLS):
        return refused
    if purpose is None:
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED)
    match by:
        case "order":
            return find_by_order(house, text, merchant=data.get("merchant", ""), purpose=purpose)
        case "phone":
            return find_parcels(house, text, purpose=purpose)
        case "last-four":
            return find_by_last_four(house, text, days=_LAST_FOUR_DAYS, purpose=purpose)
        case _:
            return Refuse(Refusal.BODY_UNREADABLE)


def _listed(shown: Page, chosen: Filter, view: SavedView | None, *, paged: bool) -> dict[str, object]:
    kept = {"view": show_ref(view.ref)} if view else {}
    return {
        "rows": [_row(bill, state) for bill, state in shown.rows],
        "columns": _COLUMNS,
        "later": chosen.address(**kept, before=show_ref(shown.after)) if shown.after else "",
        "newest": chosen.address(**kept) if paged else "",
        "cut": shown.cut,
        "walked": WALK_MAX,
        "clear": f"{HERE}?days={PLAIN['days']}" if view or chosen.parts != PLAIN else "",
        "view": kept.get("view", ""),
    }


def _search(visitor: Visitor, data: dict[str, str] | None = None, problem: Problem | None = None) -> dict[str, object]:
    given, post_ = data or {}, visitor.house.account.post
    may = [each for each in PURPOSES if each in SEARCHES and post_ in POSTS[each]]
    by = [Choice(said, value, chosen=value == given.get("by", "number")) for value, said in BY.items()]
    return {
        "by": by,
        "purposes": choices(PURPOSES, given.get("purpose", ""), among=may),
        "merchant": given.get("merchant", ""),
        "problems": [problem] if problem else [],
    }


def _row(bill: Waybill, state: ParcelState) -> Row:
    cells = {
        "number": bill.number,
        "made": bill.made_ms,
        "destination": bill.destination,
        "parcel": parcel_tag(state),
        "state": NUMBERS[bill.state],
        "merchant": bill.merchant,
        "outlet": bill.outlet or None,
        "channel": bill.channel or None,
        "kind": KINDS[bill.kind],
        "prints": bill.prints,
    }
    return Row(cells, href=f"{HERE}/{show_ref(bill.ref)}")


def _hit(hit: Hit) -> Row:
    name, phone, address = hit.masks
    bill = hit.waybill
    cells = {
        "number": bill.number,
        "made": bill.made_ms,
        "name": name,
        "phone": phone,
        "address": address,
        "state": NUMBERS[bill.state],
    }
    return Row(cells, href=f"{HERE}/{show_ref(bill.ref)}")
