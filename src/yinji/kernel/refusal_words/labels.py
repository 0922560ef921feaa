"""Reasons and remedies: labels and waybill numbers."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.words import Words, words
from yinji.kernel.refusals import Refusal

LABELS: Final[dict[Refusal, Words]] = {
    Refusal.LABEL_SHOWS_PERSON: words(
        "面单会露出个人信息",
        "the label would show a person",
        "按指出的规则与位置修改内容；面单不会输出",
        "change the text that the rule names; the label does not leave",
    ),
    Refusal.NO_RULE_IN_FORCE: words(
        "当日没有生效的面单规则",
        "no label rule is in force on this day",
        "更新规则包",
        "update the rule pack",
    ),
    Refusal.TEXT_DOES_NOT_FIT: words(
        "文字放不进面单的框",
        "the text does not fit its box on the label",
        "缩短该内容",
        "shorten the text",
    ),
    Refusal.GLYPH_MISSING: words(
        "字体里没有这个字",
        "the font lacks this character",
        "安装含该字的字体，或请寄件方改写",
        "install a font that has it, or have the sender write it otherwise",
    ),
    Refusal.LABEL_SIZE_UNKNOWN: words(
        "没有这种面单尺寸",
        "there is no label of this size",
        "使用列出的尺寸之一",
        "use one of the sizes listed",
    ),
    Refusal.NUMBERS_EXHAUSTED: words(
        "号段已用完",
        "the number range is used up",
        "登记新的号段后再次运行；已制作的运单不受影响",
        "enter another range and run again; waybills already issued are unaffected",
    ),
    Refusal.RANGE_MALFORMED: words(
        "号段写法不对",
        "the number range is malformed",
        "写成 前缀:起始-结束，例如 YJ:100000000000-100000999999",
        "write PREFIX:FIRST-LAST, for example YJ:100000000000-100000999999",
    ),
    Refusal.RANGE_OVERLAPS: words(
        "号段与已登记的号段重叠",
        "the range overlaps one already entered",
        "换一个不重叠的号段",
        "enter a range that does not overlap",
    ),
    Refusal.NUMBER_MALFORMED: words(
        "单号格式或校验位不对",
        "the waybill number's form or check digit is wrong",
        "核对单号",
        "check the number",
    ),
    Refusal.NUMBER_UNKNOWN: words(
        "本节点没有这个单号",
        "this node has no such waybill number",
        "核对单号与组织",
        "check the number and the organisation",
    ),
}
