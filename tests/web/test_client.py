"""The client: patient where that is safe, exact about refusals, silent about persons, and as the API describes itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.asking import InProcess, client_of
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.doors.http.app import api_document
from yinji_client import Client, Order, Person, Problem, Retries, Unreachable, Unreadable
from yinji_client import records as kinds
from yinji_client.calls import CALLS, PREFIX
from yinji_client.records import types_of
from yinji_client.transport import Answer

LI = Person("李思远", "13800001234", "浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室")
CROWDED = Answer(503, {"retry-after": "0"}, b'{"code": 574, "name": "NODE_CROWDED", "title": "t", "remedy": "r"}')
SLOW = Answer(503, {}, b'{"code": 575, "name": "REQUEST_SLOW"}')
GATEWAY = Answer(502, {}, b"<html>bad gateway</html>")
BROKEN = Unreachable("ConnectionResetError", sent=True)
UNSENT = Unreachable("ConnectionRefusedError", sent=False)

GIVES = {
    "showMe": kinds.Me,
    "issueWaybills": kinds.OrderResults,
    "showWaybill": kinds.Waybill,
    "listWaybills": kinds.Waybills,
    "searchWaybills": kinds.Waybills,
    "voidWaybill": kinds.Waybill,
    "returnParcel": kinds.Return,
    "reportPrints": kinds.Prints,
    "takeEvents": kinds.EventResults,
    "listEvents": kinds.History,
    "listRanges": kinds.Ranges,
    "showStock": kinds.Stocks,
    "reserveNumbers": kinds.Reserved,
    "showReservation": kinds.Reserved,
    "confirmNumbers": kinds.Reserved,
    "handBackReservation": kinds.HandedBack,
    "handBackOwner": kinds.HandedBack,
    "showCheckpoints": kinds.Checkpoints,
    "signCheckpoints": kinds.Checkpoints,
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return api_document()


@pytest.mark.parametrize("call", CALLS, ids=lambda each: each.id)
def test_every_call_is_an_operation_with_its_parameters_and_fields(call: Any, document: dict[str, Any]) -> None:
    told = document["paths"][PREFIX + call.path][call.method.lower()]
    assert told["operationId"] == call.id
    known = {each["name"] for each in told.get("parameters", []) if each["in"] == "query"}
    assert set(call.query) <= known, "the client sends what the API does not know"
    needed = {each["name"] for each in told.get("parameters", []) if each.get("required") and each["in"] == "query"}
    assert needed <= set(call.query)
    content = next(each for status, each in told["responses"].items() if status.startswith("2"))["content"]
    assert ", ".join(content) == call.gives
    media = next(iter(content))
    if call.id in GIVES:
        lacking = list(_lacking(GIVES[call.id], content[media]["schema"], document))
        assert not lacking, f"{call.id} does not give {lacking}"
    else:
        assert call.gives != "application/json", "a record stands in GIVES"


def _lacking(kind: Any, schema: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    whole = _resolved(schema, document)
    for each in fields(kind):
        told = whole.get("properties", {}).get(each.name)
        if told is None:
            yield f"{kind.__name__}.{each.name}"
            continue
        inner = next(
            (one for one in (*get_args(types_of(kind)[each.name]), types_of(kind)[each.name]) if is_dataclass(one)), None
        )
        if inner is not None:
            yield from _lacking(inner, _resolved(told, document).get("items", told), document)


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    for either in ("oneOf", "anyOf", "allOf"):
        if either in schema:
            return _resolved(next(each for each in schema[either] if each.get("type") != "null"), document)
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


@pytest.mark.parametrize("instead", [CROWDED, SLOW, GATEWAY, BROKEN, UNSENT], ids=lambda each: type(each).__name__)
def test_what_is_safe_is_sent_again_under_the_same_idempotency_key(site: Site, instead: Answer | Unreachable) -> None:
    way = InProcess(site, first=[instead, instead])
    assert client_of(site, Scope.NUMBERS_MANAGE, way=way).reserve("k", owner="OUT-7", count=3).got == 3
    assert len({headers["idempotency-key"] for _, _, headers, _ in way.sent}) == 1
    assert len(way.sent) == 3


@pytest.mark.parametrize(("instead", "sent"), [(SLOW, 1), (GATEWAY, 1), (BROKEN, 1), (CROWDED, 2), (UNSENT, 2)])
def test_labels_are_not_asked_for_twice_where_the_first_may_have_been_counted(
    site: Site, instead: Answer | Unreachable, sent: int
) -> None:
    way = InProcess(site, first=[instead, Answer(200, {}, b"%PDF-")])
    client = client_of(site, Scope.LABELS_PRINT, way=way)
    if sent == 1:
        with pytest.raises((Problem, Unreachable)):
            list(client.labels(["QL1"]))
    else:
        assert list(client.labels(["QL1"])) == [b"%PDF-"]
    assert len(way.sent) == sent


def test_patience_ends_and_what_waiting_does_not_mend_is_told_at_once(site: Site) -> None:
    way = InProcess(site, first=[CROWDED] * 9)
    with pytest.raises(Problem) as refused:
        client_of(site, way=way).me()
    assert (refused.value.name, len(way.sent)) == ("NODE_CROWDED", 4)
    spent = Answer(429, {"retry-after": "1"}, b'{"code": 407, "name": "QUOTA_SPENT"}')
    way = InProcess(site, first=[spent])
    with pytest.raises(Problem):
        client_of(site, way=way).me()
    assert len(way.sent) == 1


@given(attempt=st.integers(0, 30), chance=st.floats(0, 1), asked=st.sampled_from(["", "1", "7", "900", "Sun, 22 Nov"]))
@settings(max_examples=40)
def test_a_wait_grows_is_spread_and_has_an_end(attempt: int, chance: float, asked: str) -> None:
    patience = Retries(first_seconds=0.5, most_seconds=20)
    seconds = patience.seconds_before(attempt, asked=asked, chance=chance)
    assert 0.25 <= seconds <= 20
    if asked in {"1", "7"}:
        assert seconds >= float(asked)


def test_a_refusal_has_code_reason_and_remedy_in_the_language_asked_for(site: Site) -> None:
    with pytest.raises(Problem) as refused:
        Client("http://node", key="wrong", language="zh", transport=InProcess(site)).me()
    told = refused.value
    assert (told.status, told.code, told.name) == (401, 451, "API_KEY_WRONG")
    assert told.reason
    assert told.remedy
    assert told.request


def test_an_answer_of_something_else_is_unreadable_and_a_newer_field_is_passed_over(site: Site) -> None:
    with pytest.raises(Unreadable):
        client_of(site, way=InProcess(site, first=[Answer(200, {}, b"<html>")])).me()
    with pytest.raises(Unreadable, match=r"Me\.account"):
        client_of(site, way=InProcess(site, first=[Answer(200, {}, b"{}")])).me()
    told = b'{"account":"a","post":"p","organisation":"o","key":"k","scopes":[],"test":true,"expires":"e","newer":1}'
    assert client_of(site, way=InProcess(site, first=[Answer(200, {}, told)])).me().test


def test_no_representation_shows_a_person() -> None:
    order = Order("A-1", LI, contents="茶叶礼盒", remark="电话13800001234", ordered=date(2026, 11, 20))
    assert not [word for word in ("李思远", "13800001234", "望云路", "茶叶") if word in repr(order)]
    assert order.told()["recipient"]["name"] == "李思远"


def test_orders_are_checked_issued_printed_shown_and_voided(site: Site) -> None:
    client = client_of(site, Scope.WAYBILLS_ISSUE, Scope.WAYBILLS_READ, Scope.LABELS_PRINT, Scope.NUMBERS_MANAGE)
    orders = [Order(f"A-{each}", LI, contents="茶叶礼盒", ordered=date(2026, 11, 20)) for each in (1, 2)]
    assert [each.status for each in client.issue(orders, merchant="M", dry_run=True)] == ["fit", "fit"]
    issued = list(client.issue(orders, merchant="M"))
    assert [each.status for each in issued] == ["issued", "issued"]
    assert [each.number for each in client.issue(orders, merchant="M")] == [each.number for each in issued]
    (pdf,) = client.labels([each.number for each in issued])
    assert pdf.startswith(b"%PDF")
    pictures = list(client.labels([each.number for each in issued], again="printer", format="png"))
    pictures += client.labels([issued[1].number], again="printer", format="png")
    assert [each[:4] for each in pictures] == [b"\x89PNG"] * 3
    shown = client.waybill(issued[0].number)
    assert (shown.prints, shown.state) == (2, "printed")
    assert shown.recipient is not None
    assert "13800001234" not in shown.recipient.phone
    assert {each.number for each in client.waybills()} == {each.number for each in issued}
    assert client.void(issued[1].number, reason="mistaken").state == "voided"
    assert client.report_prints([issued[0].number], reason="damaged") == 1


def test_an_order_that_cannot_be_issued_does_not_keep_the_others(site: Site) -> None:
    client = client_of(site, Scope.WAYBILLS_ISSUE)
    bad = Order("A-1", Person("李思远", "138****1234", LI.address), contents="茶叶", ordered=date(2026, 11, 20))
    good = Order("A-2", LI, contents="茶叶", ordered=date(2026, 11, 20))
    refused, issued = client.issue([bad, good], merchant="M")
    assert (refused.status, refused.problems[0].name, issued.status) == ("refused", "PHONE_MASKED", "issued")


@pytest.mark.parametrize("address", ["node", "ftp://node", "http://", "http://node?x=1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        Client(address, key="k")
