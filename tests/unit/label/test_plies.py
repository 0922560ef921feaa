"""What stands on a label, ply by ply: proofs before it is passed, texts and codes when it is finished."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pytest

from yinji.kernel.faults import Misuse
from yinji.label import Fonts, Passed, Press, sizes
from yinji.label.finished import Code, Symbology
from yinji.label.layout import template_of
from yinji.label.lints.finding import Proof
from yinji.label.model import LAW, ON_DRAFT, PAPERS, PartyMask

if TYPE_CHECKING:
    from datetime import date

    from yinji.label import Draft, Label

DIFFICULT = {
    "recipient": PartyMask(
        "阿卜杜热西提·麦麦提******·买买提明",
        "",
        "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县示例镇阿帕尔东路与团结北巷交叉口往西三百米路南绿色家园农贸市场综合楼东侧****",
        virtual_number="95013 1234567890 转 123456",
    ),
    "sender": PartyMask(
        "古丽米热·阿***",
        "1******4321",
        "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗示例镇巴特罕大街与纳文路交汇处西南角加工园区****",
    ),
    "contents": "手工羊毛地毯、民族刺绣披肩与干果礼盒（葡萄干、杏干、核桃）各一",
    "remark": "易碎品，请轻拿轻放，勿压，勿倒置；如遇雨雪天气请加防水袋，工作日白天派送，放驿站前请先电话联系",
    "sorting_code": "",
    "destination": "新疆 伊犁哈萨克自治州 察布查尔锡伯自治县",
    "carrier": "青鸾国际供应链速递有限公司",
    "product": "生鲜冷链特快专递",
    "centre": "乌鲁木齐转运中心北区",
    "door": "必须上门",
    "outlet": "伊犁察布查尔县示例镇营业部",
    "return_outlet": "呼伦贝尔莫力达瓦旗示例网点",
    "clause": "签收前请核对外包装；签字即表示同意快递服务合同。本面单已隐藏个人信息。",
    "exemption": "法院专递送达",
    "collect_goods": 1_288_800,
    "insured": 2_000_000,
    "agreed_check": "当面验收后签字",
    "specimen": True,
}

NUMBER, TOKEN, MASTER = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", "YJ1234567890110"
Printed = "Callable[..., Label]"


@pytest.fixture(scope="module")
def printed(fonts: Fonts, probe_of_nobody: Any, on: date) -> Any:
    presses: dict[str, Press] = {}

    def make(draft: Draft, size: str = "76x130", master: str = "") -> Label:
        press = presses.setdefault(size, Press(fonts, size=size, link="https://y.example/l/"))
        (answer,) = press.check([draft], [probe_of_nobody], on=on)
        assert isinstance(answer, Passed)
        label = answer.numbered(NUMBER, TOKEN, master)
        label_texts[id(label)] = _text_layer(press, label)
        return label

    label_texts: dict[int, str] = {}
    make.layer = label_texts
    return make


def _text_layer(press: Press, label: Label) -> str:
    return _close(pdfium.PdfDocument(press.to_pdf([label]))[0].get_textpage().get_text_range())


def _close(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("size", sizes())
def test_a_label_names_every_text_that_it_prints(printed: Any, full: Draft, size: str) -> None:
    for draft in (full, replace(full, sorting_code="", specimen=True, exemption="法院专递")):
        label = printed(draft, size, MASTER)
        layer = printed.layer[id(label)]
        for text in sorted(label.texts, key=len, reverse=True):
            assert _close(text) in layer
            layer = layer.replace(_close(text), "", 1) if _close(text) != "样张SPECIMEN" else layer
        assert not set(layer) - set("样张SPECIMEN")  # and prints nothing else


@pytest.mark.parametrize("size", sizes())
def test_long_names_and_addresses_find_their_place_on_every_size(printed: Any, full: Draft, size: str) -> None:
    assert printed(replace(full, **DIFFICULT), size, MASTER)


@pytest.mark.parametrize("size", sizes())
def test_a_label_names_every_code_with_its_payload(printed: Any, full: Draft, size: str) -> None:
    label = printed(full, size)
    bars = [Code(Symbology.CODE_128, NUMBER)] * 2
    codes = [] if size.endswith("-slip") else [Code(Symbology.QR, f"https://y.example/l/{TOKEN}")]
    assert sorted(label.codes, key=repr) == sorted(bars + codes, key=repr)


def test_a_proof_shows_each_ply_by_itself(fonts: Fonts, full: Draft, probe_of_nobody: Any) -> None:
    setter = Press(fonts, size="100x150")._setter
    texts = setter.texts(full)
    proof = Proof(full, texts, "\n".join(texts), setter.set(texts), setter, probe_of_nobody)
    delivery, kept = proof.plies
    assert (delivery.ply.name.zh, kept.ply.name.zh) == ("派件联", "收件联")
    assert delivery.texts + kept.texts == texts
    assert delivery.text_of("sorting_code") == full.sorting_code
    assert kept.text_of("sorting_code") == ""
    assert delivery.text_of("recipient.address") == kept.text_of("recipient.address") == full.recipient.address
    assert full.contents in kept.whole
    assert full.contents not in delivery.whole
    assert (len(delivery.ply.part.qrs), len(kept.ply.part.qrs)) == (0, 1)


def test_a_field_on_two_plies_is_found_once(fonts: Fonts, full: Draft, probe_of_nobody: Any, on: date) -> None:
    bad = replace(full, recipient=replace(full.recipient, address="长" * 400))
    (found,) = Press(fonts, size="100x150").check([bad], [probe_of_nobody], on=on)
    assert isinstance(found, tuple)
    assert [(finding.rule, finding.where) for finding in found] == [("house-text-fits", "recipient.address")]


def test_a_caption_stands_with_its_value_only(printed: Any, full: Draft, drafted: Any) -> None:
    alone, together = printed(drafted(remark="")), printed(full)
    for caption in ("集包地", "重量", "备注", "实际揽收", "代寄"):
        assert caption not in alone.texts
        assert caption in together.texts
    for always in ("内件", "件数", "签收人"):
        assert always in alone.texts


def test_inspection_is_marked_only_after_that_act(printed: Any, drafted: Any) -> None:
    for inspected, screened in ((False, False), (True, False), (False, True), (True, True)):
        texts = printed(drafted(inspected=inspected, screened=screened)).texts
        assert ("已验视" in texts, "已安检" in texts) == (inspected, screened)


def test_a_missing_sorting_code_prints_the_badge(printed: Any, drafted: Any) -> None:
    assert "人工分拣" in printed(drafted(sorting_code="")).texts
    assert "人工分拣" not in printed(drafted()).texts


def test_an_exemption_is_marked_and_takes_the_place_of_the_privacy_mark(printed: Any, drafted: Any) -> None:
    plain, exempt = printed(drafted()).texts, printed(drafted(exemption="法院专递")).texts
    assert "隐私面单" in plain
    assert "隐私面单" not in exempt
    assert [text for text in exempt if text.endswith("豁免 法院专递")]


@pytest.mark.parametrize("ground", [PAPERS, LAW, ON_DRAFT])
@pytest.mark.parametrize("size", sizes())
def test_every_ply_says_by_what_ground_it_shows_a_person(printed: Any, full: Draft, size: str, ground: str) -> None:
    recipient = replace(full.recipient, name="王晓明", address="广东省深圳市南山区科苑路15号1203室")
    label = printed(replace(full, recipient=recipient, exemption=ground), size)
    mark = f"豁免 {ground}" if ground == ON_DRAFT else f"依法豁免 {ground}"
    assert label.texts.count(mark) == len(template_of(size).plies)
    assert "隐私面单" not in label.texts


def test_a_sub_number_names_its_master_and_the_master_only_its_count(printed: Any, full: Draft) -> None:
    sub, master = printed(full, master=MASTER), printed(full)
    assert "母件 YJ 1 2345 6789 0110" in sub.texts
    assert all("母件" not in text for text in master.texts)
    assert "2/3" in sub.texts
    assert "2/3" in master.texts
    assert all(code.payload != MASTER for code in sub.codes)


def test_a_virtual_number_stands_whole_and_only_where_the_draft_says_so(printed: Any, full: Draft) -> None:
    assert full.recipient.virtual_number in printed(full).texts
    with pytest.raises(Misuse):
        PartyMask("王*", "1******5678", "广东省****", virtual_number="17012340000")


def test_money_is_printed_to_the_fen(printed: Any, drafted: Any) -> None:
    texts = printed(drafted(collect_goods=105, collect_freight=0, insured=0)).texts
    assert {"代收货款 ¥1.05", "到付", "保价 ¥0.00"} <= set(texts)


def test_a_return_label_shows_the_number_the_parcel_came_with(printed: Any, full: Draft) -> None:
    texts = printed(full, "76x130-return").texts
    assert {"退", "原单号", "YJ9876543210987"} <= set(texts)
