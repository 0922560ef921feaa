"""The console of the demonstration: accounts of an invented node, and the server on this machine alone.

Secrets of the invented accounts are printed and kept beside the node in a file of the owner's (0600), so that a demonstration run
again still knows them. A real node keeps no secret anywhere: `yinji accounts add` shows it once.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from yinji.access.accounts.service import Opened
from yinji.access.model import Post
from yinji.doors.cli.context import Door
from yinji.doors.cli.serve import serve_house
from yinji.flows.house import House
from yinji.flows.name_accounts import add_account, list_accounts
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

ACCOUNTS: Final = "accounts.txt"
ANY_PORT: Final = 0

_WANTED: Final = (
    ("yunying", Post.OPERATIONS),
    ("kuaidi", Post.COURIER),
    ("hezuo", Post.PARTNER),
    ("jianguan", Post.AUTHORITY),
    ("hegui", Post.COMPLIANCE),
)
"""运营, 快递, 合作, 监管, 合规. Compliance last: once it is there, it alone opens accounts of its own post."""

_LINE: Final = re.compile(r"(\S+) (\S+) (\S+)")


def open_accounts(door: Door, house: House, folder: Path) -> list[tuple[str, str, str]]:
    """Return code, post and secret of the demonstration's accounts, opened where they are not there yet."""
    known = _kept(folder / ACCOUNTS)
    there = {each.named.account.code for each in list_accounts(house)}
    told = []
    for code, post in _WANTED:
        secret = known.get(code, "?")
        if code not in there:
            opened = add_account(house, code, post)
            if isinstance(opened, Refuse):
                door.voice.stop(opened)
            secret = _handed_over(opened)
        told.append((code, post.value, secret))
    handle = os.open(folder / ACCOUNTS, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.writelines(f"{' '.join(each)}\n" for each in told)
    return told


def serve_demo(door: Door, accounts: list[tuple[str, str, str]]) -> None:
    """Say who can sign in, and serve on this machine until stopped: on the usual port, or on any where that is taken."""
    lines = "\n".join(f"  {code:<9} {post:<11} {secret}" for code, post, secret in accounts)
    door.voice.say(
        f"\n演示账号（账号、岗位、密钥）：\n{lines}\n"
        "用浏览器打开下面的地址，以运营账号登录；可以交一个自己的 CSV，或 examples/orders-with-mistakes.csv。Ctrl+C 停止。",
        f"\nDemonstration accounts (account, post, secret):\n{lines}\n"
        "Open the address below in a browser and sign in as operations. Hand in a CSV of your own, or examples/orders-with-mistakes.csv. "
        "Ctrl+C stops.",
    )
    with door.house() as house:
        settings = replace(house.settings, serve_host="", serve_socket="", serve_workers=1)
        try:
            serve_house(door, house, settings, chores=True)
        except Fault as fault:
            if fault.code is not Refusal.PORT_TAKEN or settings.serve_port == ANY_PORT:
                raise
            serve_house(door, house, replace(settings, serve_port=ANY_PORT), chores=True)


def _kept(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    found = map(_LINE.fullmatch, path.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[3] for match in found if match}


def _handed_over(opened: Opened) -> str:
    """Show an invented account's secret, made just now."""
    return opened.secret.open()
