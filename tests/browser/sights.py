"""What a page must hold for whoever looks at it, listens to it, or reads only one of the languages."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
TAGS = {"zh": "zh-Hans", "en": "en"}
_AXE = Axe()
_CHINESE = re.compile(r"[㐀-鿿]+")
_SENTENCE = re.compile(r"\b[a-z]+(?: [a-z]+){3,}\b")
"""Four words of lower case in a row: no code, no name, no unit of ours has as many."""

_ALIKE = ["tbody > tr:nth-child(n+6)", ".timeline > li:nth-child(n+6)", "[aria-labelledby^='group-']:nth-of-type(n+4)"]
"""Rows beyond the fifth, operations of the API beyond the third group: made by the same parts as those before, left out by axe."""

_HEAD = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return {
    lang: document.documentElement.lang, title: document.title, mains: document.querySelectorAll("main").length,
    headings: [...document.querySelectorAll("h1")].map((each) => each.innerText.trim()),
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
  };
}"""

_TEXTS = """() => {
  const own = document.documentElement.lang.split("-")[0];
  const foreign = (node) => { const at = node.closest("[lang]"); return at && at.lang.split("-")[0] !== own; };
  const texts = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!foreign(parent) && !parent.closest("script, style, noscript, pre")) texts.push(walk.currentNode.data.trim());
  }
  for (const each of document.querySelectorAll("[aria-label], [title], [placeholder], [alt], [data-label]")) {
    if (!foreign(each)) texts.push(each.ariaLabel, each.title, each.placeholder, each.alt, each.dataset.label);
  }
  return texts.filter(Boolean);
}"""

_WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > width + 1)
    .slice(0, 5).map((each) => `${each.tagName}.${each.className} ${Math.round(each.getBoundingClientRect().right)}`);
}"""


def begun(page: Page, language: str) -> list[str]:
    """Return what is missing at the head: language, title, one heading of the first level, one main part; and ids given twice."""
    head = page.evaluate(_HEAD)
    wrong = [f"id {each} twice" for each in head["twice"]]
    if head["lang"] != TAGS[language]:
        wrong.append(f"lang is {head['lang']}")
    if len(head["headings"]) != 1 or not head["headings"][0]:
        wrong.append(f"h1: {head['headings']}")
    elif not head["title"].startswith(head["headings"][0]):
        wrong.append(f"title: {head['title']}")
    if head["mains"] != 1:
        wrong.append(f"main: {head['mains']}")
    return wrong


def strayed(page: Page, language: str, data: str) -> list[str]:
    """Return texts in the other language; what stands in ``data`` was written so by people, or by a standard, and is shown so."""
    texts: list[str] = page.evaluate(_TEXTS)
    if language == "en":
        return sorted({run for text in texts for run in _CHINESE.findall(text) if run not in data})
    return sorted({text for text in texts if _SENTENCE.search(text) and text not in data})


def too_wide(page: Page) -> list[str]:
    """Return what makes the document scroll sideways."""
    found: list[str] = page.evaluate(_WIDER)
    return found


def barred(page: Page) -> list[str]:
    """Return what axe-core finds, with the first places of each."""
    options = {"runOnly": list(RULES), "resultTypes": ["violations"], "preload": False, "iframes": False, "elementRef": False}
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.axe_script)
    given = {"context": {"exclude": [[each] for each in _ALIKE]}, "options": options}
    found = page.evaluate("given => axe.run(given.context, given.options).then((said) => said.violations)", given)
    return [f"{each['id']}: {each['help']} {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]
