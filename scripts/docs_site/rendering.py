"""From Markdown to a page's text: anchors that stay, links that lead somewhere on the site, code as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

DESCRIPTION_CHARACTERS: Final = 160
"""What a search page shows of a description, and no more."""

_MADE: Final = "Made from "
_WIDE: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that can be pointed at."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A page's text as HTML, with what its frame says of it."""

    title: str
    description: str
    headings: tuple[Heading, ...]
    html: str


def render(markdown: str, *, language: str, link: Callable[[str], str]) -> Text:
    """Render one page. ``link`` says where on the site a target is; ``language`` chooses the paragraph that describes it."""
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("fence", _fence)
    tokens = parser.parse(markdown)
    headings = tuple(_anchored(tokens))
    for token in _every(tokens):
        _join_chinese(token.children or ())
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = link(str(token.attrs[name]))
    title = next((each.title for each in headings if each.level == 1), "")
    return Text(title, _description(tokens, language) or title, headings, parser.renderer.render(tokens, parser.options, {}))


def slug(title: str) -> str:
    """Return the anchor of a heading as forges make it: lower case, no marks, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _join_chinese(line: Sequence[Token]) -> None:
    """Let no line's end become a space between two Chinese characters or marks."""
    for before, ending, after in zip(line, line[1:], line[2:], strict=False):
        if ending.type == "softbreak" and _WIDE.match(before.content[-1:]) and _WIDE.match(after.content[:1]):
            ending.type, ending.content = "text", ""


def _plain(token: Token) -> str:
    return "".join("\n" if each.type == "softbreak" else each.content for each in token.children or ())


def _anchored(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Give every heading its anchor; a second one of the same name gets a number."""
    taken: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        title = _plain(inline)
        name = slug(title) or "section"
        taken[name] = taken.get(name, -1) + 1
        anchor = f"{name}-{taken[name]}" if taken[name] else name
        opening.attrs["id"] = anchor
        if opening.tag != "h1":
            _point_at(inline, anchor, title)
        yield Heading(anchor, title, int(opening.tag[1]))


def _point_at(inline: Token, anchor: str, title: str) -> None:
    opening = Token("link_open", "a", 1, attrs={"href": f"#{anchor}", "class": "anchor", "aria-label": title})
    inline.children = [*(inline.children or ()), opening, Token("text", "", 0, content="#"), Token("link_close", "a", -1)]


def _description(tokens: Sequence[Token], language: str) -> str:
    """Return the first paragraph in ``language``; on a page of both languages the first that is."""
    paragraphs = [_plain(two) for one, two in pairwise(tokens) if one.type == "paragraph_open"]
    said = [each for each in paragraphs if each and not each.startswith(_MADE)]
    fitting = [each for each in said if bool(_CHINESE.search(each)) == (language == "zh")]
    chosen = next(iter([*fitting, *said]), "")
    chosen = re.sub(r"\s+", " ", chosen)
    return chosen if len(chosen) <= DESCRIPTION_CHARACTERS else f"{chosen[: DESCRIPTION_CHARACTERS - 1]}…"


def _table_open(_: RendererHTML, tokens: Sequence[Token], at: int, *__: object) -> str:
    columns = next((index for index, each in enumerate(tokens[at:]) if each.type == "tr_close"), 0)
    width = sum(each.type == "th_open" for each in tokens[at : at + columns])
    return f'<div class="table" tabindex="0" role="group"><table class="columns-{width}">\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _fence(_: RendererHTML, tokens: Sequence[Token], at: int, *__: object) -> str:
    """Write code as it stands: no prompt, no line numbers, nothing that a copy would carry along."""
    token = tokens[at]
    kind = re.sub(r"\W", "", token.info.partition(" ")[0])
    named = f' class="language-{kind}"' if kind else ""
    return f'<pre tabindex="0"><code{named}>{escape(token.content, quote=False)}</code></pre>\n'
