"""Checking anybody's label: on the public page and at a desk. The verdict is on the page, and nothing stays of the file."""

from __future__ import annotations

import io
import os
import re
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.simulators.node import LI, World
from tests.web.conftest import Site, form_token
from tests.web.test_tracking import CHINESE, said
from tests.web.test_waybill_pages import signed_in
from yinji.access.model import Post
from yinji.access.queries.rules import BOUNDS, Counted
from yinji.doors.http.app import make_app
from yinji.doors.http.form_in_memory import parts_of
from yinji.doors.http.inspected import said_place
from yinji.doors.http.observing import Metrics, make_log
from yinji.doors.http.problems import Refused
from yinji.doors.http.seats import READ_AT_ONCE, READ_FROM_ONE, Seats
from yinji.flows.inspect_upload import SHEETS_MAX, UPLOAD_BYTES_MAX
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.model import Region, SeenLabel, SeenText, Source

FORGED = b"%PDF-1.7 a label of somebody's"


class Paper:
    """A sheet with the lines of a waybill, as a reader would see them: nothing is opened, so that pages are tried fast."""

    place = "page 1"

    def __init__(self, *lines: str) -> None:
        self.lines = lines

    def labels(self) -> tuple[SeenLabel, ...]:
        texts = [
            SeenText(Private(line), Region(0.1, 0.05 + at / 20, 0.9, 0.09 + at / 20), Source.TEXT)
            for at, line in enumerate(self.lines)
        ]
        return (SeenLabel(self.place, tuple(texts), ()),)

    def pixels(self) -> tuple[int, int, bytes]:
        return (1, 1, b"\xff")


class Papers:
    """A reader that shows sheets, and may wait before it does."""

    def __init__(self, *sheets: Paper, wait: threading.Event | None = None) -> None:
        self.given, self.wait, self.heard = sheets, wait, threading.Event()
        self.read: list[bytes] = []

    def sheets(self, content: bytes) -> Any:
        self.read.append(content)
        self.heard.set()
        if self.wait is not None:
            assert self.wait.wait(5)
        return iter(self.given) if self.given else Refuse(Refusal.SHEET_UNKNOWN)


SHOWING = Paper("收件人", LI[0], LI[1], LI[2], "寄件人", "茶**", "1******5678", "上海市浦东新区张江镇示例路88号")


def with_reader(world: World, reader: Any) -> Site:
    world.house = replace(world.house, sheets=reader)
    log, metrics = io.StringIO(), Metrics()
    app = make_app(world.house, log=make_log(log), metrics=metrics)
    return Site(world, app, log, metrics, TestClient(app))


def sent(site: Site, content: bytes, path: str = "/check", *, name: str = "张三的面单.pdf", language: str = "zh") -> Any:
    headers = {"accept-language": language}
    token = form_token(site.browser.get(path, headers=headers).text)
    files = {"label": (name, content, "application/pdf")}
    return site.browser.post(path, data={"form_token": token}, files=files, headers=headers, follow_redirects=False)


@pytest.mark.parametrize(("language", "title"), [("zh", "检查一张面单"), ("en", "Check a label")])
def test_the_form_takes_a_file_or_a_photograph_without_scripts(site: Site, language: str, title: str) -> None:
    shown = site.browser.get("/check", headers={"accept-language": language})
    assert (shown.status_code, title in shown.text, shown.headers["cache-control"]) == (200, True, "no-store")
    assert shown.text.count('enctype="multipart/form-data"') == shown.text.count('type="file"') == 2
    assert shown.text.count('capture="environment"') == 1
    assert 'href="/check"' in site.browser.get("/l", headers={"accept-language": language}).text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_verdict_names_finding_rule_and_remedy_and_nothing_that_was_read(world: World, language: str) -> None:
    site = with_reader(world, Papers(SHOWING))
    answer = sent(site, FORGED, language=language)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    for there in ("GB/T 41833-2022", "<svg", 'class="spot wrong"', "SHA-256"):
        assert there in answer.text, there
    for never in (*LI, LI[1][-4:], "张三", "data:", "<img", "style="):
        assert never not in answer.text.replace("img-src", ""), never
    if language == "en":
        assert "fails" in answer.text
        read = re.sub(r"<td[^>]*data-label=\"Rule\".*?</td>", "", answer.text)
        assert set(CHINESE.findall(read)) <= {"中文"}, "a citation is of its law's own language"


def test_nothing_stays_of_a_file_but_a_count_of_the_day(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spooled: list[object] = []
    real = tempfile.SpooledTemporaryFile.rollover
    monkeypatch.setattr(
        tempfile.SpooledTemporaryFile, "rollover", lambda self: (spooled.append(self), real(self))[1]
    )  # not a mock: the framework's own way to a disk, heard
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reader = Papers(SHOWING)
    site = with_reader(world, reader)
    content = FORGED + os.urandom(3 << 20)
    before = len(said(world)), sorted(world.home.rglob("*"))
    assert sent(site, content).status_code == 200
    assert (reader.read, spooled) == ([content], [])
    assert (len(said(world)), sorted(world.home.rglob("*"))) == before
    assert "张三" not in site.log.getvalue()


def test_what_is_no_label_too_large_or_missing_is_refused_calmly(world: World) -> None:
    site = with_reader(world, Papers())
    for content, status, there in (
        (b"", 422, "220"),
        (b"nothing", 422, "220"),
        (b"x" * (UPLOAD_BYTES_MAX + (1 << 17)), 413, ""),
        (b"x" * (UPLOAD_BYTES_MAX + 1), 422, "223"),
    ):
        answer = sent(site, content)
        assert (answer.status_code, there in answer.text) == (status, True), status
    world.house = replace(world.house, sheets=Papers(*[SHOWING] * (SHEETS_MAX + 1)))
    assert sent(with_reader(world, world.house.sheets), FORGED).status_code == 422


def test_without_the_extra_the_page_says_so(world: World) -> None:
    class Missing:
        def sheets(self, content: bytes) -> Refuse:
            return Refuse(Refusal.SHEET_READER_MISSING, f"{len(content)}"[:0])

    answer = sent(with_reader(world, Missing()), FORGED, language="en")
    assert "224" in answer.text
    assert answer.status_code == 422


def test_one_file_is_judged_at_a_time_and_others_are_told_when_to_come_back(world: World) -> None:
    wait = threading.Event()
    reader = Papers(SHOWING, wait=wait)
    site = with_reader(world, reader)
    with site.browser:
        token = form_token(site.browser.get("/check").text)
        answers: list[Any] = []

        def send() -> None:
            files = {"label": ("a.pdf", FORGED, "application/pdf")}
            answers.append(site.browser.post("/check", data={"form_token": token}, files=files))

        first = threading.Thread(target=send)
        first.start()
        assert reader.heard.wait(5)
        send()
        wait.set()
        first.join(5)
    busy, judged = answers
    assert (busy.status_code, busy.headers["retry-after"], "正在检查另一份" in busy.text) == (503, "5", True)
    assert judged.status_code == 200


def test_so_many_bodies_are_read_at_once_and_few_from_one_network() -> None:
    seats = Seats()
    with ExitStack() as taken:
        for at in range(READ_AT_ONCE):
            taken.enter_context(seats.reading(f"203.0.113.{at // READ_FROM_ONE}"))
            if at + 1 == READ_FROM_ONE:
                assert crowded(seats, "203.0.113.0")
        assert crowded(seats, "198.51.100.1")
    assert not crowded(seats, "203.0.113.0")


def crowded(seats: Seats, network: str) -> bool:
    try:
        with seats.reading(network):
            return False
    except Refused as refused:
        return refused.refuse.code is Refusal.NODE_CROWDED


def test_an_address_may_hand_in_so_many_an_hour(world: World) -> None:
    reader = Papers()
    site = with_reader(world, reader)
    most = BOUNDS[Counted.INSPECTION].tries_an_hour
    assert {sent(site, b"x").status_code for _ in range(most)} == {422}
    closed = sent(site, b"x")
    assert closed.status_code == 429
    assert int(closed.headers["retry-after"]) > 0
    assert "检查暂时停止" in closed.text
    assert len(reader.read) == most
    world.clock.pass_ms(3_600_000)
    assert sent(site, b"x").status_code == 422


def test_a_form_that_is_not_ours_is_refused(site: Site) -> None:
    files = {"label": ("a.pdf", FORGED, "application/pdf")}
    assert site.browser.post("/check", files=files).status_code == 403
    assert site.browser.post("/check", data={"form_token": "x"}).status_code in {400, 403}
    foreign = {"sec-fetch-site": "cross-site"}
    assert site.browser.post("/check", files=files, headers=foreign).status_code == 403


def test_at_a_desk_one_entry_says_that_it_was_done_and_names_nobody(world: World) -> None:
    site = with_reader(world, Papers(SHOWING))
    signed_in(site, Post.COMPLIANCE)
    answer = sent(site, FORGED, "/console/inspect")
    assert (answer.status_code, "GB/T 41833-2022" in answer.text) == (200, True)
    (entry,) = [each for each in said(world) if each.event is Event.LABELS_INSPECTED]
    assert re.fullmatch(r"fails/[0-9a-f]{32}", entry.ground)
    assert (entry.count, entry.about) == (1, ())


@pytest.mark.parametrize("post", [Post.PARTNER, Post.AUTHORITY])
def test_a_guest_inspects_labels_and_sees_no_parcel(world: World, post: Post) -> None:
    site = with_reader(world, Papers(SHOWING))
    signed_in(site, post, "guest-1")
    home = site.browser.get("/console").text
    assert 'href="/console/inspect"' in home
    assert 'href="/console/waybills"' not in home
    assert site.browser.get("/console/inspect").status_code == 200
    assert site.browser.get("/console/ledger").status_code == (200 if post is Post.AUTHORITY else 403)
    for place in ("waybills", "numbers", "issue", "delivery", "settings", "templates"):
        assert site.browser.get(f"/console/{place}").status_code == 403, place


def test_a_courier_and_a_stranger_do_not_inspect_at_a_desk(world: World) -> None:
    site = with_reader(world, Papers(SHOWING))
    assert site.browser.get("/console/inspect", follow_redirects=False).status_code in {303, 401}
    signed_in(site, Post.COURIER, "kuaidi-1")
    assert site.browser.get("/console/inspect").status_code == 403
    assert 'href="/console/inspect"' not in site.browser.get("/console").text


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n--b--\r\n', {"a": b"one"}),
        (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="n"\r\nContent-Type: x/y\r\n\r\n\r\n--x\r\n\r\n--b--',
            {"f": b"\r\n--x\r\n"},
        ),
        (b"", None),
        (b"--b--", None),
        (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\none', None),
        (b"--b\r\nno head\r\n--b--", None),
    ],
)
def test_a_form_is_read_in_memory_as_it_was_sent(body: bytes, parts: dict[str, bytes] | None) -> None:
    assert parts_of(body, b"b") == parts


@pytest.mark.parametrize(
    ("place", "chinese"), [("page 3, label 2", "第 3 页 第 2 张面单"), ("picture", "图片"), ("label 12", "第 12 张面单")]
)
def test_where_a_label_stood_is_said_in_both_languages(place: str, chinese: str) -> None:
    assert said_place(place) == (chinese, place)
