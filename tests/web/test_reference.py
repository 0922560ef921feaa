"""The API described: one document, a page for people without scripts, and nothing in either that the other does not say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.web.conftest import Site
from yinji.doors.http.api.reference_model import operations, records
from yinji.doors.http.app import api_document


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return api_document()


def test_the_node_serves_the_document_that_the_pages_are_made_from(site: Site, document: dict[str, Any]) -> None:
    served = site.browser.get("/api/v1/schema/openapi.json").json()
    told, made = ([replace(each, answer_example="") for each in operations(one)] for one in (served, document))
    assert (told, records(served)) == (made, records(document))


@pytest.mark.parametrize(("language", "title"), [("zh", "接口参考"), ("en", "API reference")])
def test_the_page_shows_every_operation_to_anybody_and_loads_nothing_from_elsewhere(
    site: Site, document: dict[str, Any], language: str, title: str
) -> None:
    answer = site.browser.get("/api/v1/docs", headers={"accept-language": language})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert title in answer.text
    missing = [each.path for each in operations(document) if f"{each.method} {each.path}" not in answer.text]
    assert not missing
    assert not re.search(r"<script(?! src=\"/assets/)|<style|style=|src=\"(?!/assets/)|href=\"(?!/|#)", answer.text)
    identities = re.findall(r'\bid="([^"]+)"', answer.text)
    assert len(identities) == len(set(identities))
    links = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert links <= set(identities), f"these lead nowhere: {links - set(identities)}"


def test_every_operation_has_a_summary_a_group_a_scope_and_an_example(document: dict[str, Any]) -> None:
    for each in operations(document):
        assert each.id, each.path
        assert each.summary, each.path
        assert each.says, each.path
        assert each.group, each.path
        if each.body:
            json.loads(each.example)
        assert any(one.status.startswith("2") for one in each.answers), each.path


def test_every_record_that_an_operation_names_is_described(document: dict[str, Any]) -> None:
    known = {each.name for each in records(document)}
    named = {each.body for each in operations(document)} - {""}
    assert named <= known, f"nothing says what these are: {named - known}"


def test_examples_name_only_what_the_api_takes(site: Site, document: dict[str, Any]) -> None:
    """Each example of a body is sent as it stands: what it is about may be unknown, but it can be read."""
    from yinji.access.api_keys.model import Scope  # noqa: PLC0415 - all of them, here only

    key = site.key(*Scope).text.open()
    for each in operations(document):
        if each.example and each.id != "searchWaybills":  # takes exactly one of three things, which a schema does not say
            answer = site.browser.request(
                each.method,
                re.sub(r"\{[^}]+\}", "X", each.path),
                content=each.example.encode(),
                headers={"authorization": f"Bearer {key}", "content-type": "application/json"},
            )
            assert answer.status_code in {200, 201, 404, 409, 422}, f"{each.path}: {answer.text}"
