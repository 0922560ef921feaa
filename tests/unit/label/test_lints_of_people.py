"""Rules about persons in the texts of a label, each seen to pass and to refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from yinji.label import Press

Drafted = "Callable[..., Draft]"
Found = "Callable[..., list[tuple[str, str]]]"


@pytest.mark.parametrize(
    "text",
    [
        "护照E12345678",
        "护照号：EA1234567",
        "通行证 H1234567890",
        "台胞证12345678",
        "港澳居民证A123456(3)",
        "Passport No. G87654321",
        "居住证：810000199408230021",
    ],
)
def test_the_number_of_another_document_is_refused(drafted: Drafted, found: Found, text: str) -> None:
    assert ("express-regulation-identity", "remark") in found(drafted(remark=text))


@pytest.mark.parametrize(
    "text", ["护照夹、证件套", "证书一本", "显卡RTX4090", "货号E12345678", "型号A123456(4)", "（含充电卡）"]
)
def test_goods_that_sound_like_documents_pass(drafted: Drafted, found: Found, text: str) -> None:
    assert found(drafted(contents=text)) == []


@pytest.mark.parametrize(("mark", "rule", "done"), [("已验视", "inspection", "inspected"), ("已安检", "screening", "screened")])
def test_a_mark_stands_on_a_label_only_after_its_act(drafted: Drafted, found: Found, mark: str, rule: str, done: str) -> None:
    assert found(drafted(remark=f"{mark}，请放心")) == [(f"express-regulation-{rule}", "remark")]
    assert found(drafted(**{done: True})) == []
    assert found(drafted()) == []


@pytest.mark.parametrize(
    "number",
    [
        "18400001111-7576",
        "18400001111转7576",
        "95013 1234567890 转 123456",
        "700123456789012",
        "17000001111",
        "+86 17000001111",
    ],
)
@pytest.mark.parametrize("party", ["recipient", "sender"])
def test_a_number_said_to_be_virtual_stands_whole(drafted: Drafted, found: Found, party: str, number: str) -> None:
    assert found(_virtual(drafted(), party, number)) == []


@pytest.mark.parametrize("number", ["王小明 13800005678", "138****5678", "12345", "七百一十二"])
def test_what_is_no_number_does_not_stand_as_a_virtual_one(drafted: Drafted, found: Found, number: str) -> None:
    assert ("gbt-41833-virtual-number", "recipient.virtual_number") in found(_virtual(drafted(), "recipient", number))


def _virtual(draft: Any, party: str, number: str) -> Any:
    return replace(draft, **{party: replace(getattr(draft, party), phone="", virtual_number=number)})


@pytest.mark.parametrize(
    "remark",
    ["原号138****5678", "尾号同138 **** 5678", "收方13812**5678", "138xxxx5678", "1*81234****"],
)
def test_two_halves_of_one_number_are_counted_together(drafted: Drafted, found: Found, remark: str) -> None:
    assert ("gbt-41833-visible-digits", "remark") in found(drafted(remark=remark))  # the phone field shows 1******5678


@pytest.mark.parametrize("remark", ["原号1******5678", "会员1******9999", "约1*2米", "共3*4*5箱", "5#楼下"])
def test_a_half_that_adds_nothing_passes(drafted: Drafted, found: Found, remark: str) -> None:
    assert found(drafted(remark=remark)) == []


def test_a_virtual_number_is_not_the_rest_of_a_half_hidden_one(drafted: Drafted, found: Found) -> None:
    beside = _virtual(drafted(remark="真号1******5678"), "recipient", "13800005678")
    assert found(beside) == [("gbt-41833-visible-digits", "remark")]
    assert found(_virtual(drafted(remark="真号1******5678"), "recipient", "17000004321")) == []


@pytest.mark.parametrize("number", ["010-65001234", "021 5000 1234", "（0571）87654321", "0755-2345678", "０１０-65001234"])
def test_a_whole_landline_in_a_persons_text_is_refused(drafted: Drafted, found: Found, number: str) -> None:
    assert ("trade-landline", "sender.address") in found(drafted(sender_address=f"北京市海淀区样张路1号 {number}"))
    assert ("trade-landline", "remark") in found(drafted(remark=f"电{number}"))


def test_the_outlets_own_landline_passes(drafted: Drafted, found: Found) -> None:
    assert found(drafted(hotline="客服 010-65001234", outlet="仓前网点 0571-87654321")) == []


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("请交给张伟代收", True),
        ("微信 zhangwei_2026", True),
        ("放3-2-501门口", True),
        ("致电13900001111", True),
        ("邮箱 a.b@mail.example", True),
        ("请交给**代收", False),
        ("易碎，请轻放，工作日白天送", False),
        ("2026春季新款 500ml*6瓶", False),
    ],
)
@pytest.mark.parametrize("field", ["contents", "remark"])
def test_free_text_shows_no_other_person(drafted: Drafted, found: Found, field: str, text: str, *, shows: bool) -> None:
    assert (("house-free-text", field) in found(drafted(**{field: text}))) is shows


def test_where_a_parcel_was_picked_up_and_by_whom_is_masked_too(drafted: Drafted, found: Found) -> None:
    assert found(drafted(collected_at="杭州市余杭区仓前街道3幢501室")) == [("gbt-41833-address", "collected_at")]
    assert found(drafted(handed_by="苏小雨")) == [("gbt-41833-name", "handed_by")]
    assert found(drafted(collected_at="杭州市余杭区仓前街道****", handed_by="苏**")) == []


class _Linked:
    """A probe that knows a phone and finds it in the link of the QR code."""

    def leaks_in(self, text: str) -> tuple[str, ...]:
        return ("recipient.phone",) if "00-05678" in text else ()

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:  # noqa: ARG002 - the protocol's signature
        return self.leaks_in(text)


def test_the_probe_searches_the_link_of_the_qr_code(fonts: Any, drafted: Drafted, on: Any) -> None:
    press = Press(fonts, link="https://yj.example/00-056-78/")
    assert not isinstance(press.check([drafted()], [_Linked()], on=on)[0], tuple)
    press = Press(fonts, link="https://y.example/00-05678/")
    (found,) = press.check([drafted()], [_Linked()], on=on)
    assert [(each.rule, each.where) for each in found] == [("house-leak-probe", "qr")]
