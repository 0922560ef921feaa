"""What people write is text: nothing of it runs, on no page that shows it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.served import Node
from tests.browser.uploading import hand_in
from tests.browser.watching import Window
from yinji.access.model import Post

pytestmark = pytest.mark.xdist_group("browser")

TRAP = "<img src=x onerror=alert(1)>"
QUOTED = '"><script>alert(2)</script>'
HEADINGS = "订单号,收件人,收件人电话,收件地址,物品名称,备注"


def trapped() -> str:
    """An orders file that is nothing but traps wherever text is free: one row to mend, one to issue."""
    address = f"浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室{TRAP}"
    good = f"T-1,李思远{TRAP},13800001234,{address},茶叶{TRAP},轻放{TRAP}"
    bad = f"T-2{TRAP},赵静怡{TRAP},{TRAP},{address},,{TRAP}"
    return f"{HEADINGS},{TRAP}\n{good},{TRAP}\n{bad},{TRAP}\n"


def check_quiet(seen: Window, *texts: str) -> None:
    """The page stands as it was written: what was to run is read."""
    assert seen.page.locator("main :is(img[onerror], script)").count() == 0
    assert not [text for text in texts if text not in seen.page.inner_text("main")]
    assert seen.wrong == []


def test_a_trap_in_a_file_is_read_and_never_runs(window: Open, node: Node) -> None:
    code = node.account("trapped", Post.OPERATIONS)
    seen = window(language="en")
    seen.sign_in(code)
    hand_in(seen, trapped(), f"{TRAP}.csv")
    check_quiet(seen, TRAP)
    assert seen.page.locator("fieldset input").count() > 0
    seen.go("/console/issue")
    check_quiet(seen, TRAP)
    seen.go("/console")
    check_quiet(seen, TRAP)


def test_a_trap_in_a_person_is_shown_as_it_was_written(window: Open, node: Node) -> None:
    person = (f"李思远{TRAP}", "13800001234", "浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室")
    node.issue("trap", person, contents="茶叶", remark=QUOTED)
    seen = window("yunying")
    seen.go(node.bill("trap"))
    check_quiet(seen)
    seen.page.select_option("#purpose", "solve")
    seen.page.select_option("#view", "all")
    seen.send("form[action$='/reveal'] button")
    check_quiet(seen, TRAP)


@pytest.mark.parametrize(
    "path", ["/console/waybills?outlet={}", "/console/sign-in?next={}", "/problems/{}", "/l/{}", "/console/ledger/{}"]
)
def test_a_trap_in_an_address_never_runs(window: Open, path: str) -> None:
    seen = window("yunying")
    seen.go(path.format("%22%3E%3Cscript%3Ealert(3)%3C/script%3E"))
    check_quiet(seen)
