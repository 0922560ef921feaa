from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yinji import law
from yinji.kernel.faults import Misuse
from yinji.kernel.refusals import Refusal
from yinji.label import Press
from yinji.label.lints import LINTS, RULES, TEMPLATE_LINTS
from yinji.law import Weight

Drafted = "Callable[..., Draft]"
Found = "Callable[..., list[tuple[str, str]]]"
ON = date(2026, 11, 21)


def test_a_well_masked_label_passes(drafted: Drafted, found: Found) -> None:
    assert found(drafted()) == []


@pytest.mark.parametrize("phone", ["1******5678", "138******78", "*******5678", "***********", "021-******78"])
def test_a_phone_that_hides_six_digits_passes(drafted: Drafted, found: Found, phone: str) -> None:
    assert found(drafted(recipient_phone=phone, sender_phone=phone)) == []


@pytest.mark.parametrize(
    "phone",
    [
        "13812345678",
        "138****5678",  # the familiar mask hides four
        "138*****678",
        "138****5678-**",  # an extension's marks are not the number's
        "",
        "700123456789012",  # by its shape no number is known to be virtual
    ],
)
@pytest.mark.parametrize("party", ["recipient", "sender"])
def test_a_phone_that_hides_fewer_than_six_digits_is_refused(drafted: Drafted, found: Found, party: str, phone: str) -> None:
    assert found(drafted(**{f"{party}_phone": phone})) == [("gbt-41833-phone", f"{party}.phone")]


@pytest.mark.parametrize("party", ["recipient", "sender"])
def test_a_whole_name_is_refused(drafted: Drafted, found: Found, party: str) -> None:
    assert found(drafted(**{f"{party}_name": "欧阳明"})) == [("gbt-41833-name", f"{party}.name")]


@pytest.mark.parametrize(
    "tail",
    [
        "3单元",
        "402室",
        "4 0 2 室",
        "十二室",
        "Ｂ座１２０１室",
        "B房",
        "2户",
        "房间302",
        "单元号：3",
        "3-2-501",
        "3－2－501",
        "201房间",
        "1号房",
    ],
)
@pytest.mark.parametrize("party", ["recipient", "sender"])
def test_an_address_that_shows_a_unit_or_a_room_is_refused(drafted: Drafted, found: Found, party: str, tail: str) -> None:
    shown = drafted(**{f"{party}_address": f"江苏省苏州市昆山市花桥镇绿地路88号5栋{tail}"})
    assert found(shown) == [("gbt-41833-address", f"{party}.address")]


@pytest.mark.parametrize(
    "address",
    [
        "江苏省苏州市昆山市花桥镇绿地路88号5栋****",
        "北京市海淀区西三旗户外运动公园北门",
        "四川省成都市武侯区12房产交易中心",
        "上海市静安区南京西路1-2号",
    ],
)
def test_an_address_without_unit_or_room_passes(drafted: Drafted, found: Found, address: str) -> None:
    assert found(drafted(recipient_address=address)) == []


IDENTITY_18, IDENTITY_15 = "11010519491231002X", "110105491231002"


@pytest.mark.parametrize("number", [IDENTITY_18, IDENTITY_15, "110105 19491231 002X", "110105-19491231-002x"])
def test_an_identity_number_in_any_text_is_refused(drafted: Drafted, found: Found, number: str) -> None:
    assert ("express-regulation-identity", "remark") in found(drafted(remark=f"清关 {number}"))
    assert ("express-regulation-identity", "contents") in found(drafted(contents=f"证件{number}号"))


@pytest.mark.parametrize("number", ["110105194913310021", "990105194912310021", "20261121000000123456"])
def test_a_long_number_that_is_no_identity_number_passes(drafted: Drafted, found: Found, number: str) -> None:
    assert ("express-regulation-identity", "remark") not in found(drafted(remark=f"订单 {number}"))


def test_what_the_vault_knows_is_refused_wherever_it_stands(drafted: Drafted, found: Found, probe: Any) -> None:
    knows = probe(recipient_name="王小明", recipient_phone="13800005678")
    for field in ("contents", "remark", "sender_address"):
        draft = drafted(**{field: "王小明**"})
        assert found(draft, knows) == [("house-leak-probe", field.replace("_", "."))]


def test_the_probe_judges_a_hit_field_by_field(drafted: Drafted, found: Found, probe: Any) -> None:
    knows = probe(recipient_name="张江", recipient_phone="13800005678")
    assert found(drafted(outlet="浦东张江一部"), knows) == []


def test_a_missing_glyph_is_named(press: Press, drafted: Drafted, probe: Any) -> None:
    answer = press.check([drafted(remark="好\U0001f9ff的", contents="零\u200b宽")], [probe()], on=ON)[0]
    assert isinstance(answer, tuple)
    assert {finding.where for finding in answer} == {"remark", "contents"}
    assert {finding.refusal for finding in answer} == {Refusal.GLYPH_MISSING}
    said = " ".join(finding.says.zh for finding in answer)
    assert "\U0001f9ff (U+1F9FF)" in said
    assert "U+200B" in said


def test_a_text_that_does_not_fit_is_refused(drafted: Drafted, found: Found) -> None:
    assert found(drafted(recipient_address="长" * 200)) == [("house-text-fits", "recipient.address")]
    assert found(drafted(recipient_address="长" * 120)) == []


def test_all_findings_of_a_label_come_together(drafted: Drafted, found: Found) -> None:
    rules = [rule for rule, _ in found(drafted(recipient_phone="13812345678", recipient_name="王明", remark="\u200b"))]
    assert rules == ["gbt-41833-name", "gbt-41833-phone", "house-glyphs"]


def test_before_the_standard_was_in_force_nothing_prints(press: Press, drafted: Drafted, probe: Any) -> None:
    answer = press.check([drafted()], [probe()], on=date(2020, 1, 1))[0]
    assert isinstance(answer, tuple)
    assert {finding.refusal for finding in answer} == {Refusal.NO_RULE_IN_FORCE}


def test_every_lint_has_its_rule_in_the_pack_with_a_citation(press: Press, drafted: Drafted, probe: Any) -> None:
    bad = drafted(recipient_phone="13812345678", remark=f"{IDENTITY_18}")
    answer = press.check([bad], [probe()], on=ON)[0]
    assert isinstance(answer, tuple)
    binding = {finding.rule: finding.binding for finding in answer}
    assert binding == {"gbt-41833-phone": False, "express-regulation-identity": True, "house-free-text": False}
    weights = {finding.rule: finding.weight for finding in answer}
    assert weights["gbt-41833-phone"] is Weight.RECOMMENDED  # every GB/T is: only the regulation binds
    assert all(finding.citation for finding in answer)


def test_every_rule_of_a_label_says_what_to_do_in_both_languages() -> None:
    for rule_id in RULES:
        rule = law.rule(rule_id, ON)
        assert rule is not None, rule_id
        assert rule.remedy is not None, rule_id
        assert all(rule.remedy), rule_id


def test_each_rule_stands_in_the_folder_of_the_body_that_made_it() -> None:
    folders = {"statute": Weight.BINDING, "gbt": Weight.RECOMMENDED, "trade": Weight.TRADE, "house": Weight.HOUSE}
    for rule_id, lint in {**LINTS, **TEMPLATE_LINTS}.items():
        rule = law.rule(rule_id, ON)
        assert rule is not None
        assert rule.weight is folders[lint.__module__.split(".")[-2]], rule_id


def test_a_finding_never_quotes_the_person(press: Press, drafted: Drafted, probe: Any) -> None:
    name, phone, room = "诸葛玉衡", "13700001111", "绿洲花园3单元1204室"
    draft = drafted(
        recipient_name=name, recipient_phone=phone, recipient_address=f"江苏省苏州市{room}", remark=f"{name}{phone}"
    )
    answer = press.check([draft], [probe(recipient_name=name, recipient_phone=phone)], on=ON)[0]
    assert isinstance(answer, tuple)
    for value in (name, phone, room, "1204"):
        assert value not in repr(answer)


def test_drafts_and_probes_pair(press: Press, drafted: Drafted, probe: Any) -> None:
    with pytest.raises(Misuse):
        press.check([drafted(), drafted()], [probe()], on=ON)


def test_answers_stand_in_the_order_of_the_drafts(press: Press, drafted: Drafted, probe: Any) -> None:
    answers = press.check([drafted(), drafted(recipient_name="王明"), drafted()], [probe()] * 3, on=ON)
    assert [isinstance(answer, tuple) for answer in answers] == [False, True, False]


def test_a_number_too_short_to_hide_six_digits_passes_when_none_shows(drafted: Drafted, found: Found, probe: Any) -> None:
    assert found(drafted(recipient_phone="*****"), probe()) == []
    assert found(drafted(recipient_phone="1****"), probe()) != []
    assert found(drafted(recipient_phone="****５"), probe()) != []
