"""The site is made: every page in both trees, what pages show beside text, one style sheet."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from docs_site.contents import ORDER, Topic, ordered
from docs_site.rendering import Text, render
from docs_site.sources import DECISIONS, LANGUAGES, Broken, Source, Written, read_sources

HERE: Final = Path(__file__).parent
STATIC: Final = Path("src/yinji/doors/http/static")
STYLE: Final = "look.css"
FILES: Final = "files"
"""The folder of what pages link to and is no page: pictures, licence, records."""

TAGS: Final = {"zh": "zh-CN", "en": "en", "both": ""}
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_TWO_NAMES: Final = re.compile(
    r"(?P<zh>[^A-Za-z]*[\u4e00-\u9fff]) (?P<en>[A-Z].*)|(?P<en_first>[A-Z][ -~]*) (?P<zh_last>[\u4e00-\u9fff]+)"
)
_TOKENS_END: Final = "/* 2 "
"""The console's style sheet begins with its tokens; its second chapter is the console's own."""


@dataclass(slots=True)
class _Site:
    """What is known while a site is made."""

    root: Path
    sources: dict[str, Source]
    topics: tuple[Topic, ...]
    by_file: dict[str, tuple[Source, str]]
    copied: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)


def build(root: Path, folder: Path, *, order: Path = ORDER) -> int:
    """Make the site of the repository ``root`` in ``folder``, which is emptied; return its number of pages.

    1 read what there is, in its order; 2 render each page for both trees; 3 refuse dead links; 4 write. Raises `Broken`,
    having written nothing.
    """
    sources = read_sources(root)  # 1
    by_file = {str(written.path): (source, tree) for source in sources.values() for tree, written in source.written.items()}
    site = _Site(root, sources, ordered(sources, order), by_file)
    line = [source for topic in site.topics for source in topic.pages]
    texts = {(source.name, tree): _text(site, source, tree) for source in line for tree in LANGUAGES}  # 2
    if site.dead:  # 3
        raise Broken("links that lead nowhere: " + "; ".join(sorted(set(site.dead))))
    pages = _framed(site, line, texts)
    style = _style(root)
    shutil.rmtree(folder, ignore_errors=True)  # 4
    for place, html in pages.items():
        _write(folder / place, html)
    _write(folder / STYLE, style)
    shutil.copyfile(root / STATIC / "favicon.svg", folder / "favicon.svg")
    for name in sorted(site.copied):
        (folder / _file_place(name)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, folder / _file_place(name))
    return len(pages)


def _text(site: _Site, source: Source, tree: str) -> Text:
    written, here = source.written[tree], f"{tree}/{source.place}"

    def link(target: str) -> str:
        if _ELSEWHERE.match(target) or target.startswith("#"):
            return target
        path, mark, anchor = unquote(target).partition("#")
        place = _place_of(site, written, path, tree)
        return f"{posixpath.relpath(place, posixpath.dirname(here))}{mark}{anchor}"

    return render(written.text, language=tree, link=link)


def _place_of(site: _Site, written: Written, path: str, tree: str) -> str:
    """Return where on the site a file of the repository is: a page of this tree, of its own language, or a copy."""
    name = posixpath.normpath(posixpath.join(str(written.path.parent), path))
    name = f"{DECISIONS}.md" if name == posixpath.dirname(DECISIONS) else name
    if name in site.by_file:
        source, own = site.by_file[name]
        paired = len({each.path for each in source.written.values()}) > 1
        return f"{own if paired else tree}/{source.place}"
    if name.startswith("..") or not (site.root / name).is_file():
        site.dead.append(f"{written.path} → {path}")
    site.copied.add(name)
    return _file_place(name)


def _file_place(name: str) -> str:
    return f"{FILES}/{name}" if posixpath.splitext(name)[1] else f"{FILES}/{name}.txt"


def _framed(site: _Site, line: Sequence[Source], texts: dict[tuple[str, str], Text]) -> dict[str, str]:
    """Return every page of the site by its place."""
    frame = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page, pages = frame.get_template("page.html"), {}
    before = {after.name: source for source, after in pairwise(line)}
    after = {source.name: after for source, after in pairwise(line)}
    for source in line:
        for tree in LANGUAGES:
            here, text, other = f"{tree}/{source.place}", texts[source.name, tree], LANGUAGES[tree == "zh"]
            folder = posixpath.dirname(here)
            steps = {
                way: _entry(each, texts[each.name, tree], tree, folder) if each else None
                for way, each in (("before", before.get(source.name)), ("after", after.get(source.name)))
            }
            pages[here] = page.render(
                tree=tree,
                tag=TAGS[tree],
                other=other,
                other_tag=TAGS[other],
                other_place=posixpath.relpath(f"{other}/{source.place}", folder),
                top=posixpath.relpath(".", folder),
                text=text,
                title=_called(text.title, tree),
                html=Markup(text.html),  # noqa: S704 - ours: rendered from the repository with raw HTML switched off
                speaks=source.written[tree].speaks,
                home=posixpath.relpath(f"{tree}/index.html", folder),
                topics=[_shown(topic, source, tree, folder, texts) for topic in site.topics],
                **steps,
            )
    pages["index.html"] = frame.get_template("door.html").render(
        both=[(tree, TAGS[tree], texts["README", tree]) for tree in LANGUAGES]
    )
    return pages


def _shown(topic: Topic, source: Source, tree: str, folder: str, texts: dict[tuple[str, str], Text]) -> dict[str, Any]:
    entries = [(_entry(each, texts[each.name, tree], tree, folder), each.name == source.name) for each in topic.shown]
    return {"title": topic.title[tree], "entries": entries, "within": source in topic.pages and source not in topic.shown}


def _entry(source: Source, text: Text, tree: str, folder: str) -> dict[str, str]:
    name = re.split(r"[:：]", _called(text.title, tree), maxsplit=1)[0]
    return {"place": posixpath.relpath(f"{tree}/{source.place}", folder), "name": name}


def _called(title: str, tree: str) -> str:
    """Return a title's half in this tree's language, where it has two."""
    two = _TWO_NAMES.fullmatch(title)
    return next(name for way, name in two.groupdict().items() if name and way.startswith(tree)) if two else title


def _style(root: Path) -> str:
    tokens, chapter, _ = (root / STATIC / "console.css").read_text(encoding="utf-8").partition(_TOKENS_END)
    if not chapter:
        raise Broken(f"{STATIC / 'console.css'} has no second chapter: where its tokens end cannot be told")
    return tokens + (HERE / "docs.css").read_text(encoding="utf-8")


def _write(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
