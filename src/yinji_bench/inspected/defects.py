"""The defects: each a sheet that shows somebody in one way, and the rule under which it must be found."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from PIL import Image

from yinji_bench.inspected.as_pdf import as_pdf, as_pdf_of_picture
from yinji_bench.inspected.as_picture import as_jpeg, as_picture, as_png
from yinji_bench.inspected.layouts import Code, Sheet, drawn, saying
from yinji_bench.inspected.worsened import WORSENED

NAME, PHONE, PAIR = "gbt-41833-name", "gbt-41833-phone", "gbt-41833-visible-digits"
ADDRESS, LANDLINE, IDENTITY = "gbt-41833-address", "trade-landline", "express-regulation-identity"
FREE, CODES, BARS, SQUARE = "house-free-text", "house-code-content", "trade-code-128", "trade-qr-code"

PERSON: Final = "赵知遥 13800001234 浙江省杭州市西湖区星桥路424号紫藤苑3幢2单元501室"


class Defect(NamedTuple):
    """One label that shows somebody. ``make`` returns the file; ``rule`` must be broken, or (``told`` False) not be told."""

    name: str
    rule: str
    make: Callable[[], bytes]
    pixels: bool
    told: bool = True


_TEXTS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "a name": (NAME, {"name": "赵知遥"}),
    "a phone": (PHONE, {"phone": "13800001234"}),
    "a phone with four hidden": (PHONE, {"phone": "138****1234"}),
    "a room": (ADDRESS, {"room": "3幢2单元501室"}),
    "a sender's name": (NAME, {"from_name": "钱望舒"}),
    "a sender's phone": (PHONE, {"from_phone": "139 0000 4321"}),
    "a sender's room": (ADDRESS, {"from_street": "上海市浦东新区示例路88号2栋1103室"}),
    "an identity number": (IDENTITY, {"remark": "身份证 110101199003070039"}),
}
"""What is shown in every layout."""

_TEXTS_ONCE: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "half an identity number": (IDENTITY, {"remark": "1101**********0039"}),
    "a passport": (IDENTITY, {"remark": "护照号 E12345678"}),
    "a landline": (LANDLINE, {"remark": "请打 0571-88001122"}),
    "a mail address": (FREE, {"remark": "zhiyao@mail.example"}),
    "an account": (FREE, {"remark": "微信 zhiyao_88"}),
    "two masks of one phone": (PAIR, {"remark": "回电 138******78"}),
    "a chain of numbers": (ADDRESS, {"room": "3-2-501"}),
    "a room behind a block": (ADDRESS, {"room": "A座1203"}),
    "a room in a lane": (ADDRESS, {"street": "上海市浦东新区星桥路424弄8号302室"}),
    "a phone in Chinese numerals": (PHONE, {"remark": "电联 一三八零零零零一二三四"}),
    "a spaced phone": (PHONE, {"phone": "138 0000 1234"}),
    "no bar code": (BARS, {"number": ""}),
    "no square code": (SQUARE, {"link": ""}),
    "bars too fine": (BARS, {"bar_module": "0.19"}),
    "modules too fine": (SQUARE, {"qr_module": "0.3"}),
}

_HIDDEN: Final = ("white", "invisible", "covered", "tiny", "outside", "clipped", "behind", "info", "xmp", "note", "field")

_PAYLOADS: Final = {
    "plain": PERSON,
    "a mobile": "13800001234",
    "JSON": '{"phone":"13800001234"}',
    "percent signs": "https://t.example/?p=%31%33%38%30%30%30%30%31%32%33%34",
    "base64": base64.b64encode(PERSON.encode()).decode(),
    "base64 of GB 18030": base64.urlsafe_b64encode(PERSON.encode("gb18030")).decode().rstrip("="),
    "hexadecimal digits": PERSON.encode().hex(),
    "escapes": '{"a":"\\u6d59\\u6c5f\\u7701\\u676d\\u5dde\\u5e02\\u897f\\u6e56\\u533a\\u661f\\u6865\\u8def424\\u53f7"}',
    "a card": "MECARD:N:赵知遥;TEL:13800001234;;",
    "fields": "NO:YQ12345678901|收件人:赵知遥",
}

_PHOTOGRAPHED: Final = ("a name", "a phone", "a phone with four hidden", "a room", "an identity number")


def defects() -> Iterator[Defect]:
    """Yield every defect; no two have one name."""
    yield from _in_documents()
    yield from _in_codes()
    yield from _in_pictures()
    for number, extension in (("18400913965-7576", "a virtual number"), ("18400913965转7576", "a virtual number in words")):
        sheet = drawn("chinese", phone=number)
        yield Defect(f"{extension}, document", PHONE, partial(as_pdf, sheet), pixels=False, told=False)


def _in_documents() -> Iterator[Defect]:
    for layout in ("chinese", "english", "wordless", "pair"):
        for name, (rule, says) in _TEXTS.items():
            sheet = saying(layout, says)
            yield Defect(f"{name}, document, {layout}", rule, partial(as_pdf, sheet), pixels=False)
    for name, (rule, says) in _TEXTS_ONCE.items():
        sheet = saying("chinese", says)
        yield Defect(f"{name}, document", rule, partial(as_pdf, sheet), pixels=False)
    for way in _HIDDEN:
        sheet = drawn("chinese", hidden=((way, "13800001234"),))
        yield Defect(f"a phone, {way}", PHONE, partial(as_pdf, sheet), pixels=False)
    for rule, said in ((IDENTITY, "110101199003070039"), (NAME, "收件人：赵知遥"), (ADDRESS, PERSON.split()[-1])):
        sheet = drawn("wordless", hidden=(("white", said),))
        yield Defect(f"{rule}, white", rule, partial(as_pdf, sheet), pixels=False)


def _in_codes() -> Iterator[Defect]:
    for name, payload in _PAYLOADS.items():
        sheet = drawn("wordless", link=payload)
        yield Defect(f"a square code with a person in {name}", CODES, partial(as_pdf, sheet), pixels=False)
    sheet = drawn("chinese", number="13800001234")
    yield Defect("a bar code with a mobile", CODES, partial(as_pdf, sheet), pixels=False)
    plain = drawn("chinese")
    matrix = Code("matrix", "TEL:13800001234", 6, 112, module=0.6)
    more = plain.__class__(plain.items, (*plain.codes, matrix), plain.wide, plain.high)
    yield Defect("a Data Matrix with a person", CODES, lambda: as_pdf(more), pixels=False)


def _in_pictures() -> Iterator[Defect]:
    layouts = ("chinese", "wordless", "english")
    for at, (how, worsen) in enumerate(WORSENED.items()):
        for place, name in enumerate(_PHOTOGRAPHED):
            rule, says = _TEXTS[name]
            sheet = saying(layouts[(at + place) % len(layouts)], says)
            yield Defect(
                f"{name}, picture, {how}",
                rule,
                partial(_photographed, sheet, worsen),
                pixels=True,
            )
    phone = drawn("chinese", phone="13800001234")
    yield Defect("a phone, JPEG of quality 40", PHONE, lambda: as_jpeg(as_picture(phone), quality=40), pixels=True)
    yield Defect("a phone, document of one picture", PHONE, lambda: as_pdf_of_picture(as_picture(phone)), pixels=True)
    yield Defect("a phone, 400 dots an inch", PHONE, lambda: as_png(as_picture(phone, dpi=400)), pixels=True)
    code = drawn("english", link='{"phone":"13800001234"}')
    for how in ("clean", "blurred", "aslant", "dim"):
        yield Defect(
            f"a square code with a person, picture, {how}",
            CODES,
            partial(_photographed, code, WORSENED[how]),
            pixels=True,
        )
    two = drawn("pair", name="赵知遥")
    yield Defect("a name, two labels in a picture", NAME, lambda: as_png(as_picture(two)), pixels=True)


def _photographed(sheet: Sheet, worsen: Callable[[Image.Image], Image.Image]) -> bytes:
    return as_png(worsen(as_picture(sheet)))
