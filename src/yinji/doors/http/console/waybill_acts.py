"""What is done to one waybill: a look at a person, a reprint, the end of its number. Each leaves its sentence."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from yinji.access.desks import Desk
from yinji.doors.http.console.asked import Form, ref_of
from yinji.doors.http.console.revealed import facts_of
from yinji.doors.http.console.said_entry import LEDGER
from yinji.doors.http.console.waybill import HERE, own_press, pdf, waybill_page
from yinji.doors.http.console.waybill_words import PARTIES, PURPOSES, VIEWS, member
from yinji.doors.http.look import Problem
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused, status_of
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.house import House
from yinji.flows.node_look import look_of
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.show_person import PersonShown, show_person
from yinji.flows.show_waybill import show_waybill, waybill_at
from yinji.flows.void_waybill import VoidReason, void_waybill
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

WORDS: Final = {
    "title": Said("查看结果", "What was revealed"),
    "help": Said(
        "只显示这一次：离开或刷新后须重新说明目的。请勿抄录、拍照或转发。",
        "Shown this once: after leaving the page a purpose is needed again. Do not copy, photograph or pass it on.",
    ),
    "recorded": Said("这次查看已记入证据", "This look was recorded in the evidence"),
    "who": Said("谁", "Whom"),
    "why": Said("目的", "Purpose"),
    "view": Said("范围", "How much"),
    "number": Said("单号", "Number"),
    "entry": Said("查看对应的证据", "Its entry in the evidence"),
    "back": Said("返回运单", "Back to the waybill"),
}


@post("/waybills/{ref:str}/reveal", opt=signed(), status_code=200)
async def reveal(visitor: Asking, ref: FromPath[str], data: Form) -> Response[str]:
    """Show one party once."""
    party, view = member(PartyRole, data.get("party", "")), member(View, data.get("view", ""))
    purpose = member(Purpose, data.get("purpose", ""))
    if party is None or view is None or purpose is None:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE))
    wanted = ref_of(ref)
    shown = await visitor.threads.run(show_person, visitor.house, wanted, party=party, view=view, purpose=purpose)
    if isinstance(shown, Refuse):
        return await refused_page(visitor, wanted, shown)
    return page(
        "console/waybill_revealed.html",
        WORDS,
        visitor,
        facts=facts_of(shown),
        party=PARTIES[party],
        view=VIEWS[view],
        purpose=PURPOSES[purpose],
        number=shown.bill.number,
        back=f"{HERE}/{show_ref(shown.bill.ref)}",
        entry=entry_of(shown),
    )


@post("/waybills/{ref:str}/void", opt=signed(), status_code=303)
async def void(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Void the number for good."""
    reason, wanted = member(VoidReason, data.get("reason", "")), ref_of(ref)
    if reason is None:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE))
    voided = await visitor.threads.run(void_waybill, visitor.house, wanted, reason=reason)
    if isinstance(voided, Refuse):
        return await refused_page(visitor, wanted, voided)
    return Redirect(f"{HERE}/{show_ref(voided.ref)}", status_code=303)


@post("/waybills/{ref:str}/again", opt=signed(), status_code=200)
async def print_again(visitor: Asking, ref: FromPath[str], data: Form) -> Response[Any]:
    """Give the label again, counted and with its reason."""
    reason, wanted = member(AgainReason, data.get("reason", "")), ref_of(ref)
    if reason is None:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE))
    made = await visitor.threads.run(_made_again, visitor.house, visitor, wanted, reason)
    return await refused_page(visitor, wanted, made) if isinstance(made, Refuse) else pdf(made, "label.pdf")


def entry_of(shown: PersonShown) -> str:
    """Return where the evidence of a look stands, "" where it was not found."""
    return "" if shown.seq is None else f"{LEDGER}/{shown.log}/{shown.seq}"


def _made_again(house: House, visitor: Visitor, ref: Ref, reason: AgainReason) -> bytes | Refuse:
    bill = waybill_at(house, ref, desk=Desk.WAYBILL_ACTS)
    if isinstance(bill, Refuse):
        return bill
    press = own_press(visitor)
    labels, refused = print_labels(house, press, look_of(house), numbers=[bill.number], again=reason)
    return refused[0].refusal if refused else press.to_pdf(labels)


async def refused_page(visitor: Visitor, ref: Ref, refuse: Refuse) -> Response[str]:
    """Return a waybill's page that says why an act was refused."""
    shown = await visitor.ask(show_waybill, ref)
    return await waybill_page(visitor, shown, Problem.of(refuse), status=status_of(refuse.code))
