"""Data written as YAML in ever other styles, as many hands and tools would write it."""

from __future__ import annotations

import json
from random import Random
from typing import Any


def written(random: Random, data: Any) -> str:
    """Return ``data`` as YAML in a style of its own: quotes, blocks, flow, anchors, comments, blank lines, indentation."""
    style = _Style(
        random, indent=random.choice((1, 2, 2, 2, 4)), flow=random.choice((0.1, 0.3, 0.8)), noise=random.random() / 6
    )
    start = random.choice(("", "", "", "\ufeff", "# first\n", "---\n", "%YAML 1.2\n---\n"))
    return start + style.block(data, 0).lstrip("\n") + random.choice(("\n", "\n", "", "\n...\n", "\n# last\n"))


class _Style:
    """How one file is written. Now and then it breaks a rule of YAML, as people do."""

    def __init__(self, random: Random, indent: int, flow: float, noise: float) -> None:
        self.random, self.indent, self.flow, self.noise = random, indent, flow, noise
        self.anchors = 0

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def block(self, value: Any, column: int) -> str:
        """Return ``value`` to stand behind a key or a dash: collections in lines below it."""
        if not isinstance(value, dict | list) or not value or self.maybe(self.flow):
            return self.inline(value, column)
        pad = "\n" + " " * column
        lines = []
        for key, inner in value.items() if isinstance(value, dict) else ((None, item) for item in value):
            if self.maybe(self.noise):
                lines.append(self.random.choice(("\n", f"{pad}# note", f"{pad}#")))
            head = "-" if key is None else f"{self.scalar(key, column, key=True)}:"
            if key is not None and self.maybe(self.noise / 4):
                head = f"? {self.scalar(key, column, key=True)}{pad}:"
            text = self.block(inner, column + self.indent)
            lines.append(f"{pad}{head}{self.anchor()}{'' if text.startswith(chr(10)) else ' '}{text}")
            if self.maybe(self.noise):
                lines.append(self.random.choice((" # why", "  ", "\t", " #")))
        return "".join(lines)

    def anchor(self) -> str:
        if not self.maybe(self.noise / 3):
            return ""
        self.anchors += 1
        return f" &a{self.anchors}"

    def inline(self, value: Any, column: int) -> str:
        if self.anchors and self.maybe(self.noise / 2):
            return f"*a{self.random.randint(1, self.anchors)}"
        if isinstance(value, dict):
            members = [
                f"{self.scalar(key, column, key=True, flow=True)}: {self.flowing(inner)}"
                for key, inner in value.items()
            ]
            return self._joined(members, "{}", column)
        if isinstance(value, list):
            return self._joined([self.flowing(inner) for inner in value], "[]", column)
        return self.scalar(value, column)

    def flowing(self, value: Any) -> str:
        return self.inline(value, 0) if isinstance(value, dict | list) else self.scalar(value, 0, flow=True)

    def _joined(self, members: list[str], brackets: str, column: int) -> str:
        between = self.random.choice((", ", ",", f",\n{' ' * (column + 1)}", " , "))
        end = self.random.choice(("", "", "", ",", " ", "\n" + " " * (column + 1)))
        return brackets[0] + between.join(members) + end + brackets[1]

    def scalar(self, value: Any, column: int, *, key: bool = False, flow: bool = False) -> str:
        if not isinstance(value, str):
            return {None: self.random.choice(("", "~", "null")), True: "true", False: "false"}.get(value, repr(value))  # type: ignore[call-overload, no-any-return]
        plain = value.strip() == value and value.isprintable() and value != ""
        if plain and not self.maybe(0.25) and not set(value) & set(",[]{}#&*!|>'\"%@`"):
            return value
        if not key and not flow and self.maybe(0.3):
            return self.text_block(value, column)
        if self.maybe(0.4) and "\n" not in value:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=self.maybe(0.2))

    def text_block(self, value: str, column: int) -> str:
        header = self.random.choice("|>") + self.random.choice(("", "-", "+")) + self.random.choice(("", "", " # why"))
        pad = " " * (column + self.random.choice((0, 1, 2)))
        return header + "".join(f"\n{pad}{line}" if line else "\n" for line in value.split("\n"))
