"""What is done with the evidence: verify it now; hand out a checkpoint, a proof, a receipt."""

from __future__ import annotations

import threading
from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from yinji.doors.http.console.asked import Form
from yinji.doors.http.console.ledger import number
from yinji.doors.http.console.said_entry import LEDGER
from yinji.doors.http.look import Fact, Kind, Mark, Tag
from yinji.doors.http.pages import page
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.tell_evidence import latest_checkpoint, prove_place, verify_now
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.ledger.model import Report

WORDS: Final = {
    "title": Said("核验结果", "What verification showed"),
    "help": Said(
        "两份日志的条目都已重新读取并与检查点比对。", "Both logs were read again and compared with their checkpoints."
    ),
    "log_data": Said("业务日志", "The log of the data"),
    "log_disclosures": Said("查看日志", "The log of disclosures"),
    "holds": Said("一致", "It holds"),
    "broken": Said("不一致", "It does not hold"),
    "count": Said("条目数", "Entries"),
    "checkpoints": Said("检查点数", "Checkpoints"),
    "good": Said("检查点证实到", "Confirmed by checkpoints up to"),
    "verdict": Said("结论", "Verdict"),
    "findings": Said("不一致之处", "What does not agree"),
    "warnings": Said("值得注意", "Worth a look"),
    "all": Said("返回证据", "Back to the evidence"),
}
_FINDINGS_SHOWN: Final = 50
_VERIFYING: Final = threading.Lock()
"""One verification at a time in a process: it reads everything, and must not crowd out the desk's work."""


@post("/ledger/verify", opt=signed(), status_code=200)
async def verify(visitor: Asking) -> Response[str]:
    """Read both logs again, now."""
    if not _VERIFYING.acquire(blocking=False):
        raise Refused(Refuse(Refusal.NODE_CROWDED))
    try:
        reports = await visitor.ask(verify_now)
    finally:
        _VERIFYING.release()
    return page("console/ledger_verified.html", WORDS, visitor, reports=[_report(each) for each in reports], all=LEDGER)


@get("/ledger/{log:str}/checkpoint", opt=signed())
async def download_checkpoint(visitor: Asking, log: FromPath[str]) -> Response[str]:
    """Give the latest checkpoint of a log, as it is signed."""
    return _file(await visitor.ask(latest_checkpoint, log), f"{log}.checkpoint")


@post("/ledger/{log:str}/{seq:str}/proof", opt=signed(), status_code=200)
async def download_proof(visitor: Asking, log: FromPath[str], seq: FromPath[str], data: Form) -> Response[str]:
    """Give the proof of an entry, or its receipt."""
    proved = await visitor.ask(_proof_text, log, number(seq), data.get("form", ""))
    return _file(proved, f"{log}-{number(seq)}.txt")


def _proof_text(house: House, log: str, seq: int, form: str) -> str | Refuse:
    proved = prove_place(house, log, seq)
    if isinstance(proved, Refuse):
        return proved
    return proved.receipt() if form == "receipt" else proved.text()


def _file(text: str, name: str) -> Response[str]:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(text, media_type="text/plain", headers=headers)


def _report(report: Report) -> dict[str, object]:
    verdict = Tag(WORDS["holds"], Mark.DONE) if report.holds else Tag(WORDS["broken"], Mark.WRONG)
    facts = [
        Fact(WORDS["verdict"], verdict, Kind.TAG),
        Fact(WORDS["count"], report.size, Kind.COUNT),
        Fact(WORDS["checkpoints"], report.checkpoints, Kind.COUNT),
        Fact(WORDS["good"], report.good_until, Kind.COUNT),
        Fact(Said("根哈希", "Root hash"), report.root.hex(), Kind.CODE, wide=True),
    ]
    return {
        "log": report.log,
        "facts": facts,
        "findings": [each.said() for each in report.findings[:_FINDINGS_SHOWN]],
        "warnings": [each.said() for each in report.warnings[:_FINDINGS_SHOWN]],
    }
