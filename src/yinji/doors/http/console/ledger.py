"""``/console/ledger``: the evidence: both logs, their last checkpoints, their entries in words. Reading entries is evidence too."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response, get
from litestar.params import FromPath

from yinji.doors.http.console.said_entry import LEDGER, step_of
from yinji.doors.http.look import Fact, Kind, Place
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.tell_evidence import LogTold, read_entries, read_entry, tell_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.ledger.model import Placed

ROWS: Final = 50
"""Entries of one page."""

_DIGITS_MAX: Final = 15

WORDS: Final = {
    "title": Said("证据", "Evidence"),
    "help": Said(
        "谁在何时、为何做了什么。自每个检查点起，任何改动都能被发现；查阅条目本身也会记入证据。",
        "Who did what, when and why. From each checkpoint on any change is found. Reading entries is recorded too.",
    ),
    "log_data": Said("业务日志", "The log of the data"),
    "log_disclosures": Said("查看日志", "The log of disclosures"),
    "entries": Said("查阅条目", "Read its entries"),
    "no_checkpoint": Said(
        "还没有检查点；后台任务会定期签署。", "There is no checkpoint yet: the worker signs them at intervals."
    ),
    "checkpoint": Said("最近的检查点", "The latest checkpoint"),
    "checkpoint_help": Said(
        "请把检查点保存到别处：截断和分叉只有与别处保存的检查点对照才能发现。",
        "Keep checkpoints elsewhere: what was cut off, or forked, is only seen against one that was.",
    ),
    "download": Said("下载检查点", "Download the checkpoint"),
    "verify": Said("立即核验", "Verify now"),
    "verify_help": Said(
        "重新读取两份日志的全部条目并与全部检查点比对。",
        "Every entry of both logs is read again and compared with every checkpoint.",
    ),
    "none": Said("这里没有条目。", "There are no entries here."),
    "older": Said("较早的条目", "Older entries"),
    "newer": Said("较新的条目", "Newer entries"),
    "entry": Said("条目", "Entry"),
    "about": Said("涉及（随机引用）", "About (random references)"),
    "org": Said("组织", "Organisation"),
    "where": Said("地点", "Where"),
    "proof": Said("下载证明", "Download the proof"),
    "receipt": Said("下载收据", "Download the receipt"),
    "proof_help": Said(
        "证明供核验工具使用，收据供人阅读；尚无检查点覆盖时会先签署一个。",
        "A proof is for the verifier, a receipt for people. Where no checkpoint covers the entry, one is signed first.",
    ),
    "all": Said("返回证据", "Back to the evidence"),
    "root": Said("根哈希", "Root hash"),
    "count": Said("条目数", "Entries"),
    "ref": Said("条目引用", "The entry's reference"),
    "batch": Said("批次根哈希", "The batch's root hash"),
}


@get("/ledger", opt=signed())
async def show_ledger(visitor: Asking) -> Response[str]:
    """Show how both logs stand."""
    logs = await visitor.ask(tell_evidence)
    return page("console/ledger.html", WORDS, visitor, logs=[_log(each) for each in logs])


@get("/ledger/{log:str}", opt=signed())
async def show_entries(request: Request[Any, Any, Any], visitor: Asking, log: FromPath[str]) -> Response[str]:
    """Show entries in words, the latest first."""
    until = request.query_params.get("until", "")
    placed, size, codes = await visitor.ask(_read, log, number(until) if until else None)
    first, last = (placed[0].seq, placed[-1].seq) if placed else (0, 0)
    return page(
        "console/ledger_entries.html",
        WORDS,
        visitor,
        log=log,
        steps=[step_of(log, each, codes) for each in reversed(placed)],
        older=f"{LEDGER}/{log}?until={first}" if first else "",
        newer=f"{LEDGER}/{log}?until={min(last + 1 + ROWS, size)}" if placed and last + 1 < size else "",
    )


@get("/ledger/{log:str}/{seq:str}", opt=signed())
async def show_entry(visitor: Asking, log: FromPath[str], seq: FromPath[str]) -> Response[str]:
    """Show one entry."""
    placed, codes = await visitor.ask(_read_one, log, number(seq))
    entry = placed.recorded.entry
    facts = [
        Fact(WORDS["entry"], f"{log} {placed.seq}", Kind.CODE),
        Fact(WORDS["ref"], show_ref(placed.recorded.ref), Kind.CODE),
        Fact(WORDS["org"], show_ref(entry.actor.org), Kind.CODE),
        Fact(WORDS["where"], entry.actor.where, Kind.CODE),
        Fact(WORDS["count"], entry.count, Kind.COUNT),
        *(Fact(WORDS["about"], show_ref(each), Kind.CODE) for each in entry.about),
        *([Fact(WORDS["batch"], entry.root.hex(), Kind.CODE, wide=True)] if entry.root else []),
    ]
    here = Place(f"{log} {placed.seq}", f"{LEDGER}/{log}/{placed.seq}")
    return page("console/ledger_entry.html", WORDS, visitor, steps=[step_of(log, placed, codes)], facts=facts, here=here)


def number(text: str) -> int:
    """Return the place written in an address; raises `Refused` (ENTRY_UNKNOWN)."""
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX:
        return int(text)
    raise Refused(Refuse(Refusal.ENTRY_UNKNOWN))


def _read(house: House, log: str, until: int | None) -> tuple[list[Placed], int, dict[Ref, str]] | Refuse:
    read = read_entries(house, log, until=until, limit=ROWS)
    return read if isinstance(read, Refuse) else (read.entries, read.size, house.access.account_codes())


def _read_one(house: House, log: str, seq: int) -> tuple[Placed, dict[Ref, str]] | Refuse:
    read = read_entry(house, log, seq)
    return read if isinstance(read, Refuse) else (read, house.access.account_codes())


def _log(told: LogTold) -> dict[str, object]:
    facts = [Fact(WORDS["count"], told.size, Kind.COUNT), Fact(WORDS["root"], told.root.hex(), Kind.CODE, wide=True)]
    return {"name": told.log, "facts": facts, "note": told.note, "href": f"{LEDGER}/{told.log}"}
