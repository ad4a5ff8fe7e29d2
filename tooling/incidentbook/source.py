"""YAML and Markdown front matter as text with positions. Parsing only: no I/O, no schema, no meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from incidentbook.finding import Span
from incidentbook.yaml12 import resolve

MAX_DEPTH = 100
MAX_NODES = 1_000_000
MERGE_HINT = "Write the keys out: merge keys (<<) are not part of YAML 1.2."
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that YAML 1.2 does not allow, or that this tool refuses to guess at."""

    message: str
    span: Span
    hint: str = ""


class _Loader(yaml.CSafeLoader):
    """libyaml's composer without any implicit resolver: every plain scalar stays text until `resolve` reads it."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - shape given by PyYAML


@dataclass(slots=True)
class Document:
    """One file: its text, the data that its YAML holds, and where each value stands.

    Attributes:
        text: the whole text without a byte-order mark.
        value: plain data (dict, list, str, int, float, bool, None); None when the YAML cannot be read at all.
        problems: what is wrong with the text itself; the value is then what could still be read.
        yaml_offset: where the YAML starts in ``text`` (after the ``---`` of front matter).
        yaml_end: where it ends.
        body: the Markdown below the front matter; empty for a YAML file.
        body_line: the 1-based line on which the body starts.
        first_line: the 1-based line on which the YAML starts.

    """

    text: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    yaml_offset: int = 0
    yaml_end: int = 0
    body: str = ""
    body_line: int = 1
    first_line: int = 1
    _node: yaml.Node | None = None

    @property
    def root(self) -> yaml.Node | None:
        """The composed root node, made again on demand: nodes are ten times the size of the data."""
        if self._node is None:
            self._node = _compose(self.text[self.yaml_offset : self.yaml_end])
        return self._node

    def node(self, path: Sequence[str | int]) -> yaml.Node | None:
        """Return the node at ``path``, or None where the path leads nowhere."""
        found, _ = self._walk(path)
        return found

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at ``path`` stands, or its key with ``key``; the deepest existing parent otherwise."""
        _, trail = self._walk(path)
        if not trail:
            return Span()
        key_node, node = trail[-1]
        return self.span_of(key_node if key and key_node is not None else node)

    def offset(self, mark: yaml.Mark) -> int:
        """Return a node mark's 0-based offset in ``text``."""
        return int(mark.index) + self.yaml_offset

    def span_of(self, node: yaml.Node) -> Span:
        """Return where ``node`` stands in the file."""
        start, end = node.start_mark, node.end_mark
        end_line, end_column = end.line, end.column
        if end_line > start.line and not isinstance(node, yaml.ScalarNode):
            end_line, end_column = start.line, start.column  # a collection is shown at its first character
        shift = self.first_line
        return Span(start.line + shift, start.column + 1, end_line + shift, end_column + 1)

    def _walk(self, path: Sequence[str | int]) -> tuple[yaml.Node | None, list[tuple[yaml.Node | None, yaml.Node]]]:
        """Follow ``path``; return the node reached (None when it ends early) and the (key, value) nodes on the way."""
        node = self.root
        if node is None:
            return None, []
        trail: list[tuple[yaml.Node | None, yaml.Node]] = [(None, node)]
        for step in path:
            pair = _child(node, step)
            if pair is None:
                return None, trail
            trail.append(pair)
            node = pair[1]
        return node, trail


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(step):
                return key, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None


def load(text: str) -> Document:
    """Read a YAML file's text. Never raises on bad input: what is wrong stands in ``problems``."""
    document = Document(text.removeprefix("\ufeff"))
    document.yaml_end = len(document.text)
    _read(document)
    return document


def load_front_matter(text: str) -> Document:
    """Read a Markdown file whose head, between two lines ``---``, is YAML. Never raises on bad input."""
    document = Document(text.removeprefix("\ufeff"))
    opening = _FENCE.match(document.text)
    if opening is None:
        document.problems.append(Problem("The file has no front matter", Span(), "Start it with a line `---`, YAML, `---`."))
        document.body = document.text
        return document
    document.yaml_offset, document.first_line = opening.end(), 2
    closing = _CLOSE.search(document.text, opening.end())
    if closing is None:
        document.yaml_end = document.yaml_offset
        document.problems.append(
            Problem("The front matter is never closed", Span(1, 1, 1, 4), "End it with a second line `---`.")
        )
        return document
    document.yaml_end = closing.start()
    line_end = re.compile(r"\r\n|\r|\n|\Z").search(document.text, closing.end())
    start = line_end.end() if line_end else closing.end()
    document.body = document.text[start:]
    document.body_line = len(document.text[:start].splitlines()) + 1
    _read(document)
    return document


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except (yaml.YAMLError, RecursionError):
        return None
    finally:
        loader.dispose()
    return node


def _read(document: Document) -> None:
    """Compose and construct the document's YAML part."""
    shift = document.first_line
    text = document.text[document.yaml_offset : document.yaml_end]
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.reader.ReaderError as error:
        before = text[: error.position].splitlines() or [""]
        span = _point(len(before) - 1 + shift, len(before[-1]) + 1)
        document.problems.append(Problem(f"The character U+{ord(str(error.character)[:1] or chr(0)):04X} is not allowed in YAML", span))
        return
    except yaml.MarkedYAMLError as error:
        document.problems.append(_syntax_problem(error, shift))
        return
    except RecursionError:
        document.problems.append(Problem(f"The YAML is nested more than {MAX_DEPTH} levels deep", Span(shift, 1, shift, 1)))
        return
    if node is None:
        document.problems.append(Problem("The file holds no data", Span(shift, 1, shift, 1)))
        return
    builder = _Builder(document)
    document.value = builder.build(node, 0)


def _point(line: int, column: int) -> Span:
    return Span(line, column, line, column + 1)


def _syntax_problem(error: yaml.MarkedYAMLError, shift: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    span = _point(mark.line + shift, mark.column + 1) if mark else Span(shift, 1, shift, 2)
    problem = (error.problem or str(error)).strip()
    if "but found another document" in problem or "expected a single document" in str(error.context or ""):
        return Problem("A second YAML document starts here", span, "Keep one document in a file: remove the line `---`.")
    if "cannot start any token" in problem and "'\\t'" in problem:
        return Problem("A tab stands where YAML allows only spaces", span, "Indent with spaces.")
    context = f" {error.context}" if error.context else ""
    hint = ""
    if "mapping values are not allowed" in problem:
        hint = "A text that holds `: ` needs quotes around it."
    return Problem(f"YAML cannot be read here: {problem}{context}", span, hint)




class _Builder:
    """Turns composed nodes into plain data and notes what YAML 1.2 or this tool does not allow."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        self.stopped = False
        self.tagged = "!" in document.text[document.yaml_offset : document.yaml_end]

    def note(self, node: yaml.Node, message: str, hint: str = "") -> None:
        self.document.problems.append(Problem(message, self.document.span_of(node), hint))

    def build(self, node: yaml.Node, depth: int) -> Any:
        """Return the data of ``node``; aliases are expanded up to a limit, so that none can explode."""
        self.nodes += 1
        if self.stopped:
            return None
        if node.__class__ is yaml.ScalarNode:
            return self.scalar(node)
        if depth >= MAX_DEPTH:
            self.stop(node, f"The YAML is nested more than {MAX_DEPTH} levels deep")
            return None
        if self.nodes > MAX_NODES:
            self.stop(node, f"The YAML holds more than {MAX_NODES:,} values once its aliases are followed")
            return None
        if node.__class__ is yaml.MappingNode:
            return self.mapping(node, depth)
        return [self.build(child, depth + 1) for child in node.value]

    def stop(self, node: yaml.Node, message: str) -> None:
        self.stopped = True
        self.note(node, message)

    def scalar(self, node: yaml.ScalarNode) -> Any:
        if self.tagged and self.document.text[self.document.offset(node.start_mark)] == "!":
            self.note(node, "Tags such as `!!str` are not supported", "Remove the tag, and quote the value if it is text.")
        return node.value if node.style else resolve(node.value)

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.note(key_node, "A key must be plain text")
                continue
            key = key_node.value
            if key == "<<" and not key_node.style:
                self.note(key_node, "Merge keys are not supported", MERGE_HINT)
                continue
            if key in result:
                first = lines[key] + self.document.first_line
                self.note(key_node, f"The key `{key}` is given twice; the first is on line {first}", "Keep one of the two.")
                continue
            lines[key] = key_node.start_mark.line
            result[key] = self.build(value_node, depth + 1)
        return result
