"""The OpenAPI document as a reader wants it: operations by group, their fields in rows, one example each. Pure.

Both the page at ``/api/v1/docs`` and `docs/reference/api.md` are drawn from this, so that neither says what the document does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_REFS: Final = "#/components/schemas/"
_JSON: Final = "application/json"
_DEEP: Final = 6
"""How far an example goes into records within records."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body, or one parameter."""

    name: str
    type: str
    needed: bool
    says: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that operations take or give."""

    name: str
    says: str
    fields: tuple[Field, ...]

    @property
    def anchor(self) -> str:
        """Its place in a page."""
        return f"record-{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One status that an operation answers with; ``record`` is what it gives, empty for a text or nothing."""

    status: str
    says: str
    record: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. ``example`` is a body that may be sent as it is, empty where none is taken."""

    id: str
    method: str
    path: str
    summary: str
    says: str
    group: str
    parameters: tuple[Field, ...]
    body: str
    example: str
    answers: tuple[Answer, ...]
    answer_example: str


def operations(document: Schema) -> tuple[Operation, ...]:
    """Return every operation of the document, by group and path."""
    found = [
        _operation(document, path, method, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if method in _METHODS
    ]
    return tuple(sorted(found, key=lambda each: (each.group, each.path, each.method)))


def records(document: Schema) -> tuple[Record, ...]:
    """Return every record that operations take or give, by name."""
    named = {_record(name, told).name: told for name, told in document.get("components", {}).get("schemas", {}).items()}
    for told in _inside(document["paths"]):  # what an operation writes out in place, instead of naming it
        named.setdefault(told["title"], told)
    return tuple(_record(name, told) for name, told in sorted(named.items()) if told.get("properties"))


def _inside(told: Any) -> Iterator[Schema]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(told, dict) and isinstance(told.get("title"), str) and isinstance(told.get("properties"), dict):
        yield told
    for each in told.values() if isinstance(told, dict) else told if isinstance(told, list) else ():
        yield from _inside(each)


def _operation(document: Schema, path: str, method: str, told: Schema) -> Operation:
    body = _content(told.get("requestBody", {}))
    answers = tuple(_answers(told.get("responses", {})))
    done: Schema = next((each for status, each in told.get("responses", {}).items() if status.startswith("2")), {})
    given = done.get("content", {}).get(_JSON, {}).get("schema", {})  # an example of a file says nothing
    return Operation(
        id=told.get("operationId", ""),
        method=method.upper(),
        path=path,
        summary=told.get("summary", ""),
        says=_sentence(told.get("description", "")),
        group=next(iter(told.get("tags", [])), ""),
        parameters=tuple(_parameter(each) for each in told.get("parameters", [])),
        body=_type(body),
        example=_written(document, body) if body else "",
        answers=answers,
        answer_example=_written(document, given) if given else "",
    )


def _answers(responses: Schema) -> Iterator[Answer]:
    for status, each in sorted(responses.items()):
        shown = _type(_content(each))
        yield Answer(status, _sentence(each.get("description", "")), "" if shown == "string" else shown)


def _content(told: Schema) -> Schema:
    content = told.get("content", {})
    found: Schema = next((each.get("schema", {}) for each in content.values()), {})
    return found


def _parameter(told: Schema) -> Field:
    schema = told.get("schema", {})
    says = told.get("description") or schema.get("description", "")
    return Field(told["name"], _type(schema), bool(told.get("required")), _sentence(says), told["in"])


def _record(name: str, told: Schema) -> Record:
    needed = set(told.get("required", []))
    fields = tuple(
        Field(each, _type(schema), each in needed, _sentence(schema.get("description", "")))
        for each, schema in told.get("properties", {}).items()
    )
    return Record(told.get("title", name), _sentence(told.get("description", "")), fields)


def _type(schema: Schema) -> str:
    """Return what a field is, in a word: a record's name, a list of something, a choice, a plain type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].rpartition(".")[2].rpartition("_")[2]
    if either := _either(schema):
        return " | ".join(dict.fromkeys(_type(each) for each in either))
    if "enum" in schema:
        return " | ".join(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
    kind = schema.get("type", "")
    if kind == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if kind == "object":
        return str(schema.get("title", kind))
    return " | ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


def _either(schema: Schema) -> Sequence[Schema]:
    return next((schema[name] for name in ("oneOf", "anyOf", "allOf") if name in schema), ())


def _written(document: Schema, schema: Schema) -> str:
    return json.dumps(example_of(document, schema), ensure_ascii=False, indent=2)


def example_of(document: Schema, schema: Schema, *, depth: int = 0) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return an example of what a schema describes, from the examples that its fields carry."""
    if examples := schema.get("examples"):
        first = examples[0]
        return first["value"] if isinstance(first, dict) and "value" in first else first
    if "$ref" in schema:
        return example_of(document, _resolved(document, schema), depth=depth)
    if either := _either(schema):
        return example_of(document, either[0], depth=depth)
    if schema.get("type") in {"object", "array"}:
        return _whole(document, schema, depth=depth)
    return schema.get("default", schema.get("enum", [_PLAIN.get(str(schema.get("type", "")))])[0])


def _whole(document: Schema, schema: Schema, *, depth: int) -> Any:  # noqa: ANN401 - as above
    if schema["type"] == "object":
        inside = schema.get("properties", {}) if depth < _DEEP else {}
        told = {name: each for name, each in inside.items() if each.get("default", "") is not None or "examples" in each}
        return {name: example_of(document, each, depth=depth + 1) for name, each in told.items()}
    item = schema.get("items", {})
    return [] if "Problem" in item.get("$ref", "") else [example_of(document, item, depth=depth + 1)]


def _resolved(document: Schema, schema: Schema) -> Schema:
    found: Schema = document["components"]["schemas"][schema["$ref"].removeprefix(_REFS)]
    return found


def _sentence(text: str) -> str:
    return " ".join(text.split())


_PLAIN: Final[dict[str, Any]] = {"string": "…", "integer": 1, "number": 1, "boolean": False, "null": None}
