"""Orders files as a clerk hands them in, with and without scripts."""

from __future__ import annotations

from tests.browser.served import HE, ZHAO
from tests.browser.watching import Window
from tests.simulators.node import LI

HEADER = "订单号,收件人,收件人电话,收件地址,物品名称,买家昵称\n"
PHONE_SHORT, PHONE = "1590000567", ZHAO[1]
BROKEN = "".join(
    (
        HEADER,
        f"A1,{LI[0]},{LI[1]},{LI[2]},茶叶礼盒,小鹿\n",
        f"A2,{ZHAO[0]},{PHONE_SHORT},{ZHAO[2]},蓝牙耳机,\n",
        f"A3,{HE[0]},{HE[1]},{HE[2]},,\n",
    )
)
"""Three orders: a good one, one whose phone lacks a digit, one without contents."""


def hand_in(window: Window, content: str, name: str, *, fresh: bool = True) -> int:
    """Choose a file and send it; the page of the file, or of what was refused, is shown."""
    if fresh:
        window.go("/console/issue")
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    window.page.set_input_files("input[name=orders]", files=[file])
    return window.send("form[action='/console/issue/file'] button")
