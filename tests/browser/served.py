"""A node with something to show, served on loopback by a thread of this process."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from litestar import Litestar
from uvicorn import Config, Server

from tests.simulators.clock import DAY_MS
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.access.accounts.service import Opened
from yinji.access.model import Post
from yinji.doors.http.app import make_app
from yinji.doors.http.observing import make_log
from yinji.flows.take_scans import take_scans
from yinji.flows.tend_node import tend_node
from yinji.flows.void_waybill import VoidReason, void_waybill
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, show_ref
from yinji.waybill.parcel.model import Reported, Scan

SETTINGS = 'product = "标准快递"\noutlet = "浦东张江一部"\nhotline = "400-000-0000"\nreveals_a_day = 10000\n'
HE = ("何秀兰", "15800009098", "云南省昆明市官渡区晚晴路354号春和小区30栋3单元2606")
PEOPLE = (LI, ZHAO, HE)
CONTENTS = ("茶叶礼盒", "蓝牙耳机", "儿童绘本三册")
REMARKS = ("送前联系", "请勿放快递柜", "")
DAYS = 3
STARTED_SECONDS = 10.0


@dataclass
class Node:
    """A served node: where it listens, who can sign in, and which waybills stand for which state."""

    world: World
    app: Litestar
    log: io.StringIO
    url: str = ""
    secrets: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    def account(self, code: str, post: Post) -> str:
        """Open an account; return its code."""
        answer = self.world.house.accounts.open(code, post, actor=self.world.house.actor)
        assert isinstance(answer, Opened), answer
        self.secrets[code] = answer.secret.open()
        return code

    def issue(self, key: str, person: tuple[str, str, str] = LI, contents: str = "茶叶礼盒", remark: str = "") -> str:
        """Issue one order, known here by ``key``; return its number."""
        today = None
        outcome = self.world.issue([self.world.order(key, person, contents=contents, remark=remark, ordered=today)])
        assert not outcome.refused, outcome.refused
        self.numbers[key] = outcome.labels[0].number
        return self.numbers[key]

    def scan(self, key: str, *scans: Scan) -> None:
        """Report what happened to a parcel, an hour apart."""
        now = self.world.house.clock.now_ms()
        take_scans(self.world.house, [Reported(self.numbers[key], each, now + at) for at, each in enumerate(scans)])

    def ref(self, key: str) -> Ref:
        house = self.world.house
        return house.register.find(house.node.org, self.numbers[key]).ref

    def bill(self, key: str) -> str:
        """Return the path of a waybill's page."""
        return f"/console/waybills/{show_ref(self.ref(key))}"


def furnished(home: Path) -> Node:
    """Return a node as a small outlet knows it after some days: parcels in every state, one number voided, evidence signed."""
    world = make_world(home, settings=SETTINGS)
    log = io.StringIO()
    node = Node(world, make_app(world.house, log=make_log(log)), log)
    for day in range(DAYS):
        for at, person in enumerate(PEOPLE):
            node.issue(f"D{day}-{at}", person, CONTENTS[at], REMARKS[at])
        world.clock.pass_ms(DAY_MS)
    for key in ("on-its-way", "delivered", "voided", "to-void", "to-deliver"):
        node.issue(key, ZHAO)
    node.scan("on-its-way", Scan.ACCEPTED)
    node.scan("delivered", Scan.ACCEPTED, Scan.DELIVERED)
    node.scan("to-deliver", Scan.ACCEPTED)
    assert not isinstance(void_waybill(world.house, node.ref("voided"), reason=VoidReason.MISTAKEN), Refuse)
    assert all(done.refused is None for done in tend_node(world.house))
    for code, post in (
        ("yunying", Post.OPERATIONS),
        ("kuaidi", Post.COURIER),
        ("jianguan", Post.AUTHORITY),
        ("hegui", Post.COMPLIANCE),
    ):
        node.account(code, post)
    return node


@contextmanager
def serving(node: Node) -> Iterator[Node]:
    """Serve a node until left; it is closed then."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = Config(node.app, lifespan="on", ws="none", log_config=None, access_log=False, server_header=False)
        server = Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), name="served")
        thread.start()
        try:
            until = time.monotonic() + STARTED_SECONDS
            while not server.started:
                assert thread.is_alive(), "it ended before it served"
                assert time.monotonic() < until, "it never served"
                time.sleep(0.01)
            node.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            yield node
        finally:
            server.should_exit = True
            thread.join()
