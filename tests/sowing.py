"""Records made from their schemas, with a canary in every place that can hold text: a new field is sown by itself.

A canary is a word (``zq`` and ten hexadecimal digits) that fits a slug, an id, an address and a sentence; a canary of a time is a
time of day that nothing else has.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from incidentbook import resources

WORD = re.compile(r"zq[0-9a-f]{10}")
CLOCK = re.compile(r"(?<![0-9:.])[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9](?![0-9])")
_DRAWN = random.SystemRandom()
_SHAPES: tuple[Callable[[str, str], str], ...] = (
    lambda word, _clock: word,
    lambda word, _clock: f"availability/{word}",
    lambda word, _clock: f"https://{word}.example/a?b={word}",
    lambda word, _clock: f"{word}/{word}",
    lambda word, _clock: f"{word}/{word}#7",
    lambda _word, clock: f"2024-05-06T{clock}Z",
    lambda _word, _clock: "INC-2025-101",
    lambda _word, _clock: "AI-2025-101-1",
    lambda _word, _clock: "2024-05-06",
    lambda _word, _clock: "7d",
    lambda _word, _clock: "USD",
    lambda _word, _clock: "FREQ=MONTHLY",
    lambda _word, _clock: "09:00-17:00",
    lambda _word, _clock: "2024-05",
    lambda _word, _clock: "10.0.0.0/8",
    lambda _word, _clock: "Etc/UTC",
)


@dataclass
class Sower:
    """Sows; remembers each canary with the path at which it stands, and no canary twice."""

    sown: dict[str, str] = field(default_factory=dict)
    clocks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clocks = _clocks()

    def word(self, path: str) -> str:
        """Return a new canary that stands at ``path``."""
        made = f"zq{_DRAWN.getrandbits(40):010x}"
        self.sown[made] = path
        return made

    def record(self, kind: str, name: str, keep: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record of ``kind`` with everything that its schema knows; what ``keep`` gives at its top stays as it is."""
        whole = resources.schema(kind)
        made = {
            key: self._value(node, whole, f"{name} {key}")
            for key, node in whole["properties"].items()
            if key not in keep
        }
        return {**made, **keep}

    def entries(self, kind: str, name: str, level: str, keep: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record in which only entries with a level of their own are sown, each at ``level``."""
        whole = resources.schema(kind)
        made = {}
        for key, node in whole["properties"].items():
            value = self._levelled(node, whole, f"{name} {key}", level) if key not in keep else None
            if value is not None:
                made[key] = value
        return {**made, **keep}

    def _levelled(self, node: Any, whole: Any, path: str, level: str) -> Any:
        node = _resolved(node, whole)
        if node.get("type") == "array":
            item = _resolved(node["items"], whole)
            if "disclosure" in item.get("properties", {}):
                return [{**self._value(item, whole, path), "disclosure": level}]
        if node.get("type") == "object":
            found = {
                key: value
                for key, part in node.get("properties", {}).items()
                if (value := self._levelled(part, whole, f"{path}.{key}", level)) is not None
            }
            return found or None
        return None

    def _value(self, node: Any, whole: Any, path: str) -> Any:
        node = _resolved(node, whole)
        if "enum" in node or "const" in node:
            return node.get("const", next(iter(node.get("enum", [None]))))
        if "anyOf" in node or "oneOf" in node:
            return self._value((node.get("anyOf") or node["oneOf"])[0], whole, path)
        kinds = node.get("type", "string")
        if "dependentSchemas" in node:
            node, kinds = {"type": "object", **next(iter(node["dependentSchemas"].values()))}, "object"
        kind = kinds if isinstance(kinds, str) else kinds[0]
        match kind:
            case "object":
                return self._object(node, whole, path)
            case "array":
                return [self._value(node.get("items", {}), whole, path)]
            case "integer" | "number":
                return min(node.get("maximum", 7), max(7, node.get("minimum", 7)))
            case "boolean":
                return False
        return self._text(node, path)

    def _object(self, node: Any, whole: Any, path: str) -> dict[str, Any]:
        made = {key: self._value(part, whole, f"{path}.{key}") for key, part in node.get("properties", {}).items()}
        more = node.get("additionalProperties")
        if isinstance(more, dict) or (not made and more is not False):
            names = node.get("propertyNames", {})
            key = names["enum"][0] if "enum" in names else self._text(names, f"{path} (key)")
            made[key] = self._value(more if isinstance(more, dict) else {}, whole, f"{path}.*")
        return made

    def _text(self, node: Any, path: str) -> str:
        word, clock = self.word(path), self.clocks[-1]
        pattern = node.get("pattern", "") or ("^https://" if node.get("format") == "uri" else "")
        made = next((made for shape in _SHAPES if re.search(pattern, made := shape(word, clock))), None)
        assert made is not None, f"no shape fits {pattern} at {path}: add one"
        if word not in made:
            del self.sown[word]
        if clock in made:
            self.sown[self.clocks.pop()] = path
        return made


def fields(kind: str) -> Iterator[str]:
    """Yield the path of every field of a record that can be narrowed by itself: the deepest mappings of its schema."""
    whole = resources.schema(kind)

    def walk(node: Any, path: str) -> Iterator[str]:
        node = _resolved(node, whole)
        inner = node.get("properties", {}) if node.get("type") == "object" else {}
        if not inner:
            yield path
        for key, part in inner.items():
            yield from walk(part, f"{path}.{key}")

    for key, node in whole["properties"].items():
        yield from walk(node, key)


def _resolved(node: Any, whole: Any) -> Any:
    while "$ref" in node:
        node = {**whole["$defs"][node["$ref"].rsplit("/", 1)[1]], **{key: node[key] for key in node if key != "$ref"}}
    return node


def _clocks() -> list[str]:
    """Return times of day with odd seconds, in a random order: what records of the open say has none."""
    made = [f"{hour:02}:{minute:02}:{second:02}" for hour in range(24) for minute in range(60) for second in (17, 41)]
    _DRAWN.shuffle(made)
    return made
