"""The look keeps its promises: valid pages, both languages, contrast that is measured, nothing inline, small files."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree, html

from yinji.doors.http.look import Mark, Problem, furnish
from yinji.doors.http.look.filters import count, pieces
from yinji.doors.http.look.words import SAYS
from yinji.kernel.decision import Refuse
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language

ROOT = Path(__file__).parents[2]
HTTP = ROOT / "src/yinji/doors/http"
PARTS = {file.name: file.read_text(encoding="utf-8") for file in (HTTP / "templates/parts").glob("*.html")}
CSS = (HTTP / "static/console.css").read_text(encoding="utf-8")
SPRITE = etree.parse(HTTP / "static/icons.svg").getroot()
CSS_BYTES_MAX, JS_BYTES_MAX = 36_000, 6_000
"""Raised from 30,000 for labels at true size: a class and a named page for each paper. Once an hour for each browser."""
CHINESE = re.compile(r"[一-鿿]")
AA_TEXT, AA_SHAPE = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""
VOID = {"meta", "link", "input", "hr", "br", "img"}


@cache
def gallery(language: Language) -> str:
    """The page that shows every part once."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from gallery.page import gallery as drawn  # noqa: PLC0415 - scripts/ is on the path only here
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    return str(drawn(language, "light"))


def part(source: str, **values: object) -> str:
    """What a call of a part gives."""
    environment = Environment(loader=PackageLoader("yinji.doors.http"), autoescape=True, undefined=StrictUndefined)
    furnish(environment)
    return environment.from_string(source).render(**values)


def tokens(opening: str) -> dict[str, str]:
    """The colours that a rule of the style sheet sets, by name."""
    start = CSS.index(opening)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS[start : CSS.index("}", start)]))


LIGHT, DARK, DARK_BY_SYSTEM = (
    tokens(each) for each in (":root {", ':root[data-theme="dark"] {', ':root:not([data-theme="light"]) {')
)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def unclosed(text: str) -> list[str]:
    """Tags that are opened or closed out of turn: HTML parsers mend these silently."""
    stack: list[str] = []
    wrong: list[str] = []
    for closing, name, own in re.findall(r"<(/?)([a-zA-Z][\w-]*)(?:\s[^<>]*?)?(/?)>", text):
        if closing and (not stack or stack.pop() != name):
            wrong.append(name)
        elif not closing and not own and name not in VOID:
            stack.append(name)
    return wrong + stack


@pytest.mark.parametrize("language", Language)
def test_every_part_gives_valid_html(language: Language) -> None:
    assert not unclosed(gallery(language))
    page = html.document_fromstring(gallery(language))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    pointed = page.xpath("//@aria-labelledby | //@aria-describedby | //label/@for")
    assert {each for names in pointed for each in names.split()} <= set(ids)


def test_a_tag_out_of_turn_is_seen() -> None:
    assert unclosed("<p><b></p></b>") == ["p", "b"]
    assert unclosed("<div><p></p>") == ["div"]


@pytest.mark.parametrize("language", Language)
def test_nothing_is_written_into_a_page_that_the_policy_forbids(language: Language) -> None:
    page = html.document_fromstring(gallery(language))
    assert not [name for each in page.iter(etree.Element) for name in each.attrib if name == "style" or name.startswith("on")]
    assert not page.xpath("//style | //script[not(@src)]")
    assert not [each for each in page.xpath("//@href | //@src") if "//" in each]


def test_every_word_of_the_parts_stands_in_both_languages_and_is_said() -> None:
    assert all(CHINESE.search(said.zh) or not re.search(r"\w", said.zh) for said in SAYS.values())
    assert not [name for name, said in SAYS.items() if CHINESE.search(said.en) or not said.en]
    assert not [name for name, said in SAYS.items() if set(re.findall(r"{\w+}", said.zh)) != set(re.findall(r"{\w+}", said.en))]
    named = {name for text in PARTS.values() for name in re.findall(r"says\(['\"](\w+)", text)}
    by_state = {"info", "care", "wrong", "done", "used", "reserved", "free", "set_aside", "required", "optional"}
    assert named | by_state == SAYS.keys()


def test_the_parts_themselves_hold_no_sentence() -> None:
    assert not [name for name, text in PARTS.items() if CHINESE.search(text)]


@pytest.mark.parametrize("colour", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_is_told_from_its_ground(colour: dict[str, str]) -> None:
    grounds = ("paper", "sheet", "tint")
    pairs = [(text, ground) for text in ("ink", "ink-2", "ink-3", "accent", "care", "wrong", "done") for ground in grounds]
    tints = ("accent", "done", "care", "wrong")
    pairs += [
        ("on-accent", "accent"),
        *((name, f"{name}-tint") for name in tints),
        *(("ink", f"{name}-tint") for name in tints),
    ]
    weak = {pair: ratio for pair in pairs if (ratio := contrast(colour[pair[0]], colour[pair[1]])) < AA_TEXT}
    shapes = [(shape, ground) for shape in ("rule", "focus") for ground in grounds]
    faint = {pair: ratio for pair in shapes if (ratio := contrast(colour[pair[0]], colour[pair[1]])) < AA_SHAPE}
    assert weak | faint == {}


def test_both_ways_to_the_dark_give_the_same_colours() -> None:
    assert DARK == DARK_BY_SYSTEM
    assert DARK.keys() == LIGHT.keys()


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_files_are_small_and_ask_nobody_outside() -> None:
    script = (HTTP / "static/console.js").read_bytes()
    assert len(CSS.encode()) < CSS_BYTES_MAX
    assert len(script) < JS_BYTES_MAX
    assert not re.search(r"url\(|@import|https?:", CSS)
    assert not re.search(rb"https?:|innerHTML|eval\(|\.style\b", script)


def test_every_token_exists_and_is_used() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) == set(re.findall(r"--([\w-]+):", CSS))


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    held = {each.get("id") for each in SPRITE}
    assert {each.split("#")[1] for each in html.document_fromstring(gallery(Language.ZH)).xpath("//use/@href")} <= held
    assert {f"mark-{mark}" for mark in Mark} <= held


def test_a_tag_says_its_state_by_shape_and_by_word() -> None:
    tags = html.document_fromstring(gallery(Language.ZH)).xpath("//span[starts-with(@class, 'tag ')]")
    assert tags
    assert all(tag.xpath(".//use") and tag.text_content().strip() for tag in tags)
    shapes = [etree.tostring(each[0]) + bytes(len(each)) for each in SPRITE if each.get("id").startswith("mark-")]
    assert len(set(shapes)) == len(Mark)


def test_a_mask_is_read_out_as_what_is_hidden() -> None:
    shown = part(
        '{% import "parts/shown.html" as shown with context %}{{ shown.mask(given) }}', given="1******5811", language="zh"
    )
    assert html.fromstring(shown).text_content() == "1******隐去 6 个字符5811"
    assert [tuple(each) for each in pieces("**a*")] == [("**", True), ("a", False), ("*", True)]


def test_what_is_shown_is_escaped() -> None:
    source = '{% import "parts/shown.html" as s with context %}{{ s.value(given) }}{{ s.code(given) }}{{ s.mask(given) }}'
    assert "<b>" not in part(source, given="<b>", language="en")


def test_a_refusal_stands_at_its_field_with_code_reason_and_remedy() -> None:
    problem = Problem.of(Refuse(Refusal.PHONE_IMPOSSIBLE, "row 17"), field="phone")
    source = '{% import "parts/fields.html" as f with context %}{{ f.field("phone", "p", problems=[given]) }}'
    field = html.fromstring(part(source, given=problem, language="en"))
    told = field.xpath("//input[@aria-invalid='true']/@aria-describedby")[0]
    said, words = field.get_element_by_id(told.strip()).text_content(), WORDS[Refusal.PHONE_IMPOSSIBLE]
    assert all(each in said for each in ("112", words.reason.en, words.remedy.en, "row 17"))


def test_an_empty_table_is_its_empty_state() -> None:
    source = '{% import "parts/tables.html" as t with context %}{% call t.table("c", [], []) %}nothing{% endcall %}'
    shown = part(source, language="en")
    assert "nothing" in shown
    assert "<table" not in shown


def test_figures_are_set_apart_by_thousands() -> None:
    assert [count(each) for each in (1_204_318, -5, 0, None, "99.7")] == ["1,204,318", "−5", "0", "–", "99.7"]
