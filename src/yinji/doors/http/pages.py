"""Pages: templates filled in the visitor's language, escaped, and given as HTML.

A page's sentences stand in one table beside its handlers, ``WORDS = {"title": Said("…", "…")}``; its template reads them as
``{{ words.title }}``. Every template also has ``shell`` (the sentences of the frame), ``language``, ``visitor``, ``form_token``, and
where this visitor may go (``sections``, ``current``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Response

from yinji.access.sessions.rules import form_token
from yinji.doors.http.look import furnish
from yinji.doors.http.places import current_of, sections_of
from yinji.doors.http.visitor import Visitor
from yinji.kernel.said import Language, Said

SHELL: Final = {
    "name": Said("隐寄", "Yinji"),
    "skip": Said("跳到正文", "Skip to the content"),
    "sign_out": Said("退出登录", "Sign out"),
    "sign_out_everywhere": Said("在所有设备上退出", "Sign out everywhere"),
    "other_language": Said("English", "中文"),
}
"""Sentences of the frame that stands around every page."""

_ENVIRONMENT: Final = Environment(
    loader=PackageLoader("yinji.doors.http"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
furnish(_ENVIRONMENT)


def in_language(words: Mapping[str, Said], language: Language) -> dict[str, str]:
    """Return a table of sentences in one language."""
    return {name: said.in_(language) for name, said in words.items()}


def page(
    template: str,
    words: Mapping[str, Said],
    visitor: Visitor,
    *,
    status: int = 200,
    **values: object,
) -> Response[str]:
    """Return a page: ``template`` below ``templates/``, its sentences, and the values it shows."""
    language = visitor.language
    text = _ENVIRONMENT.get_template(template).render(
        words=in_language(words, language),
        shell=in_language(SHELL, language),
        language=language.value,
        other_language=next(each.value for each in Language if each is not language),
        visitor=visitor,
        form_token=form_token(visitor.token) if visitor.token else "",
        sections=sections_of(visitor.house.account.post) if visitor.session else (),
        current=current_of(template),
        **values,
    )
    headers = {"content-language": language.value, "vary": "accept-language, cookie", "cache-control": "no-store"}
    return Response(text, media_type=MediaType.HTML, status_code=status, headers=headers)
