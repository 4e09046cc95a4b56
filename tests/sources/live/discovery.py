"""Requests and answers held against the discovery document that Google's client carries."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

NO_ANSWER = (
    "alt", "fields", "key", "prettyPrint", "quotaUser", "access_token", "oauth_token",
)  # fmt: skip


@dataclass
class Discovery:
    """One interface as its document tells it; `refused` holds what was wrong with requests."""

    document: dict[str, Any]
    refused: list[str] = field(default_factory=list)

    @classmethod
    def named(cls, name: str, version: str) -> Discovery:
        documents = import_module("googleapiclient.discovery_cache")
        return cls(json.loads(documents.get_static_doc(name, version)))

    def method(self, path: str) -> tuple[str, dict[str, Any]] | None:
        """The resource and method that GET asks of a path."""
        for resource, told in self.document["resources"].items():
            for method in told.get("methods", {}).values():
                if method["path"] == path.lstrip("/") and method["httpMethod"] == "GET":
                    return resource, method
        return None

    def faults(self, method: dict[str, Any], params: dict[str, list[str]]) -> list[str]:
        """What is wrong with the parameters of a request."""
        known = method["parameters"]
        found = [
            f"unknown parameter {name}"
            for name in params
            if name not in known and name not in NO_ANSWER
        ]
        found += [
            f"required parameter {name}"
            for name, told in known.items()
            if told.get("required") and name not in params
        ]
        for name, values in params.items():
            if name in known:
                found += [f"{name}: {fault}" for fault in _parameter(known[name], values)]
        found += self._parts(method, params.get("part", []))
        self.refused += found
        return found

    def _parts(self, method: dict[str, Any], parts: list[str]) -> list[str]:
        answer = self.document["schemas"][method["response"]["$ref"]]
        item = answer["properties"]["items"]["items"]["$ref"]
        known = self.document["schemas"][item]["properties"]
        return [f"part {one} is none of {item}" for one in parts if one not in known]

    def check(self, schema: str, said: Any) -> None:
        """Fail where an answer of the made-up world is none of this interface."""
        self._check({"$ref": schema}, said, schema)

    def _check(self, told: dict[str, Any], said: Any, where: str) -> None:
        if "$ref" in told:
            told = self.document["schemas"][told["$ref"]]
        kind = told.get("type")
        if kind == "object":
            known = told.get("properties", {})
            for name, value in said.items():
                inner = known.get(name) or told.get("additionalProperties")
                assert inner, f"{where}.{name} is not in the document"
                self._check(inner, value, f"{where}.{name}")
        elif kind == "array":
            for value in said:
                self._check(told["items"], value, f"{where}[]")
        else:
            fault = _value(told, said)
            assert fault is None, f"{where}: {fault}"


def _parameter(told: dict[str, Any], values: list[str]) -> list[str]:
    if len(values) > 1 and not told.get("repeated"):
        return ["more than one value"]
    found = []
    for value in values:
        if "enum" in told and value not in told["enum"]:
            found.append(f"{value!r} is none of {told['enum']}")
        if told.get("type") == "integer":
            low, high = float(told.get("minimum", 0)), float(told.get("maximum", "inf"))
            if not value.isdigit() or not low <= float(value) <= high:
                found.append(f"{value!r} is not between {low} and {high}")
        if told.get("format") == "google-datetime":
            datetime.fromisoformat(value)
    return found


def _value(told: dict[str, Any], said: Any) -> str | None:
    kinds = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if not isinstance(said, kinds[told["type"]]) or (
        told["type"] == "integer" and isinstance(said, bool)
    ):
        return f"{said!r} is no {told['type']}"
    if told.get("format") in ("uint64", "int64") and not str(said).isdigit():
        return f"{said!r} is no whole number"
    if told.get("format") == "date-time":
        datetime.fromisoformat(str(said))
    if "enum" in told and said not in told["enum"]:
        return f"{said!r} is none of {told['enum']}"
    return None
