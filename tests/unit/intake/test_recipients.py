"""Who a row is for: addresses out of parts, whole recipients out of one cell, and plain, virtual or a handle."""

from __future__ import annotations

import pytest
from tests.unit.intake.files import ADDRESS, BOUNDS, NAME, PHONE, answer, called, codes, layout, row

from yinji.doors.intake.addresses import Recipient, joined_address, split_recipient, without_postcode
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.row_model import AnyRow, BadRow, Row, Who
from yinji.doors.intake.rows import RowReader
from yinji.kernel.party import PartyKind
from yinji.kernel.refusals import Refusal

HEAD = ["浙江省", "杭州市", "西湖区"]


@pytest.mark.parametrize(
    ("parts", "street", "whole"),
    [
        (HEAD, "望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "浙江省杭州市西湖区望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "浙江省 杭州市 西湖区 望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "浙江杭州西湖区望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "杭州市西湖区望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "西湖区望云路8号", "浙江省杭州市西湖区望云路8号"),
        (HEAD, "西湖大道8号", "浙江省杭州市西湖区西湖大道8号"),
        (HEAD, "杭州大厦3楼", "浙江省杭州市西湖区杭州大厦3楼"),
        (HEAD, "西湖区政府3号楼", "浙江省杭州市西湖区政府3号楼"),
        ([*HEAD, "翠苑街道"], "浙江省杭州市西湖区望云路8号", "浙江省杭州市西湖区翠苑街道望云路8号"),
        ([*HEAD, "翠苑街道"], "翠苑街道望云路8号", "浙江省杭州市西湖区翠苑街道望云路8号"),
        ([*HEAD, "翠苑街道"], "西湖区政府3号楼", "浙江省杭州市西湖区翠苑街道西湖区政府3号楼"),
        (["上海", "上海市", "浦东新区"], "晚晴路722号", "上海市浦东新区晚晴路722号"),
        (["北京市", "市辖区", "朝阳区"], "星桥路85号", "北京市朝阳区星桥路85号"),
        (["吉林省", "吉林市", "船营区"], "星桥路85号", "吉林省吉林市船营区星桥路85号"),
        (["", "杭州市", ""], "杭州市民中心A座", "杭州市民中心A座"),
        ([], "望云路8号", "望云路8号"),
    ],
)
def test_parts_are_joined_and_none_stands_twice(parts: list[str], street: str, whole: str) -> None:
    assert joined_address(parts, street) == whole


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (
            f"{NAME}，86-{PHONE}，浙江省 杭州市 西湖区 望云路8号",
            Recipient(NAME, f"86-{PHONE}", "浙江省 杭州市 西湖区 望云路8号"),
        ),
        (f"{NAME},{PHONE},{ADDRESS}", Recipient(NAME, PHONE, ADDRESS)),
        (f"{NAME} ， 86-{PHONE} ，0571-88880000， {ADDRESS}，310000", Recipient(NAME, f"86-{PHONE}", ADDRESS)),
        (f"{NAME}，86-{PHONE}，{ADDRESS}，后门，按铃", Recipient(NAME, f"86-{PHONE}", f"{ADDRESS}，后门，按铃")),
        (f"{NAME} {PHONE} {ADDRESS}", None),
        (f"{NAME}，{ADDRESS}，{PHONE}", None),
        (f"，{PHONE}，{ADDRESS}", None),
        ("", None),
    ],
)
def test_one_cell_is_a_whole_recipient_or_none(cell: str, found: Recipient | None) -> None:
    assert split_recipient(cell) == found


@pytest.mark.parametrize("tail", ["(310000)", "（310000）", "，310000", ""])
def test_a_postcode_behind_an_address_is_left_out(tail: str) -> None:
    assert without_postcode(ADDRESS + tail) == ADDRESS


NUMBER = "18400000965-7576"


@pytest.mark.parametrize(
    ("cells", "kind", "phone"),
    [
        ({"虚拟号码": NUMBER, "虚拟号码有效期": "2026-11-21 09:31:00"}, PartyKind.VIRTUAL, NUMBER),
        ({"虚拟号码": NUMBER, "虚拟号码有效期": "2026-11-21"}, PartyKind.VIRTUAL, NUMBER),
        ({"虚拟号码": NUMBER}, PartyKind.VIRTUAL, NUMBER),
        ({"虚拟号码": "700123456789012", "收件人电话": ""}, PartyKind.VIRTUAL, "700123456789012"),
        ({"收件人电话": NUMBER, "收件人类型": "虚拟号"}, PartyKind.VIRTUAL, NUMBER),
        ({"收件人电话": "700123456789012"}, PartyKind.PLAIN, "700123456789012"),
        ({"收件人电话": NUMBER}, PartyKind.PLAIN, NUMBER),
        ({"收件人电话": NUMBER, "收件人类型": "真实"}, PartyKind.PLAIN, NUMBER),
        ({"收件人电话": NUMBER, "收件人类型": "虚拟号", "虚拟号码有效期": "2026-11-21 09:29:00"}, PartyKind.PLAIN, NUMBER),
        ({"虚拟号码": NUMBER, "虚拟号码有效期": "2026-11-20"}, PartyKind.PLAIN, PHONE),
        ({"虚拟号码": NUMBER, "虚拟号码有效期": "长期", "收件人电话": ""}, PartyKind.PLAIN, NUMBER),
    ],
)
def test_a_number_is_virtual_only_where_its_column_says_so_and_it_has_not_expired(
    cells: dict[str, str], kind: PartyKind, phone: str
) -> None:
    made = row(**cells)
    assert (made.recipient.kind, made.recipient.phone.open()) == (kind, phone)


def test_a_masked_name_is_accepted() -> None:
    assert row(收件人="慕**").recipient.kind is PartyKind.PLAIN


@pytest.mark.parametrize(
    ("cells", "code", "who"),
    [
        ({"收件人电话": "139****5544"}, Refusal.PHONE_MASKED, Who.MASKED),
        ({"收件地址": "浙江省杭州市西湖区望江路**"}, Refusal.ADDRESS_MASKED, Who.MASKED),
        ({"收件人电话": "139****5544", "OAID": "a1B2c3"}, Refusal.HANDLE_WAITS, Who.HANDLE),
        ({"收件地址": "", "OAID": "a1B2c3"}, Refusal.HANDLE_WAITS, Who.HANDLE),
        ({"收件人": "##aGFuZGxl", "收件人电话": "$$aGFuZGxl", "收件地址": "##aGFuZGxl"}, Refusal.HANDLE_WAITS, Who.HANDLE),
        ({"收件人电话": "~AgAAAAKbV2jYqQ8B~0~"}, Refusal.HANDLE_WAITS, Who.HANDLE),
        ({"收件人电话": "1.39E+10"}, Refusal.CELL_ROUNDED, Who.PLAIN),
        ({"收件人电话": "12"}, Refusal.PHONE_IMPOSSIBLE, Who.PLAIN),
        ({"收件人电话": ""}, Refusal.PHONE_MISSING, Who.PLAIN),
        ({"收件人": ""}, Refusal.NAME_MISSING, Who.PLAIN),
        ({"收件地址": "望江路18号"}, Refusal.DIVISION_UNKNOWN, Who.PLAIN),
    ],
)
def test_what_nobody_can_be_reached_by_is_refused(cells: dict[str, str], code: Refusal, who: Who) -> None:
    found = answer(**cells)
    assert [each for each, _ in codes(found)] == [code]
    assert isinstance(found, BadRow)
    assert found.who is who


def test_a_handle_beside_whole_values_is_not_needed() -> None:
    assert row(OAID="a1B2c3").recipient.kind is PartyKind.PLAIN


def only(preset: str, cells: dict[str, str]) -> AnyRow:
    return RowReader(layout(list(cells), called(preset)), BOUNDS).row(Record(2, list(cells.values())))


@pytest.mark.parametrize(
    "address", ["杭州市西湖区望云路8号", "深圳市南山区白鹭东路66号", "上海浦东新区晚晴路722号", "恩施市舞阳坝街道7号"]
)
def test_an_address_of_jd_without_its_province_is_understood(address: str) -> None:
    cells = {"订单号": "1", "客户姓名": NAME, "客户地址": address, "联系电话": PHONE, "商品名称": "茶"}
    made = only("jd", cells)
    assert isinstance(made, Row)
    assert made.recipient.address.open() == address


def test_of_two_phones_the_one_that_is_not_masked_is_read() -> None:
    cells = {
        "订单编号": "1",
        "收货人姓名": NAME,
        "收货地址": ADDRESS,
        "联系手机": "139****5544",
        "联系电话": PHONE,
        "宝贝标题": "茶",
    }
    made = only("taobao", cells)
    assert isinstance(made, Row)
    assert made.recipient.phone.open() == PHONE


def test_a_changed_address_is_the_one_that_counts() -> None:
    cells = {
        "订单编号": "1",
        "收货人姓名": NAME,
        "收货地址": ADDRESS,
        "修改后的收货地址": "北京市朝阳区星桥路85号",
        "联系手机": PHONE,
    }
    made = only("taobao", cells | {"宝贝标题": "茶"})
    assert isinstance(made, Row)
    assert made.recipient.address.open() == "北京市朝阳区星桥路85号"


def test_a_shops_own_note_is_not_read() -> None:
    cells = {
        "订单号": "1",
        "客户姓名": NAME,
        "客户地址": ADDRESS,
        "联系电话": PHONE,
        "商品名称": "茶",
        "订单备注": "轻放",
        "商家备注": "老客户",
    }
    made = only("jd", cells)
    assert isinstance(made, Row)
    assert made.item.remark.open() == "轻放"
