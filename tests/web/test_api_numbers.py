"""Numbers for partners over the API: two steps that may be repeated, and back again."""

from __future__ import annotations

import pytest

from tests.web.asking import client_of
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji_client import Client, Problem


@pytest.fixture
def partner(site: Site) -> Client:
    return client_of(site, Scope.NUMBERS_MANAGE)


def test_numbers_are_reserved_confirmed_and_handed_back_and_the_stock_says_so(partner: Client) -> None:
    made = partner.reserve("2026-11-a", owner="OUT-7", count=100)
    assert (made.got, made.confirmed, sum(each.count for each in made.numbers)) == (100, False, 100)
    assert partner.stock().together.reserved == 100
    assert partner.confirm("2026-11-a").confirmed
    (own,) = (each for each in partner.stock().owners if each.owner == "OUT-7")
    assert (own.allocated, own.left, own.used) == (100, 100, 0)
    assert partner.hand_back(key="2026-11-a").handed_back == 100
    whole = partner.stock().together
    assert (whole.resting, whole.entered) == (100, whole.used + whole.left + whole.reserved + whole.resting)


def test_every_step_sent_again_is_answered_alike(partner: Client) -> None:
    assert partner.reserve("k", owner="OUT-7", count=10) == partner.reserve("k", owner="OUT-7", count=10)
    assert partner.confirm("k") == partner.confirm("k") == partner.reservation("k")
    assert partner.hand_back(key="k").handed_back == 10
    assert partner.hand_back(key="k").handed_back == 0


def test_one_reservation_handed_back_leaves_the_others(site: Site, partner: Client) -> None:
    for key in ("a", "b"):
        partner.reserve(key, owner="OUT-7", count=10)
        partner.confirm(key)
    assert partner.hand_back(key="a").handed_back == 10
    assert partner.hand_back(owner="OUT-7").handed_back == 10
    audited = site.world.house.register.examine(site.world.house.node.org)
    assert not audited.findings


@pytest.mark.parametrize(
    ("key", "owner", "count", "name"),
    [("k", "OUT-7", 11, "RESERVATION_CHANGED"), ("new", "张三", 1, "OUTLET_MALFORMED"), ("x y", "OUT-7", 1, "RESERVATION_MALFORMED")],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_refused_with_its_code(partner: Client, key: str, owner: str, count: int, name: str) -> None:
    partner.reserve("k", owner="OUT-7", count=10)
    with pytest.raises(Problem) as refused:
        partner.reserve(key, owner=owner, count=count)
    assert refused.value.name == name
    assert refused.value.remedy


def test_an_unknown_reservation_is_not_found(partner: Client) -> None:
    for ask in (partner.confirm, partner.reservation):
        with pytest.raises(Problem) as refused:
            ask("nothing")
        assert (refused.value.status, refused.value.name) == (404, "RESERVATION_UNKNOWN")


def test_under_a_test_key_or_another_scope_no_number_moves(site: Site) -> None:
    for client in (client_of(site, Scope.NUMBERS_MANAGE, test=True), client_of(site, Scope.SCANS_WRITE)):
        with pytest.raises(Problem) as refused:
            client.reserve("k", owner="OUT-7", count=1)
        assert (refused.value.status, refused.value.name) == (403, "API_KEY_NARROW")
    assert client_of(site, Scope.NUMBERS_MANAGE).stock().together.reserved == 0


def test_the_register_shows_its_ranges_as_they_are_printed(partner: Client) -> None:
    real = next(each for each in partner.ranges() if not each.specimen)
    assert real.numbers.first.startswith("QL1000000000000")
    assert real.numbers.count == 100_000


def test_registers_go_on_where_a_page_ended(site: Site, partner: Client) -> None:
    for owner in ("OUT-1", "OUT-2", "OUT-3"):
        partner.reserve(owner, owner=owner, count=3)
        partner.confirm(owner)
    headers = {"authorization": f"Bearer {site.key(Scope.NUMBERS_MANAGE).text.open()}"}

    def pages(path: str, named: str, key: str) -> list[str]:
        seen: list[str] = []
        cursor = ""
        for _ in range(10):
            told = site.browser.get(f"/api/v1/numbers/{path}?limit=1&cursor={cursor}", headers=headers).json()
            assert len(told[named]) == 1
            seen += [each[key] for each in told[named]]
            if not (cursor := told["next"]):
                break
        return seen

    assert pages("stock", "owners", "owner") == ["", "OUT-1", "OUT-2", "OUT-3"]
    assert pages("ranges", "ranges", "id") == [each.id for each in partner.ranges()]
    for wrong in ("cursor=abc", "cursor=%22", "limit=0", "limit=1001"):
        answer = site.browser.get(f"/api/v1/numbers/stock?{wrong}", headers=headers)
        assert answer.json()["name"] == "BODY_UNREADABLE", wrong
