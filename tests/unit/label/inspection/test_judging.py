"""What is said of anybody's label: each rule by what breaks it, and what looks like it and does not."""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.label.inspection.labels import LINK, NUMBER, broken, doubtful, judged, label

from yinji.kernel.private import Private
from yinji.label.inspection.judging import judge
from yinji.label.inspection.model import Outcome, Source, Symbology
from yinji.law import Weight

PERSON = "赵知遥 13800001234 浙江省杭州市西湖区星桥路424号紫藤苑3幢2单元501室"


class Register:
    """A register that knows one number."""

    def __init__(self, number: str, *, virtual: bool | None) -> None:
        self.number, self.virtual = number, virtual

    def is_virtual(self, number: Private) -> bool | None:
        return self.virtual if number.open().startswith(self.number) else None


def test_a_label_that_hides_everybody_passes() -> None:
    assert judged(label()).outcome is Outcome.PASSES
    assert judged(label()).shown == ()


@pytest.mark.parametrize(
    "row",
    [
        "收 赵知遥 1******5678",
        "收件人：赵知遥 1******5678",
        "收 欧阳知遥 1******5678",
        "收 阿依古丽·买买提 1******5678",
        "To: 赵知遥 1******5678",
        "赵知遥 1******5678",
    ],
)
def test_a_name_of_which_nothing_is_hidden_is_found(row: str) -> None:
    assert broken(label(recipient=row)) == {"gbt-41833-name"}


@pytest.mark.parametrize(
    "row",
    [
        "收 赵** 1******5678",
        "收 赵*遥 1******5678",
        "收 欧阳** 1******5678",
        "收 赵× 1******5678",
        "收 赵●● 1******5678",
        "收 云雀贸易公司 1******5678",
    ],
)
def test_a_name_with_a_hidden_character_and_a_company_are_no_finding(row: str) -> None:
    assert broken(label(recipient=row)) == set()


@pytest.mark.parametrize(
    "row",
    [
        "收 王* 138****5678",
        "收 王* 138 **** 5678",
        "收 王* 138xxxx5678",
        "收 王* 138●●●●5678",
        "收 王* +86 138****5678",
        "收 王* 13812345***",
    ],
)
def test_a_phone_that_hides_fewer_than_six_digits_is_found(row: str) -> None:
    assert "gbt-41833-phone" in broken(label(recipient=row, sender=""))


@pytest.mark.parametrize(
    "number",
    ["13800001234", "138 0000 1234", "138-0000-1234", "１３８００００１２３４", "+8613800001234", "一三八零零零零一二三四"],
)
def test_a_whole_phone_is_found_however_it_is_written(number: str) -> None:
    assert broken(label(recipient=f"收 王* {number}")) == {"gbt-41833-phone"}


@pytest.mark.parametrize(
    "row", ["收 王* 18400913965-7576", "收 王* 18400913965转7576", "收 王* 虚拟号 18400913965", "收 王* 700123456789012"]
)
def test_a_number_that_may_be_virtual_cannot_be_told_by_its_shape(row: str) -> None:
    seen = label(recipient=row)
    assert broken(seen) == set()
    assert doubtful(seen) == {"gbt-41833-phone"}
    assert not any(each.supports_order for each in judged(seen).shown)


def test_a_register_of_virtual_numbers_settles_it() -> None:
    seen = label(recipient="收 王* 18400913965-7576")
    assert judged(seen, Register("18400913965", virtual=True)).outcome is Outcome.PASSES
    assert broken(seen, Register("18400913965", virtual=False)) == {"gbt-41833-phone"}
    assert doubtful(seen, Register("18400913965", virtual=None)) == {"gbt-41833-phone"}


def test_the_carriers_own_numbers_are_nobodys() -> None:
    assert broken(label(hotline="客服热线 021-58881234", outlet="派件网点 0571-88001122")) == set()
    assert broken(label(remark="备注 021-58881234")) == {"trade-landline"}


def test_two_masks_of_one_phone_count_together() -> None:
    assert broken(label(recipient="收 王* 1******5678", remark="备注 1******5678")) == set()
    assert broken(label(recipient="收 王* 1******5678", remark="备注 138******78")) == {"gbt-41833-visible-digits"}


@pytest.mark.parametrize(
    "row",
    [
        "浙江省杭州市西湖区星桥路424号紫藤苑3幢2单元501室",
        "浙江省杭州市西湖区星桥路424号3-2-501",
        "浙江省杭州市西湖区紫藤苑12栋2单元***",
        "浙江省杭州市西湖区紫藤苑A座1203",
        "浙江省杭州市西湖区星桥路424弄8号302室",
        "浙江省杭州市西湖区紫藤苑三单元五零一",
        "浙江省杭州市西湖区紫藤苑３幢５０１室",
    ],
)
def test_an_address_that_shows_unit_or_room_is_found(row: str) -> None:
    assert broken(label(to=row)) == {"gbt-41833-address"}


def test_a_room_on_the_next_row_belongs_to_its_address() -> None:
    assert broken(label(to="浙江省杭州市西湖区星桥路424号紫藤苑3幢", **{"to 2": "2单元501室"})) <= {"gbt-41833-address"}


@pytest.mark.parametrize(
    "remark",
    [
        "备注 110101199003070039",
        "备注 1101**********0039",
        "备注 身份证 ****0039",
        "备注 护照号 E12345678",
        "备注 证件号：440301800101001",
    ],
)
def test_what_belongs_to_an_identity_document_is_found_and_binds(remark: str) -> None:
    found = [each for each in judged(label(remark=remark)).shown if each.rule == "express-regulation-identity"]
    assert found
    assert all(each.weight is Weight.BINDING and each.supports_order for each in found)


@pytest.mark.parametrize("remark", ["备注 zhiyao@mail.example", "备注 微信 zhiyao_88", "备注 加V：zhiyao88"])
def test_accounts_in_a_remark_are_a_rule_of_the_house_and_support_no_order(remark: str) -> None:
    found = [each for each in judged(label(remark=remark)).shown if each.rule == "house-free-text"]
    assert found
    assert not any(each.supports_order for each in found)


@pytest.mark.parametrize(
    "payload",
    [
        PERSON,
        "13800001234",
        '{"phone":"13800001234"}',
        "https://t.example/?p=%31%33%38%30%30%30%30%31%32%33%34",
        base64.b64encode(PERSON.encode()).decode(),
        base64.urlsafe_b64encode(PERSON.encode("gb18030")).decode().rstrip("="),
        PERSON.encode().hex(),
        "https://t.example/?d=" + base64.b64encode(b"13800001234,zhiyao@mail.example").decode().replace("=", "%3D"),
        '{"a":"\\u6d59\\u6c5f\\u7701\\u676d\\u5dde\\u5e02\\u897f\\u6e56\\u533a\\u661f\\u6865\\u8def424\\u53f7"}',
        "NO:YQ12345678901|收件人:赵知遥",
    ],
)
def test_a_person_in_a_code_is_found_in_any_dress(payload: str) -> None:
    seen = label(((Symbology.CODE_128, NUMBER), (Symbology.QR, payload)))
    assert broken(seen) == {"house-code-content"}


@pytest.mark.parametrize(
    "payload", [LINK, NUMBER, "773012345678901", "https://t.example/t?n=YQ1234567890123", "k9QvT-3lLmA_x0Zr8sYw", ""]
)
def test_numbers_links_and_tokens_in_a_code_are_nobody(payload: str) -> None:
    assert broken(label(((Symbology.CODE_128, NUMBER), (Symbology.QR, payload)))) == set()


def test_a_bar_code_that_is_a_mobile_number_is_one() -> None:
    assert broken(label(((Symbology.CODE_128, "13800001234"), (Symbology.QR, LINK)))) == {"house-code-content"}


def test_a_missing_code_and_too_fine_bars_are_habits_of_the_trade() -> None:
    assert broken(label(((Symbology.QR, LINK),))) == {"trade-code-128"}
    assert broken(label(((Symbology.CODE_128, NUMBER),))) == {"trade-qr-code"}
    assert broken(label(dots=1.0)) == {"trade-code-128", "trade-qr-code"}
    assert broken(label(dots=2.0)) == {"trade-qr-code"}


def test_what_nobody_can_read_is_not_said_to_be_missing() -> None:
    seen = label((), legible=False)
    assert broken(seen) == set()
    assert doubtful(seen) == {"trade-code-128", "trade-qr-code", "gbt-41833-zones"}
    assert judged(label(legible=False)).outcome is Outcome.CANNOT_TELL


def test_a_text_that_nobody_sees_on_paper_is_judged_as_one_that_everybody_sees() -> None:
    seen = judged(label(hidden="13800001234"))
    assert [(each.rule, each.source) for each in seen.shown] == [("gbt-41833-phone", Source.HIDDEN)]


def test_a_line_that_its_reader_did_not_trust_cannot_be_told() -> None:
    seen = label(source=Source.PICTURE, sure=0.4, recipient="收 赵知遥 13800001234")
    assert broken(seen) == set()
    assert doubtful(seen) == {"gbt-41833-name", "gbt-41833-phone"}


def test_off_a_picture_the_digits_that_show_are_counted_not_the_asterisks() -> None:
    blurred = "收 王* 1*****5678"
    assert broken(label(source=Source.PICTURE, recipient=blurred)) == set()
    assert broken(label(source=Source.PICTURE, recipient="收 王* 138****5678")) >= {"gbt-41833-phone"}


def test_an_exempt_label_may_show_its_recipient_and_nobody_says_that_it_must_not() -> None:
    seen = label(recipient="收 赵知遥 13800001234", mark="依法豁免 司法文书")
    assert broken(seen) == set()
    assert doubtful(seen) == {"gbt-41833-name", "gbt-41833-phone"}


def test_zones_that_cannot_be_told_are_named() -> None:
    seen = judged(label(signature="", sender="", **{"from": ""}))
    assert [each.rule for each in seen.shown] == ["gbt-41833-zones"]
    assert "寄件人、签收" in seen.shown[0].says.zh
    assert seen.outcome is Outcome.CANNOT_TELL


def test_a_rule_that_is_not_in_force_is_not_looked_for() -> None:
    shown = judge(label(recipient="收 赵知遥 13800001234"), on=date(2022, 1, 1)).shown
    assert {each.rule for each in shown} == set()


def test_a_verdict_repeats_nothing_that_was_read() -> None:
    seen = label(recipient=f"收 {PERSON}", remark="备注 110101199003070039 zhiyao@mail.example", hidden="13800001234")
    told = repr(asdict(judged(seen)))
    assert not [each for each in ("赵知遥", "13800001234", "501", "0039", "zhiyao") if each in told]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8), st.text(max_size=60))
def test_no_text_and_no_code_raises(texts: list[str], payload: str) -> None:
    rows = {f"row {place}": text for place, text in enumerate(texts)}
    seen = label(((Symbology.QR, payload),), **rows)
    assert judged(seen) == judged(seen)
