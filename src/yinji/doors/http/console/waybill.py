"""``/console/waybills/{ref}``: one waybill as it stands, as its label shows it, and what the evidence says about it."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from yinji.access.desks import Desk
from yinji.access.rules import POSTS
from yinji.access.rules import VIEWS as ALLOWED
from yinji.doors.http.console.asked import ref_of
from yinji.doors.http.console.said_entry import step_of
from yinji.doors.http.console.waybill_disclosure import DISCLOSURE_WORDS, disclosure_shown
from yinji.doors.http.console.waybill_label import label_pictures
from yinji.doors.http.console.waybill_words import (
    AGAIN,
    KINDS,
    MEMBERS,
    NUMBERS,
    PARTIES,
    PURPOSES,
    VIEWS,
    VOIDS,
    choices,
    parcel_tag,
)
from yinji.doors.http.look import Fact, Kind, Place, Problem, Step
from yinji.doors.http.pages import page
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.look_back import LookedBack, look_back
from yinji.flows.node_look import look_of
from yinji.flows.print_again import draw_labels
from yinji.flows.set_press import press_of
from yinji.flows.show_waybill import WaybillShown, show_waybill, waybill_at
from yinji.flows.sit_at_desk import kept_from
from yinji.flows.tell_disclosure import tell_disclosure
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.said import Said
from yinji.label.press import Press
from yinji.waybill.model import NumberState
from yinji.waybill.parcel.model import SCAN_WORDS

HERE: Final = "/console/waybills"
PRESS: Final = "press"
"""Under which name each thread keeps its own press."""

WORDS: Final = {
    "title": Said("运单", "Waybill"),
    "help": Said(
        "一张运单：单号、快件、面单和证据。查看明文须说明目的。",
        "One waybill: number, parcel, label, evidence. Plaintext needs a purpose.",
    ),
    "facts": Said("运单", "The waybill"),
    "label": Said("面单", "The label"),
    "label_help": Said(
        "面单本身，与最近一次打印相同；显示和打开都不计打印。",
        "The label itself, as it was printed last. To see or to open it counts no print.",
    ),
    "packages": Said("其余各件的面单", "Labels of the other packages"),
    "open_label": Said("打开面单（PDF）", "Open the label (PDF)"),
    "masks": Said("面单上的双方", "Both parties, as the label shows them"),
    "way": Said("快件轨迹", "Where the parcel was"),
    "no_scans": Said("还没有任何扫描。", "Nothing was scanned yet."),
    "evidence": Said("证据", "Evidence"),
    "evidence_help": Said("查阅证据本身也会记入证据。", "Reading the evidence is recorded in it."),
    "read_evidence": Said("查阅关于此运单的证据", "Read what the evidence says about this waybill"),
    "no_evidence": Said("没有关于此运单的条目。", "No entry speaks of this waybill."),
    "part": Said(
        "只查了两份日志最近的 5,000 条和制单的那一条。",
        "Looked through were the latest 5,000 entries of each log, and the one of its issue.",
    ),
    "reveal": Said("查看明文", "Reveal"),
    "reveal_help": Said(
        "只显示目的所需的最小范围，显示一次，并记入证据、计入当日次数。",
        "Shows no more than the purpose needs, once. It is recorded, and counts against the day's quota.",
    ),
    "purpose": Said("目的", "Purpose"),
    "party": Said("谁", "Whom"),
    "view": Said("看什么", "How much"),
    "again": Said("补打面单", "Print the label again"),
    "again_help": Said("补打计数，原因记入证据。", "A reprint is counted, its reason recorded."),
    "again_here": Said("补打并从浏览器打印", "Print again from the browser"),
    "void": Said("作废单号", "Void the number"),
    "void_help": Said("作废不可撤销；快件收寄后不能作废。", "This cannot be undone; after acceptance it is refused."),
    "reason": Said("原因", "Reason"),
    "back": Said("返回运单", "Back to the waybill"),
}
_NAMES: Final = {
    "number": Said("单号", "Number"),
    "subs": Said("其他包裹的单号", "Numbers of further packages"),
    "state": Said("单号状态", "Number's state"),
    "parcel": Said("快件", "Parcel"),
    "made": Said("制单时间", "Issued"),
    "merchant": Said("商家", "Merchant"),
    "outlet": Said("网点", "Outlet"),
    "channel": Said("渠道", "Channel"),
    "destination": Said("目的地", "Destination"),
    "kind": Said("种类", "Kind"),
    "rules": Said("规则包", "Rule pack"),
    "prints": Said("打印次数", "Prints"),
    "specimen": Said("样张", "Specimen"),
    "yes": Said("是，不会寄出", "yes, it never ships"),
    "batch": Said("批次", "Batch"),
}


@get("/waybills/{ref:str}", opt=signed())
async def show_one_waybill(visitor: Asking, ref: FromPath[str]) -> Response[str]:
    """Show one waybill."""
    shown = await visitor.ask(show_waybill, ref_of(ref))
    return await waybill_page(visitor, shown)


@get("/waybills/{ref:str}/label.pdf", opt=signed())
async def show_label(visitor: Asking, ref: FromPath[str]) -> Response[bytes]:
    """Give the label as it was printed last."""
    drawn = await visitor.ask(_drawn, visitor, ref_of(ref))
    return pdf(drawn, "label.pdf")


@get("/waybills/{ref:str}/evidence", opt=signed())
async def show_evidence(visitor: Asking, ref: FromPath[str]) -> Response[str]:
    """Say what the evidence says about a waybill."""
    back, codes = await visitor.ask(_looked_back, ref_of(ref))
    steps = [step_of(each.log, each.placed, codes) for each in back.entries]
    trail = Place(back.bill.number, f"{HERE}/{show_ref(back.bill.ref)}")
    return page("console/waybill_evidence.html", WORDS, visitor, steps=steps, whole=back.all, trail=trail)


async def waybill_page(
    visitor: Visitor, shown: WaybillShown, problem: Problem | None = None, *, status: int = 200
) -> Response[str]:
    """Return the page of one waybill; ``problem`` is why what was asked of it was refused."""
    disclosure = await visitor.threads.run(tell_disclosure, visitor.house, shown.bill)
    post = visitor.house.account.post
    purposes = [each for each in PURPOSES if each in ALLOWED and post in POSTS[each]]
    here = f"{HERE}/{show_ref(shown.bill.ref)}"
    labels = label_pictures(shown, here=here, size=visitor.house.settings.label_size)
    acts = kept_from(visitor.house, Desk.WAYBILL_ACTS) is None and shown.bill.state is not NumberState.VOIDED
    return page(
        "console/waybill.html",
        WORDS | DISCLOSURE_WORDS,
        visitor,
        status=status,
        here=here,
        **disclosure_shown(disclosure),
        labels=labels if isinstance(labels, list) else [],
        no_label=labels if isinstance(labels, Said) else None,
        facts=_facts(shown),
        masks=_masks(shown),
        unseen=Problem.of(shown.unseen) if shown.unseen else None,
        scans=[Step(each.at_ms, SCAN_WORDS[each.scan], by=each.place or each.source) for each in shown.scans],
        purposes=choices(PURPOSES, among=purposes),
        parties=choices(PARTIES),
        views=choices(VIEWS),
        again=choices(AGAIN) if acts else [],
        voids=choices(VOIDS) if acts else [],
        problem=problem,
    )


def own_press(visitor: Visitor) -> Press:
    """Return the calling thread's press. Call it inside a flow."""
    return visitor.threads.own(PRESS, lambda: press_of(visitor.house.settings))


def pdf(document: bytes, name: str) -> Response[bytes]:
    """Return a document to be shown in the browser's own viewer, and kept nowhere."""
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"}
    return Response(document, media_type="application/pdf", headers=headers)


def _drawn(house: House, visitor: Visitor, ref: Ref) -> bytes | Refuse:
    bill = waybill_at(house, ref, desk=Desk.WAYBILLS)
    if isinstance(bill, Refuse):
        return bill
    press = own_press(visitor)
    labels = draw_labels(house, press, look_of(house), bill)
    return labels if isinstance(labels, Refuse) else press.to_pdf(labels)


def _looked_back(house: House, ref: Ref) -> tuple[LookedBack, dict[Ref, str]] | Refuse:
    found = look_back(house, ref)
    return found if isinstance(found, Refuse) else (found, house.access.account_codes())


def _facts(shown: WaybillShown) -> list[Fact]:
    bill = shown.bill
    told: list[tuple[str, object, Kind]] = [
        ("number", bill.number, Kind.CODE),
        ("state", NUMBERS[bill.state], Kind.TAG),
        ("parcel", parcel_tag(shown.way.state), Kind.TAG),
        ("made", bill.made_ms, Kind.TIME),
        ("destination", bill.destination, Kind.TEXT),
        ("merchant", bill.merchant, Kind.CODE),
        ("outlet", bill.outlet or None, Kind.CODE),
        ("channel", bill.channel or None, Kind.CODE),
        ("kind", KINDS[bill.kind], Kind.TEXT),
        ("rules", bill.rules, Kind.CODE),
        ("prints", bill.prints, Kind.COUNT),
        ("batch", show_ref(bill.batch), Kind.CODE),
    ]
    if bill.subs:
        told.insert(1, ("subs", "  ".join(bill.subs), Kind.CODE))
    if bill.specimen:
        told.append(("specimen", _NAMES["yes"], Kind.TEXT))
    return [Fact(_NAMES[name], value, kind) for name, value, kind in told]


def _masks(shown: WaybillShown) -> list[Fact]:
    facts: list[Fact] = []
    for party, masks in zip(PARTIES.values(), (shown.recipient, shown.sender), strict=True):
        for member, text in masks._asdict().items() if masks is not None else ():
            said = MEMBERS[member]
            facts.append(Fact(Said(f"{party.zh}{said.zh}", f"{party.en}: {said.en.lower()}"), text or None, Kind.MASK))
    return facts
