"""Files to fuzz with: real ones damaged, real data rewritten in any style of YAML, and YAML grown from nothing.

All choices come from a `random.Random`, so that hypothesis can shrink them and atheris can use them to mutate.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from fuzz.styles import written
from incidentbook import source
from kb import ROOT

MINIMAL = ROOT / "tests" / "kb_minimal"
_REAL = ("incidents/2025", "postmortems/2025", "playbooks/availability", "policy")
FOLDERS = [MINIMAL, *(ROOT / folder for folder in _REAL)]


class File(NamedTuple):
    """A file of a knowledge base: its path there, and its text. A lone surrogate stands for a byte that is no UTF-8."""

    name: str
    text: str


NAMES = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*.*") if path.is_file())
SEEDS = [
    path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.rglob("*.*")) if path.is_file()
]
TOKENS = [
    ": ", ":", "- ", "? ", "&a ", "*a", "!t ", "!!str ", "|\n", ">-\n", "|2+\n", "[", "]", "{", "}", ",", "#", " # x", "'", '"',
    "---\n", "...\n", "%YAML 1.1\n", "\t", "\x00", "\ufeff", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\n", "\n\n", " ", "  ",
    "\x1b[31m", "<<: ", "~", "\udc80", "\udcff", "😀", "e\u0301", "\u202e", "\\", "`x`", "@", "%",
    "[x](../../..)", "<b onclick=x>",
    "<script>", "+1 202 555 0100", "4111 1111 1111 1111", "jo@example.org", "10.0.0.1", "AKIA", "human error", "should have",
]  # fmt: skip
VALUES: list[Any] = [
    None, True, False, 0, -1, 10**400, 1e308, float("inf"), float("nan"), "", " ", "no", "02:30", "1_000", "x\ny\n", " x", "x ",
    "a: b", "- a", "a #b", "\u2028", "\x00", "\x1b", "#", "'", '"', "2025-01-15", "2025-13-01", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2016-12-31T23:59:60Z", "2025-01-15T24:00:00Z", "2025-01-15T02:30:00Z", "2025-01-15T02:30:00",
    [], {}, [[]], {"at": "2025-01-15T02:30:00Z"}, {"at": None, "earliest": "x"}, {"": ""}, ["x", "x"], "INC-2025-001",
    "INC-2025-99999999999999999999", "AI-2025-001-1", "sev1", "resolved", "Europe/Lisbon", "../../x", "x" * 3000, "word " * 50,
]  # fmt: skip
PLAIN_KEY = "abcdefghijklmnopqrstuvwxyz_"


def make(random: Random) -> File:
    """Return a file that may be anything from quite right to quite wrong."""
    name = random.choice(NAMES)
    text = random.choice((_real, _rewritten, _rewritten, _grown))(random, name)
    for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
        text = damage(random, text)
    return File(name, text)


def _real(random: Random, name: str) -> str:
    return random.choice((read(name), random.choice(SEEDS)))


def read(name: str) -> str:
    """Return the text of a file of tests/kb_minimal."""
    return (MINIMAL / name).read_text(encoding="utf-8")


# -- damage to text ------------------------------------------------------------------------------------------------------------


def damage(random: Random, text: str) -> str:
    """Return ``text`` with one thing cut, doubled, moved, put in or taken from elsewhere."""
    return random.choice(DAMAGES)(random, text)


def _slice(random: Random, text: str, most: int = 60) -> tuple[int, int]:
    start = random.randint(0, len(text))
    return start, min(len(text), start + random.randint(0, most))


def _cut(random: Random, text: str) -> str:
    start, end = _slice(random, text)
    return text[:start] + text[end:]


def _double(random: Random, text: str) -> str:
    start, end = _slice(random, text)
    return text[:end] + text[start:]


def _put(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + random.choice(TOKENS) + text[at:]


def _splice(random: Random, text: str) -> str:
    other = random.choice(SEEDS)
    (start, end), (begin, stop) = _slice(random, text), _slice(random, other, 200)
    return text[:start] + other[begin:stop] + text[end:]


def _swap(random: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "".join(lines)


def _indent(random: Random, text: str) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines[at] = lines[at][1:] if random.random() < 0.5 else random.choice((" ", "  ", "\t")) + lines[at]
    return "\n".join(lines)


def _breaks(random: Random, text: str) -> str:
    return text.replace("\n", random.choice(("\r\n", "\r", "\x85", "\u2028", "\n\n")))


def _repeat(random: Random, text: str) -> str:
    start, end = _slice(random, text, 4)
    return text[:start] + text[start:end] * random.choice((2, 3, 100, 2000)) + text[end:]


def _end(random: Random, text: str) -> str:
    return text[: random.randint(0, len(text))]


DAMAGES: tuple[Callable[[Random, str], str], ...] = (
    _cut, _cut, _double, _put, _put, _put, _splice, _splice, _swap, _indent, _breaks, _end, _repeat,
)  # fmt: skip


# -- data, changed and written anew --------------------------------------------------------------------------------------------


def _rewritten(random: Random, name: str) -> str:
    """Return the data of the file ``name``, changed in a few places and written in another style."""
    document = (source.load_front_matter if name.endswith(".md") else source.load)(read(name))
    data = document.value
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        data = changed(random, data)
    text = written(random, data)
    return f"---\n{text}---\n{document.body}" if name.endswith(".md") else text


def changed(random: Random, data: Any) -> Any:
    """Return ``data`` with one value changed, doubled, moved or gone, somewhere in it."""
    if isinstance(data, dict) and data and random.random() < 0.9:
        key = random.choice(list(data))
        match random.randrange(8):
            case 0:
                return {other: value for other, value in data.items() if other != key}
            case 1:
                return {**data, f"{key}{random.choice(PLAIN_KEY)}": data[key]}
            case 2:
                return dict.fromkeys(data, data[key])
        return {**data, key: changed(random, data[key])}
    if isinstance(data, list) and data and random.random() < 0.9:
        at = random.randrange(len(data))
        match random.randrange(6):
            case 0:
                return data[:at] + data[at + 1 :]
            case 1:
                return [*data, data[at]]
        return [*data[:at], changed(random, data[at]), *data[at + 1 :]]
    return random.choice(VALUES)


def _grown(random: Random, name: str) -> str:
    """Return YAML that means nothing to this tool."""
    text = written(random, _tree(random, random.randint(0, 4)))
    return f"---\n{text}\n---\nbody\n" if name.endswith(".md") else text


def _tree(random: Random, depth: int) -> Any:
    kind = random.randrange(3) if depth else 2
    if kind == 0:
        return {_key(random): _tree(random, depth - 1) for _ in range(random.randint(0, 4))}
    if kind == 1:
        return [_tree(random, depth - 1) for _ in range(random.randint(0, 4))]
    return random.choice(VALUES)


def _key(random: Random) -> str:
    return random.choice(
        ("".join(random.choices(PLAIN_KEY, k=3)), *(value for value in VALUES if isinstance(value, str)))
    )
