"""`yinji demo`: an invented node, two hundred invented people, and labels to hold in the hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from yinji.access.model import OrgKind
from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.demo_console import open_accounts, serve_demo
from yinji.doors.cli.issue import issue_file, tell
from yinji.doors.cli.ledger import say_evidence
from yinji.doors.intake.file_run import Job
from yinji.flows.found_node import Charter
from yinji.flows.set_sender import set_sender
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.settings import FILE
from yinji.waybill.rules import written

CHARTER: Final = Charter(
    (
        (OrgKind.HEADQUARTERS, "HQ", "青鸾快递", ""),
        (OrgKind.FRANCHISEE, "F-PUDONG", "青鸾快递浦东加盟店", "HQ"),
        (OrgKind.FRANCHISEE, "F-XIHU", "青鸾快递西湖加盟店", "HQ"),
        (OrgKind.MERCHANT, "M-CHAYU", "茶与山商行", ""),
        (OrgKind.PLATFORM, "P-JISHI", "集市优选平台", ""),
        (OrgKind.POSTAL_AUTHORITY, "A-HUCHENG", "沪城市邮政管理局", ""),
    )
)
"""All invented: a brand with two franchise outlets, a merchant, a platform, a city's postal administration."""

_SETTINGS: Final = 'product = "标准快递"\noutlet = "浦东张江一部"\nhotline = "400-000-0000"\n'
_PREFIX: Final = "QL"
_FIRST: Final = 1_000_000_000_000
_RANGE: Final = f"{_PREFIX}:{_FIRST}-{_FIRST + 999_999}"
_SENDER: Final = Party(Private("茶与山商行"), Private("021-50000000"), Private("上海市浦东新区张江镇示例路88号2栋301室"))


def demo(
    context: typer.Context,
    orders: Annotated[Path, typer.Option(help="订单文件 · orders")] = Path("examples/orders-general.csv"),
    folder: Annotated[Path, typer.Option(help="写到这里 · where to")] = Path("var/demo"),
    *,
    serve: Annotated[bool, typer.Option("--serve", help="最后打开控制台，直到停止 · then serve the console")] = False,
) -> None:
    """演示：虚构的节点与订单，得到面单，打开控制台 · a demonstration with invented people."""
    asked = door_of(context)
    folder.mkdir(parents=True, exist_ok=True)
    door = Door(folder / "node", asked.voice, asked.rooms)
    _found_once(door)
    job = Job(orders, folder / "labels.pdf", folder / "errors.csv", folder / "report.json", merchant="M-CHAYU")
    result = issue_file(door, job)
    tell(door.voice, result, job)
    with door.house() as house:
        say_evidence(house, door.voice)
        accounts = open_accounts(door, house, folder) if serve else []
    _say_next(door, folder)
    if serve:
        serve_demo(door, accounts)


def _found_once(door: Door) -> None:
    try:
        door.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (door.home / FILE).write_text(_SETTINGS, encoding="utf-8")
        door.rooms.found(door.home, CHARTER)
    except Fault as fault:
        if fault.code is not Refusal.NODE_EXISTS:
            raise
    with door.house() as house:
        if house.register.stock(house.node.org).entered == 0:
            entered = house.register.enter_range(house.node.org, _RANGE, specimen=False, actor=house.actor)
            if isinstance(entered, Refuse):
                door.voice.stop(entered)
        if house.vault.standing_sender(house.node.org) is None:
            set_sender(house, _SENDER)


def _say_next(door: Door, folder: Path) -> None:
    home = f"--home {folder}/node"
    number = written(_PREFIX, _FIRST, len(str(_FIRST)))
    door.voice.say(
        f"\n接下来试试：\n  打开 {folder}/labels.pdf\n"
        f"  .venv/bin/yinji {home} reveal {number} --purpose solve --view all\n"
        f"  .venv/bin/yinji {home} find --purpose solve\n"
        f"  .venv/bin/yinji {home} forget {number} --certificates {folder}/certificates\n"
        f"  .venv/bin/yinji {home} doctor\n"
        f"  .venv/bin/yinji {home} ledger show\n"
        f"  .venv/bin/yinji {home} ledger export {folder}/evidence && .venv/bin/python -m yinji_verify {folder}/evidence/data",
        f"\nTry next:\n  open {folder}/labels.pdf\n"
        f"  .venv/bin/yinji {home} reveal {number} --purpose solve --view all\n"
        f"  .venv/bin/yinji {home} find --purpose solve\n"
        f"  .venv/bin/yinji {home} forget {number} --certificates {folder}/certificates\n"
        f"  .venv/bin/yinji {home} doctor\n"
        f"  .venv/bin/yinji {home} ledger show\n"
        f"  .venv/bin/yinji {home} ledger export {folder}/evidence && .venv/bin/python -m yinji_verify {folder}/evidence/data",
    )
