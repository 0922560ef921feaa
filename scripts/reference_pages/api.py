"""docs/reference/api.md, from the API's own OpenAPI document."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from reference_pages.markdown import code, page, table
from yinji.doors.http.api.reference_model import Field, Operation, Record, operations, records
from yinji.doors.http.app import api_document

_HOW: Final = """每个请求带上 `Authorization: Bearer 密钥`（`yinji api-keys issue`）。没有办成的请求得到问题文档（RFC 9457，`application/problem+json`）：
`code` 与 `name` 不变，`title` 说原因，`remedy` 说怎么办，`at` 指出位置；见[拒绝](refusals.md)。429、502、503、504 可以稍后原样再发。
节点自己在 `/api/v1/docs` 给出本页，在 `/api/v1/schema/openapi.json` 给出 OpenAPI 3.1 文档。

Every request brings `Authorization: Bearer KEY` (`yinji api-keys issue`). What is not done is answered with a problem document (RFC
9457): `code` and `name` do not change, `title` is the reason, `remedy` what to do, `at` the place; see [refusals](refusals.md). After
429, 502, 503 and 504 the same request may be sent again. A node serves this page at `/api/v1/docs` and its OpenAPI 3.1 document at
`/api/v1/schema/openapi.json`."""


def api_page() -> str:
    """Return the page: operations by group, then the records that they take and give."""
    document = api_document()
    groups = groupby(operations(document), key=lambda each: each.group)
    parts = [f"## {name}\n\n" + "\n\n".join(_operation(each) for each in some) for name, some in groups]
    told = "\n\n".join(_record(each) for each in records(document))
    return page("接口 API", "src/yinji/doors/http/api", _HOW, *parts, f"## 记录 records\n\n{told}")


def _operation(each: Operation) -> str:
    parts = [f"### {each.method} {each.path}", f"{each.summary}. {each.says}".strip()]
    if each.parameters:
        headings = ("参数 parameter", "位置 where", "类型 type", "必填 needed", "what it is")
        parts.append(table(headings, [(code(one.name), one.place, *_told(one)) for one in each.parameters]))
    if each.body:
        parts.append(f"正文 body: {code(each.body)}\n\n```json\n{each.example}\n```")
    answers = [(one.status, code(one.record), one.says) for one in each.answers]
    parts.append(table(("状态 status", "给出 gives", "when"), answers))
    return "\n\n".join(parts)


def _record(each: Record) -> str:
    headings = ("字段 field", "类型 type", "必填 needed", "what it is")
    return f"### {each.name}\n\n{each.says}\n\n" + table(headings, [(code(one.name), *_told(one)) for one in each.fields])


def _told(field: Field) -> tuple[str, str, str]:
    return code(field.type), "是 yes" if field.needed else "", field.says
