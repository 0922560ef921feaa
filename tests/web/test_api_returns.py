"""A parcel on its way back over the API: a number of its own, once, and nobody is shown."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from tests.leaks.canary import ADDRESS, NAME, PHONE, leaks_in
from tests.web.asking import InProcess, client_of
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.kernel.events import Event
from yinji_client import Client, Order, Person, Problem

ORDER = Order("R-1", Person(NAME, PHONE, ADDRESS), contents="茶叶")


@pytest.fixture
def shop(site: Site) -> Client:
    return client_of(site, *Scope)


def issued(client: Client) -> str:
    (told,) = client.issue([ORDER], merchant="M")
    return told.number


def test_a_parcel_goes_back_once_under_a_number_of_its_own(site: Site) -> None:
    way = InProcess(site)
    client = client_of(site, *Scope, way=way)
    number = issued(client)
    first, second = client.send_back(number), client.send_back(number)
    assert (first.original, first.status, first.specimen) == (number, "issued", False)
    assert (second.number, second.status) == (first.number, "known")
    assert first.number != number
    back = client.waybill(first.number)
    assert (back.channel, back.prints, back.state) == ("return", 0, "issued")
    answer = site.browser.post(f"/api/v1/waybills/{number}/return", headers=dict(way.sent[-1][2]))
    assert leaks_in(answer.content) == leaks_in(site.log.getvalue().encode()) == []
    (pdf,) = client.labels([first.number], size="76x130-return")
    assert len(PdfDocument(pdf)) == 1


def test_sending_back_is_two_looks_in_the_evidence_and_of_the_days_quota(site: Site, shop: Client) -> None:
    number = issued(shop)
    shop.send_back(number)
    house = site.world.house
    house.ledger.sequence(house.disclosures)
    placed = house.ledger.entries(house.disclosures, 0, 100)
    assert [each.recorded.entry.event for each in placed].count(Event.REVEAL_ENDED) == 2


def test_what_cannot_go_back_is_refused_with_its_reason(site: Site, shop: Client) -> None:
    number = issued(shop)
    back = shop.send_back(number).number
    (other,) = shop.issue([Order("R-2", ORDER.recipient, contents="茶叶")], merchant="M")
    shop.void(other.number)
    for asked, status, name in (
        (back, 422, "RETURNED_ALREADY"),
        (other.number, 409, "WAYBILL_VOIDED"),
        ("QL19999999999993", 422, "NUMBER_MALFORMED"),
    ):
        with pytest.raises(Problem) as refused:
            shop.send_back(asked)
        assert (refused.value.status, refused.value.name) == (status, name)
    for client in (client_of(site, Scope.WAYBILLS_READ, Scope.PERSONS_REVEAL), client_of(site, *Scope, test=True)):
        with pytest.raises(Problem) as narrow:
            client.send_back(number)
        assert narrow.value.name == "API_KEY_NARROW"


def test_a_parcel_is_sent_back_only_as_it_was_last_seen(site: Site, shop: Client) -> None:
    number = issued(shop)
    headers = {"authorization": f"Bearer {site.key(*Scope).text.open()}"}
    seen = site.browser.get(f"/api/v1/waybills/{number}", headers=headers).headers["etag"]
    path = f"/api/v1/waybills/{number}/return"
    assert site.browser.post(path, headers=headers | {"if-match": '"older"'}).json()["name"] == "CHANGED_MEANWHILE"
    assert site.browser.post(path, headers=headers | {"if-match": seen}).json()["status"] == "issued"


def test_a_test_key_moves_no_real_number(site: Site, shop: Client) -> None:
    number = issued(shop)
    tester = client_of(site, *Scope, test=True)
    acts = (
        lambda: tester.void(number),
        lambda: list(tester.labels([number])),
        lambda: tester.report_prints([number], reason="other"),
        lambda: tester.send_back(number),
    )
    for act in acts:
        with pytest.raises(Problem) as refused:
            act()
        assert refused.value.name == "API_KEY_NARROW"
    assert (shop.waybill(number).state, shop.waybill(number).prints) == ("issued", 0)
    (specimen,) = tester.issue([ORDER], merchant="M")
    assert tester.send_back(specimen.number).specimen
    assert tester.void(specimen.number).state == "voided"


def test_the_ship_back_form_names_every_order_and_its_number(shop: Client) -> None:
    orders = [Order(f"S-{at}", ORDER.recipient, contents="茶叶") for at in range(3)]
    numbers = [each.number for each in shop.issue(orders, merchant="M")]
    (form,) = shop.shipped(orders, merchant="M")
    rows = form.decode("utf-8-sig").splitlines()[1:]
    assert len(rows) == 3
    assert all(f"S-{at}" in row and numbers[at] in row for at, row in enumerate(rows))
    assert leaks_in(form) == []
