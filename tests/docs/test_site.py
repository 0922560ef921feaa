"""The documentation site: every page whole, every link leads somewhere, both languages, nothing from elsewhere."""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pytest

pytestmark = pytest.mark.xdist_group("site")  # made once, in a second, for all of these

ROOT: Final = Path(__file__).parents[2]
STATIC: Final = "src/yinji/doors/http/static"
VOID: Final = {"meta", "link", "img", "br", "hr"}
_LOCAL: Final = re.compile(r"(?<![\w.~])/(?:home|root|Users|work|tmp)/|127\.0\.0\.1|file://")


@dataclass
class Page(HTMLParser):
    """One page, read strictly: what is opened is closed, in its order."""

    text: str
    wrong: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(self.text)
        self.close()
        self.wrong += [f"{tag} is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag == "html":
            self.about["lang"] = given.get("lang", "")
        if given.get("name") == "description":
            self.about["description"] = given["content"]
        if given.get("rel") in ("next", "prev", "alternate") and tag == "link":
            self.about[given["rel"]] = given["href"]
        if tag == "img" and "alt" not in given:
            self.wrong.append("a picture without words")
        if tag not in VOID:
            self.open.append(tag)
        self.code += [""] if self.open[-2:] == ["pre", "code"] else []
        self.titles += [""] if tag == "title" else []

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"{tag} is closed and was not open")

    def handle_data(self, data: str) -> None:
        if self.open[-2:] == ["pre", "code"]:
            self.code[-1] += data
        if self.open[-1:] == ["title"]:
            self.titles[-1] += data


@pytest.fixture(scope="module")
def maker() -> Any:
    """The program that makes the site."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
        return import_module("docs_site")


@pytest.fixture(scope="module")
def folder(maker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    maker.build(ROOT, made)
    return made


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return {
        file.relative_to(folder).as_posix(): Page(file.read_text(encoding="utf-8")) for file in sorted(folder.rglob("*.html"))
    }


def test_every_page_is_whole_and_says_what_it_is(pages: dict[str, Page]) -> None:
    assert len(pages) > 100, "the site is made of fewer pages than are written"
    wrong = {name: page.wrong for name, page in pages.items() if page.wrong}
    assert not wrong
    nameless = [name for name, page in pages.items() if len(page.titles) != 1 or not page.titles[0].strip()]
    silent = [name for name, page in pages.items() if not page.about.get("description")]
    tongues = {name: page.about["lang"] for name, page in pages.items()}
    assert not nameless, f"without a title: {nameless}"
    assert not silent, f"without a description: {silent}"
    assert all(tongue == ("en" if name.startswith("en/") else "zh-CN") for name, tongue in tongues.items())
    doubled = [name for name, page in pages.items() if len(set(page.ids)) != len(page.ids)]
    assert not doubled, f"an anchor that is there twice: {doubled}"


def test_every_link_and_anchor_leads_somewhere(folder: Path, pages: dict[str, Page]) -> None:
    dead = [f"{name} → {link}" for name, page in pages.items() for link in page.links if not leads(folder, pages, name, link)]
    assert not dead


def leads(folder: Path, pages: dict[str, Page], name: str, link: str) -> bool:
    if re.match(r"https?:|mailto:", link):
        return True
    path, _, anchor = unquote(link).partition("#")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if place.startswith(("..", "/")) or not (folder / place).is_file():
        return False
    return not anchor or (place in pages and anchor in pages[place].ids)


def test_both_trees_have_every_page_and_the_switch_between_them(pages: dict[str, Page]) -> None:
    trees = {tree: {name[3:] for name in pages if name.startswith(f"{tree}/")} for tree in ("zh", "en")}
    assert trees["zh"] == trees["en"]
    guides = {f"guides/{file.name.partition('.')[0]}.html" for file in (ROOT / "docs" / "guides").glob("*.md")}
    assert guides <= trees["zh"]
    for name, page in pages.items():
        if "/" in name:
            other = ("en/" if name.startswith("zh/") else "zh/") + name[3:]
            assert posixpath.normpath(posixpath.join(posixpath.dirname(name), page.about["alternate"])) == other


def test_whoever_goes_on_from_the_first_page_sees_them_all(pages: dict[str, Page]) -> None:
    for tree in ("zh", "en"):
        at, seen = f"{tree}/index.html", [f"{tree}/index.html"]
        while following := pages[at].about.get("next"):
            before, at = at, posixpath.normpath(posixpath.join(posixpath.dirname(at), following))
            assert posixpath.normpath(posixpath.join(posixpath.dirname(at), pages[at].about["prev"])) == before
            seen.append(at)
        assert len(seen) == len(set(seen))
        assert set(seen) == {name for name in pages if name.startswith(f"{tree}/")}


def test_no_page_needs_a_script_or_another_host(folder: Path, pages: dict[str, Page]) -> None:
    assert not [name for name, page in pages.items() if page.tags & {"script", "iframe", "object", "embed", "style"}]
    loaded = re.compile(r'<(?:link|img)[^>]+(?:href|src)="(?:[a-z]+:)?//')
    assert not [name for name, page in pages.items() if loaded.search(page.text)]
    assert not re.search(r"@import|url\(", (folder / "look.css").read_text(encoding="utf-8"))


def test_nothing_on_the_site_names_a_place_on_somebodys_machine(folder: Path) -> None:
    named = {}
    for file in folder.rglob("*"):
        if file.suffix in {".html", ".css", ".svg", ".json", ".txt"}:
            text = file.read_text(encoding="utf-8")
            if str(ROOT) in text or _LOCAL.search(text):
                named[file.relative_to(folder).as_posix()] = _LOCAL.findall(text)
    assert not named


@pytest.mark.parametrize("tree", ["zh", "en"])
def test_code_is_shown_as_it_was_written(pages: dict[str, Page], tree: str) -> None:
    written = (ROOT / "docs" / "guides" / f"run-in-production.{tree}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```$", written, re.DOTALL | re.MULTILINE)
    assert blocks
    assert pages[f"{tree}/guides/run-in-production.html"].code == blocks


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A repository of three pages, with an order for them."""
    root = tmp_path / "repository"
    (root / "docs" / "guides").mkdir(parents=True)
    (root / STATIC).mkdir(parents=True)
    for name in ("console.css", "favicon.svg"):
        shutil.copyfile(ROOT / STATIC / name, root / STATIC / name)
    for name in ("README.md", "README.en.md"):
        (root / name).write_text("# 隐寄 Yinji\n\n[看](docs/one.md)\n", encoding="utf-8")
    (root / "docs" / "one.md").write_text("# One\n\n## Same\n\n## Same\n\n一行\n接着。\n", encoding="utf-8")
    (root / "order.toml").write_text(
        '[[topics]]\nzh = "一"\nen = "one"\npages = ["README", "docs/one"]\nrest = "docs/decisions/"\n', encoding="utf-8"
    )
    return root


def test_a_small_repository_is_made_into_a_site(maker: Any, small: Path, tmp_path: Path) -> None:
    assert maker.build(small, tmp_path / "site", order=small / "order.toml") == 7
    one = Page((tmp_path / "site" / "zh" / "one.html").read_text(encoding="utf-8"))
    assert [each for each in one.ids if each.startswith("same")] == ["same", "same-1"]
    assert "一行接着。" in one.text, "the end of a line is no space between Chinese words"


@pytest.mark.parametrize(
    "broken",
    [
        ("docs/one.md", "# One\n\n[gone](two.md)\n", "docs/one.md → two.md"),
        ("docs/one.md", "# One\n\n![gone](images/gone.png)\n", "images/gone.png"),
        ("docs/one.md", "# One\n\n[out](../../outside.md)\n", "outside.md"),
        ("docs/guides/two.zh.md", "# 二\n", "docs/guides/two.en.md is missing"),
        ("docs/two.md", "# Two\n", "no topic takes ['docs/two']"),
        (f"{STATIC}/console.css", ":root {}", "where its tokens end"),
    ],
)
def test_what_is_broken_keeps_the_site_from_being_made(
    maker: Any, small: Path, tmp_path: Path, broken: tuple[str, str, str]
) -> None:
    name, text, said = broken
    site = tmp_path / "site"
    maker.build(small, site, order=small / "order.toml")
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    (small / name).write_text(text, encoding="utf-8")
    with pytest.raises(maker.Broken, match=re.escape(said)):
        maker.build(small, site, order=small / "order.toml")
    assert before == {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_a_name_in_the_order_without_its_page_is_told(maker: Any, small: Path, tmp_path: Path) -> None:
    (small / "docs" / "one.md").unlink()
    with pytest.raises(maker.Broken, match="docs/one"):
        maker.build(small, tmp_path / "site", order=small / "order.toml")


def test_a_page_that_is_not_closed_is_seen() -> None:
    assert Page("<html><p>one</html>").wrong
    assert Page("<main><b>one</b>").wrong
    assert not Page("<html><p>one</p></html>").wrong
