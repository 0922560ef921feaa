"""An orders file at the console: handed in, understood, mended on the page, issued, its labels and files given to its account alone."""

from __future__ import annotations

import fcntl
import io
import re
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.web.conftest import Site, form_token
from yinji.access.model import Post
from yinji.doors.http.app import make_app
from yinji.doors.http.observing import make_log
from yinji.doors.intake.uploads.folder import Phase, Upload, list_uploads
from yinji.flows.clear_uploads import clear_uploads
from yinji.kernel.ids import Ref

HEADER = "订单号,收件人,收件人电话,收件地址,物品名称,身份证号,买家昵称\n"
GOOD = "A1,李思远,13800001234,浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室,茶叶礼盒,110101199003070000,小鹿\n"
SHORT_PHONE = "A2,赵静怡,1590000567,广东省深圳市南山区白鹭东路66号云栖花园A座1203,蓝牙耳机,,\n"
NO_CONTENTS = "A3,何秀兰,15800009098,云南省昆明市官渡区晚晴路354号春和小区30栋3单元2606,,,\n"
BROKEN = HEADER + GOOD + SHORT_PHONE + NO_CONTENTS
HERE = "/console/issue"
HAND_IN = "/console/issue/file"
HOUR_MS = 3_600_000


@pytest.fixture
def desk(site: Site) -> Site:
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    return site


def hand_in(site: Site, content: str | bytes, name: str = "orders.csv", **more: Any) -> Any:
    token = form_token(site.browser.get(HERE).text)
    data = content.encode() if isinstance(content, str) else content
    return site.browser.post(
        HAND_IN, data={"form_token": token, **more}, files={"orders": (name, data, "text/csv")}, follow_redirects=False
    )


def handed_in(site: Site, content: str | bytes, name: str = "orders.csv", **more: Any) -> str:
    answer = hand_in(site, content, name, **more)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def act(site: Site, href: str, deed: str, **data: str) -> Any:
    token = form_token(site.browser.get(href).text)
    return site.browser.post(f"{href}/{deed}", data={"form_token": token, **data}, follow_redirects=False)


def upload_of(site: Site, href: str) -> Upload:
    (found,) = Path(site.world.home / "uploads").glob(f"*/{href.rsplit('/', 1)[1]}")
    return Upload(found)


def english(site: Site, href: str) -> str:
    return str(site.browser.get(href, headers={"accept-language": "en"}).text)


def test_a_file_with_two_broken_rows_is_mended_on_the_page_and_issued(desk: Site) -> None:
    href = handed_in(desk, BROKEN)
    page = desk.browser.get(href).text
    assert "2 行要处理" in page
    fields = re.findall(r'<input id="(cell-3-\d+)" name="\1" type="text" value="([^"]*)"', page)
    assert [text for _, text in fields] == ["1590000567"], "the refused cell, and no other of its row"
    assert "赵静怡" not in page
    assert "白鹭东路" not in page
    assert "第 3 行" in page
    (phone, _), contents = fields[0], re.findall(r'id="(cell-4-\d+)"', page)[0]
    mended = act(desk, href, "mend", **{phone: "15900005678"})
    assert mended.status_code == 303
    page = desk.browser.get(href).text
    assert phone not in page
    assert contents in page
    assert upload_of(desk, href).state.came_to["figures"]["refused_rows"] == 1

    assert act(desk, href, "start").status_code == 303
    upload = upload_of(desk, href)
    assert upload.state.phase is Phase.DONE
    figures = upload.state.came_to["figures"]
    assert (figures["issued"], figures["labels"], figures["refused_rows"]) == (2, 2, 1)
    assert not upload.orders.exists(), "the file holds people: it goes when it is issued"
    assert not (upload.folder / "mends.json").exists()
    labels = desk.browser.get(f"{href}/results/labels.pdf")
    assert labels.headers["content-type"] == "application/pdf"
    assert labels.headers["content-disposition"].startswith("inline")
    assert labels.headers["cache-control"] == "no-store"
    assert b"/PrintScaling/None" in labels.content
    errors = desk.browser.get(f"{href}/results/errors.csv")
    assert "A3" in errors.text
    assert errors.headers["content-disposition"].startswith("attachment")
    assert "QL1000000000000" in desk.browser.get(f"{href}/results/shipped.csv").text
    assert desk.browser.get(f"{href}/results/report.json").json()["issued"] == 2
    assert desk.world.house.register.stock(desk.world.house.node.org).printed == 2


def test_the_same_file_again_issues_nothing_twice(desk: Site) -> None:
    first, href = (handed_in(desk, HEADER + GOOD) for _ in range(2))
    for each in (first, href):
        act(desk, each, "start")
    figures = upload_of(desk, href).state.came_to["figures"]
    assert (figures["issued"], figures["known"], figures["labels"]) == (0, 1, 1)


def test_the_page_says_how_each_column_was_read_in_both_languages(desk: Site) -> None:
    href = handed_in(desk, BROKEN)
    page = desk.browser.get(href).text
    for said in ("收件电话", "身份证件，不读取", "不读取，已丢弃", "CSV，UTF-8，以逗号分隔", "读懂了什么"):
        assert said in page
    page = english(desk, href)
    for said in (
        "recipient&#39;s phone",
        "identity documents, never read",
        "CSV, UTF-8, separated by commas",
        "Rows to be mended",
    ):
        assert said in page
    assert "110101199003070000" not in page
    assert 'lang="en"' in page
    assert "Hand in an orders file" in english(desk, HERE)
    assert "交来一个订单文件" in desk.browser.get(HERE).text


def test_an_upload_is_its_accounts_alone(desk: Site) -> None:
    href = handed_in(desk, HEADER + GOOD)
    act(desk, href, "start")
    desk.browser.cookies.clear()
    desk.sign_in(desk.opened("clerk-2", Post.OPERATIONS))
    token = form_token(desk.browser.get(HERE).text)
    assert href not in desk.browser.get(HERE).text
    assert desk.browser.get(href).status_code == 404
    assert desk.browser.get(f"{href}/results/labels.pdf").status_code == 404
    assert desk.browser.post(f"{href}/remove", data={"form_token": token}).status_code == 404
    assert upload_of(desk, href).folder.exists()


@pytest.mark.parametrize("post", [Post.COURIER, Post.COMPLIANCE])
def test_who_does_not_issue_hands_nothing_in(site: Site, post: Post) -> None:
    site.sign_in(site.opened("somebody", post))
    token = form_token(site.browser.get("/console").text)
    assert site.browser.get(HERE).status_code == 403
    files = {"orders": ("a.csv", (HEADER + GOOD).encode(), "text/csv")}
    assert site.browser.post(HAND_IN, data={"form_token": token}, files=files).status_code == 403
    assert not list(site.world.home.glob("uploads/*/*/orders"))


def test_without_its_token_a_file_is_not_taken(desk: Site) -> None:
    answer = desk.browser.post(HAND_IN, files={"orders": ("a.csv", b"x", "text/csv")})
    assert answer.status_code == 403
    assert not list(desk.world.home.glob("uploads/*/*/orders"))


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/cron.d/x.csv", "a\x00b.csv", "<script>alert(1)</script>.csv", "长" * 300],
)
def test_the_name_of_a_file_is_shown_and_never_a_path(desk: Site, name: str) -> None:
    before = {each for each in desk.world.home.parent.rglob("*") if "uploads" not in each.parts}
    href = handed_in(desk, HEADER + GOOD, name)
    page = desk.browser.get(href).text
    assert "<script>alert" not in page
    assert "../" not in upload_of(desk, href).state.name
    assert len(upload_of(desk, href).state.name) <= 80
    after = {each for each in desk.world.home.parent.rglob("*") if "uploads" not in each.parts}
    assert {each.name for each in after - before} <= {"data.db-wal", "data.db-shm", "disclosures.db-wal", "disclosures.db-shm"}


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (32 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n", "orders.csv"),
        (b"\x89PNG\r\n\x1a\n", "orders.xlsx"),
        (b"<html><table></table></html>", "orders.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "orders.xls"),
        (b"\xff\xfe\x00\x00\x81\x81", "orders.csv"),
        (HEADER.encode(), "orders.csv"),
        (b"a,b\n1,2\n", "orders.csv"),
        (bomb(), "orders.xlsx"),
    ],
    ids=["pdf", "picture", "page", "old-workbook", "noise", "header-only", "no-orders", "bomb"],
)
def test_what_is_no_orders_file_is_told_on_the_page_and_issues_nothing(desk: Site, content: bytes, name: str) -> None:
    href = handed_in(desk, content, name)
    page = desk.browser.get(href)
    assert page.status_code == 200
    assert str(desk.world.home) not in page.text
    upload = upload_of(desk, href)
    refused = upload.state.phase is Phase.REFUSED and upload.state.refused
    assert refused or upload.state.came_to["level"] == "nothing"
    assert f"{href}/start" not in page.text
    assert desk.world.house.register.stock(desk.world.house.node.org).used == 0


def test_a_formula_is_refused_in_the_file_and_when_it_is_mended_in(desk: Site) -> None:
    formula = '=HYPERLINK("http://evil.example")'
    href = handed_in(desk, BROKEN.replace("1590000567", '"=HYPERLINK(""http://evil.example"")"'))
    page = desk.browser.get(href).text
    assert 'value="=HYPERLINK(&#34;http://evil.example&#34;)"' in page, "shown as text, escaped"
    cell = re.findall(r'id="(cell-3-\d+)"', page)[0]
    act(desk, href, "mend", **{cell: formula})
    assert cell in desk.browser.get(href).text
    act(desk, href, "mend", **{cell: "x" * 5_000})
    assert cell in desk.browser.get(href).text


def test_fields_that_name_no_cell_are_passed_over(desk: Site) -> None:
    href = handed_in(desk, BROKEN)
    wild = {"cell--1-2": "x", "cell-3-999": "x", "cell-99999999999-1": "x", "cell-3": "x", "cell-²-1": "x", "other": "x"}
    assert act(desk, href, "mend", **wild).status_code == 303
    assert upload_of(desk, href).state.came_to["figures"]["refused_rows"] == 2


def test_a_file_beyond_the_bound_is_refused_and_leaves_nothing(desk: Site) -> None:
    object.__setattr__(desk.world.house.settings, "serve_upload_mib", 1)
    answer = hand_in(desk, b"a" * (1 << 20) + b"a")
    assert answer.status_code == 413
    assert "serve_upload_mib" in answer.text
    assert list(desk.world.home.glob("uploads/*/*/*")) == []
    assert hand_in(desk, b"").status_code == 413


def test_a_body_beyond_the_bound_is_cut_off_by_the_server(site: Site) -> None:
    object.__setattr__(site.world.house.settings, "serve_upload_mib", 1)
    with TestClient(make_app(site.world.house, log=make_log(site.log))) as browser:
        bounded = Site(site.world, site.app, site.log, site.metrics, browser)
        bounded.sign_in(bounded.opened("clerk-1", Post.OPERATIONS))
        assert hand_in(bounded, b"a" * (3 << 20)).status_code == 413
        assert list(site.world.home.glob("uploads/*/*/*")) == []
        browser.cookies.clear()
        stranger = browser.post(HAND_IN, files={"orders": ("a.csv", b"a" * (3 << 20), "text/csv")})
        assert stranger.status_code == 401, "who is not signed in is refused before anything is read"


def test_uploads_are_private_and_go_when_their_time_is_over(desk: Site) -> None:
    house, clock = desk.world.house, desk.world.clock
    href = handed_in(desk, BROKEN)
    upload = upload_of(desk, href)
    assert {oct(each.stat().st_mode & 0o777) for each in upload.folder.iterdir()} == {"0o600"}
    assert {oct(each.stat().st_mode & 0o777) for each in (upload.folder, upload.folder.parent)} == {"0o700"}
    clock.pass_ms(25 * HOUR_MS)
    assert clear_uploads(house) == 1
    assert not upload.orders.exists()
    desk.sign_in(desk.opened("clerk-9", Post.OPERATIONS))
    assert upload.folder.exists()
    clock.pass_ms(48 * HOUR_MS)
    clear_uploads(house)
    assert not upload.folder.exists()


def test_a_run_that_was_cut_short_goes_on(desk: Site) -> None:
    href = handed_in(desk, HEADER + GOOD)
    upload = upload_of(desk, href)
    upload.move(Phase.ISSUING)  # what a killed server leaves: no process holds the lock
    page = desk.browser.get(href).text
    assert "继续制单" in page
    assert "不会重复制单" in page
    act(desk, href, "start")
    assert upload.state.phase is Phase.DONE


class AfterTheSurvey(threading.Event):
    """Set from the second time that somebody asks: the first is asked while the file is only being read."""

    asked = 0

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked > 1


def test_a_run_stops_between_batches_keeps_its_labels_and_goes_on(desk: Site) -> None:
    object.__setattr__(desk.world.house.settings, "batch_orders", 1)
    rows = "".join(GOOD.replace("A1,", f"B{each},") for each in range(6))
    href = handed_in(desk, HEADER + rows)
    upload = upload_of(desk, href)
    house = desk.world.house
    stopping = acting_for(house, upload)
    jobs = desk.app.state["yinji_desk"].jobs
    own, jobs._stop = jobs._stop, AfterTheSurvey()
    jobs.start(stopping, upload, issue=True)
    jobs.wait(upload, 10)
    assert upload.state.phase is Phase.STOPPED
    assert upload.state.came_to["figures"]["issued"] == 1
    assert upload.orders.exists()
    assert desk.browser.get(f"{href}/results/labels.pdf").content.startswith(b"%PDF")
    jobs._stop = own
    act(desk, href, "start")
    figures = upload.state.came_to["figures"]
    assert (figures["issued"], figures["known"]) == (5, 1)


def acting_for(house: Any, upload: Upload) -> Any:
    account = replace(house.account, ref=Ref(bytes.fromhex(upload.folder.parent.name)))
    acting = replace(house, account=account)
    assert [each.id for each in list_uploads(acting)] == [upload.id]
    return acting


def test_a_check_is_left_at_once_where_it_is_to_stop_and_done_again(desk: Site) -> None:
    href = handed_in(desk, HEADER + GOOD)
    upload, jobs = upload_of(desk, href), desk.app.state["yinji_desk"].jobs
    jobs._stop.set()
    jobs.start(acting_for(desk.world.house, upload), upload, issue=False)
    jobs.wait(upload, 10)
    jobs._stop.clear()
    assert upload.state.phase is Phase.CHECKING
    assert "重新检查" in desk.browser.get(href).text
    act(desk, href, "check")
    assert upload_of(desk, href).state.came_to["figures"]["rows"] == 1


def test_while_a_run_goes_on_the_page_refreshes_and_another_file_waits(desk: Site) -> None:
    href = handed_in(desk, HEADER + GOOD)
    upload = upload_of(desk, href)
    upload.move(Phase.ISSUING)
    upload.tell(3, 10, 2)
    with (upload.folder.parent / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = desk.browser.get(href).text
        assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
        assert f'data-live="{href}/state"' in page
        assert "已制 2 件" in page
        part = desk.browser.get(f"{href}/state").text
        assert part.lstrip().startswith("<div")
        assert "<html" not in part
        assert hand_in(desk, HEADER + GOOD).status_code == 409
        assert act(desk, href, "stop").status_code == 303
        assert upload.is_to_stop
        assert act(desk, href, "remove").status_code == 409
    upload.move(Phase.DONE)
    assert act(desk, href, "remove").status_code == 303
    assert not upload.folder.exists()


def test_neither_addresses_nor_logs_hold_what_was_handed_in(desk: Site) -> None:
    href = handed_in(desk, BROKEN, name="13800009999.csv")
    act(desk, href, "mend", **{"cell-3-2": "15900005678"})
    act(desk, href, "start")
    told = desk.log.getvalue()
    for secret in ("13800009999", "15900005678", "1590000567", "李思远", href.rsplit("/", 1)[1]):
        assert secret not in told
