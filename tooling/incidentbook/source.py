"""YAML and Markdown front matter as text with positions. Parsing only: no I/O, no schema, no meaning."""

from __future__ import annotations

import marshal
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml._yaml import CParser

from incidentbook import syntax_words
from incidentbook.finding import Span
from incidentbook.yaml12 import resolve

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 200_000
TOO_DEEP = f"The YAML is nested more than {MAX_DEPTH} levels deep"
TOO_MANY = f"The YAML holds more than {MAX_NODES:,} values"
NO_DATA_HINT = "Write what belongs into it, or take the file away."
ONCE_FOLLOWED = " once its aliases are followed"
MERGE_HINT = "Write the keys out: merge keys (<<) are not part of YAML 1.2."
_BREAK = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSE = re.compile(r"(?<=[\r\n])---[ \t]*(?:\r\n|\r|\n|\Z)")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS_OF_1_1 = re.compile("[\x85\u2028\u2029]")  # line ends for libyaml, plain characters for YAML 1.2
_MARK_WITHIN = re.compile(r"(?:\A|(?<=[\r\n]))\ufeff")  # libyaml passes over it at the start of every line
_INVISIBLE = {
    "\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator", "\ufeff": "byte-order mark",
}  # fmt: skip
_FEW = 300
_FAR_IN = "\n" + " " * 60
_UNCOUNTED = (  # what may hold several levels within a column: items on one line, and indentation behind an odd line end
    "- - ", "- ? ", "-  ", "-\t", "? - ", "? ? ", "?  ", "?\t", "\r ", "\ufeff ",
)  # fmt: skip
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_TAG = re.compile(r"(?:&[^\s,\[\]{}]+\s+)?!")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the text that YAML 1.2 does not allow, or that this tool refuses to guess at."""

    message: str
    span: Span
    hint: str = ""


class _TooMuchError(Exception):
    """Nesting beyond MAX_DEPTH, or more than MAX_NODES; libyaml itself would go on until the process dies."""

    def __init__(self, message: str, mark: yaml.Mark) -> None:
        super().__init__(message)
        self.mark = mark


class _Loader(CParser):
    """libyaml's composer without any implicit resolver: every plain scalar stays text until `resolve` reads it."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Give every node the same tag: what a scalar means is read from its text, and tags are refused."""
        del kind, value, implicit
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Go down a level."""

    def ascend_resolver(self) -> None:
        """Leave it."""


class _CountingLoader(_Loader):
    """The same for text that may be nested deeply, or hold a great many values."""

    _depth = 0
    _nodes = 0

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Count the depth: the composer calls this for every node, before it recurses in C."""
        del current_index
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH:
            raise _TooMuchError(TOO_DEEP, current_node.start_mark)
        if self._nodes > MAX_NODES:
            raise _TooMuchError(TOO_MANY, current_node.start_mark)

    def ascend_resolver(self) -> None:
        """Leave a node."""
        self._depth -= 1


@dataclass(slots=True)
class Document:
    """One file: its text, the data that its YAML holds, and where each value stands.

    Attributes:
        text: the whole text, a byte-order mark included: an edit of it keeps every other byte of the file.
        value: plain data (dict, list, str, int, float, bool, None); None when the YAML cannot be read at all.
        problems: what is wrong with the text itself; the value is then what could still be read.
        yaml_offset: where the YAML starts in ``text`` (after the ``---`` of front matter, after a byte-order mark).
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
    _keys: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def root(self) -> yaml.Node | None:
        """The composed root node, made again on demand: nodes are ten times the size of the data."""
        if self._node is None:
            self._node = _compose_again(self.text[self.yaml_offset : self.yaml_end])
        return self._node

    def node(self, path: Sequence[str | int]) -> yaml.Node | None:
        """Return the node at ``path``, or None where the path leads nowhere."""
        found, _ = self._walk(path)
        return found

    def trail(self, path: Sequence[str | int]) -> list[tuple[yaml.Node | None, yaml.Node]]:
        """Return the (key, value) nodes on the way to ``path``, the root first; none where the path leads nowhere."""
        found, trail = self._walk(path)
        return trail if found is not None else []

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at ``path`` stands, or its key with ``key``; the deepest existing parent otherwise."""
        _, trail = self._walk(path)
        if not trail:
            return Span()
        key_node, node = trail[-1]
        return self.span_of(key_node if key and key_node is not None else node)

    def lacks_keys(self, path: Sequence[str | int]) -> bool:
        """Whether the mapping at ``path`` holds keys that cannot be read, of which `problems` tell: its data is not all of it."""
        node = self.node(path) if self.problems else None
        return isinstance(node, yaml.MappingNode) and any(map(_is_unreadable, (key for key, _ in node.value)))

    def offset(self, mark: yaml.Mark) -> int:
        """Return a node mark's 0-based offset in ``text``."""
        return int(mark.index) + self.yaml_offset

    def span_of(self, node: yaml.Node) -> Span:
        """Return where ``node`` stands in the file."""
        start, end = node.start_mark, node.end_mark
        end_line, end_column = end.line, end.column
        if end_line > start.line and not isinstance(node, yaml.ScalarNode):
            end_line, end_column = start.line, start.column + 1  # a collection is shown at its first character
        shift = self.first_line
        return Span(start.line + shift, start.column + 1, end_line + shift, end_column + 1)

    def _walk(self, path: Sequence[str | int]) -> tuple[yaml.Node | None, list[tuple[yaml.Node | None, yaml.Node]]]:
        """Follow ``path``; return the node reached (None when it ends early) and the (key, value) nodes on the way."""
        node = self.root
        if node is None:
            return None, []
        trail: list[tuple[yaml.Node | None, yaml.Node]] = [(None, node)]
        for step in path:
            pair = self._child(node, step)
            if pair is None:
                return None, trail
            trail.append(pair)
            node = pair[1]
        return node, trail

    def _child(self, node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
        if isinstance(node, yaml.SequenceNode):
            inside = isinstance(step, int) and 0 <= step < len(node.value)
            return (None, node.value[step]) if inside else None
        if not isinstance(node, yaml.MappingNode):
            return None
        if id(node) not in self._keys:  # of a key that is given twice the first counts, as in the data
            pairs = reversed(node.value)
            self._keys[id(node)] = {key.value: (key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}
        return self._keys[id(node)].get(str(step))


@dataclass(frozen=True, slots=True)
class Packed:
    """A document in a tenth of the room, and back again within 0.1 ms: reading the text anew takes twenty times as long."""

    text: bytes
    value: bytes
    problems: tuple[Problem, ...]
    ends: tuple[int, int, int, int, int]

    @classmethod
    def of(cls, document: Document) -> Packed:
        """Pack ``document``."""
        body = len(document.text) - len(document.body)
        ends = (document.yaml_offset, document.yaml_end, body, document.body_line, document.first_line)
        text = document.text.encode("utf-8", "surrogatepass")
        return cls(text, marshal.dumps(document.value), tuple(document.problems), ends)

    def unpacked(self) -> Document:
        """Return the document that was packed."""
        text = self.text.decode("utf-8", "surrogatepass")
        start, end, body, body_line, first_line = self.ends
        value, problems = marshal.loads(self.value), list(self.problems)  # noqa: S302 - our own bytes, of this very process
        return Document(text, value, problems, start, end, text[body:], body_line, first_line)


def load(text: str) -> Document:
    """Read a YAML file's text. Never raises on bad input: what is wrong stands in ``problems``."""
    document = Document(text, yaml_offset=_start(text), yaml_end=len(text))
    _read(document)
    return document


def load_front_matter(text: str) -> Document:
    """Read a Markdown file whose head, between two lines ``---``, is YAML. Never raises on bad input."""
    document = Document(text)
    opening = _FENCE.match(text, _start(text))
    if opening is None:
        hint = "Start it with a line `---`, YAML, `---`."
        document.problems.append(Problem("The file has no front matter", Span(), hint))
        document.body = text
        return document
    document.yaml_offset, document.first_line = opening.end(), 2
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        document.yaml_end = document.yaml_offset
        message = "The front matter that starts here is never closed"
        document.problems.append(Problem(message, Span(1, 1, 1, 4), "End it with a second line `---`."))
        return document
    document.yaml_end = closing.start()
    document.body = text[closing.end() :]
    document.body_line = _lines(text[: closing.end()]) + 1
    _read(document)
    return document


def _start(text: str) -> int:
    """Return where the content of a file starts: behind its byte-order mark, if it has one."""
    return 1 if text.startswith("\ufeff") else 0


def _lines(text: str) -> int:
    """Count the line ends in ``text`` as YAML 1.2 does."""
    return sum(1 for _ in _BREAK.finditer(text))


def _compose(text: str) -> yaml.Node | None:
    loader = _Loader(text) if _is_shallow(text) else _CountingLoader(text)
    node: yaml.Node | None = loader.get_single_node()
    return node


def _without_breaks_of_1_1(text: str) -> str:
    """Return ``text`` with a character in place of each, as it is none but a character to YAML 1.2: lines are counted alike."""
    return _BREAKS_OF_1_1.sub("\ufffd", text)


def _is_shallow(text: str) -> bool:
    """Whether a look tells that the text is short and nested less than a few hundred levels deep, as nearly all are.

    Block collections nest by columns, two a column at most, unless several begin on one line; flow collections by brackets.
    """
    if len(text) > MAX_NODES:
        return False
    brackets = text.count("[") + text.count("{")
    return brackets <= _FEW and _FAR_IN not in text and not any(sign in text for sign in _UNCOUNTED)


def _compose_again(text: str) -> yaml.Node | None:
    """Compose for positions; None where the first reading failed too, and said why."""
    try:
        return _compose(_without_breaks_of_1_1(text)) if len(text) <= MAX_CHARACTERS else None
    except (yaml.YAMLError, _TooMuchError, UnicodeEncodeError):
        return None


def _read(document: Document) -> None:
    """Compose and construct the document's YAML part."""
    text = document.text[document.yaml_offset : document.yaml_end]
    here = _point(document.first_line, 1)
    if len(text) > MAX_CHARACTERS:
        document.problems.append(Problem(f"The YAML is longer than {MAX_CHARACTERS:,} characters", here))
        return
    _note_invisible(document, text)
    try:
        node = _compose(_without_breaks_of_1_1(text))
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        document.problems.append(_forbidden_character(document, text))
        return
    except yaml.MarkedYAMLError as error:
        if not document.problems:  # a line end of YAML 1.1 has been named as the culprit already
            document.problems.append(_syntax_problem(document, error))
        return
    except _TooMuchError as error:
        span = _point(error.mark.line + document.first_line, error.mark.column + 1)
        document.problems.append(Problem(str(error), span))
        return
    if node is None:
        document.problems.append(Problem("The file holds no data", here, NO_DATA_HINT))
        return
    builder = _Builder(document)
    value = builder.build(node, 0)
    document.value = None if builder.stopped else value  # half of a record would only lead to more findings


def _point(line: int, column: int) -> Span:
    return Span(line, column, line, column + 1)


def _point_at(document: Document, text: str, offset: int) -> Span:
    """Return the place of the character at ``offset`` of the YAML part."""
    before = text[:offset]
    line_start = max(before.rfind("\n"), before.rfind("\r")) + 1
    return _point(_lines(before) + document.first_line, offset - line_start + 1)


def _note_invisible(document: Document, text: str) -> None:
    found = _BREAKS_OF_1_1.search(text) or ("\ufeff" in text and _MARK_WITHIN.search(text)) or None
    if found is None:
        return
    name = _INVISIBLE[found.group()]
    message = f"The invisible character U+{ord(found.group()):04X} ({name}) stands here; readers of YAML disagree on it"
    hint = "Remove it." if found.group() == "\ufeff" else "Remove it, or break the line in the usual way."
    document.problems.append(Problem(message, _point_at(document, text, found.start()), hint))


def _forbidden_character(document: Document, text: str) -> Problem:
    found = _FORBIDDEN.search(text)
    if found is None:  # libyaml and we disagree on what is printable: say so without a place
        return Problem("The file holds a character that YAML does not allow", _point(document.first_line, 1))
    name = "a NUL byte" if found.group() == "\0" else f"the character U+{ord(found.group()):04X}"
    span = _point_at(document, text, found.start())
    return Problem(f"YAML does not allow {name}", span, "Remove it; is the file a text file in UTF-8?")


def _syntax_problem(document: Document, error: yaml.MarkedYAMLError) -> Problem:
    """Say in plain words what libyaml stumbled over."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    problem, context = (error.problem or str(error)).strip(), (error.context or "").strip()
    conflict = _CONFLICT.search(document.text, document.yaml_offset, document.yaml_end)
    if conflict is not None:
        place = _point_at(document, document.text[document.yaml_offset :], conflict.start() - document.yaml_offset)
        return Problem(
            "Git has left a conflict here", place, "Keep what is right of both sides, and remove the three lines."
        )
    if opened is not None and ("unexpected end of stream" in problem or "expected ':'" in problem):
        mark = opened  # where a quote opens or a key begins says more than where the reader gave up
    span, character = _point(document.first_line, 1), ""
    if mark is not None:
        offset = document.offset(mark)
        character = document.text[offset : offset + 1]
        span = _point(mark.line + document.first_line, mark.column + 1)
        if not character and document.text[-1:] not in (
            "\n",
            "\r",
        ):  # libyaml ends a file with a line that is not there
            span = _point_at(document, document.text[document.yaml_offset :], offset - document.yaml_offset)
    opened_at = f"line {opened.line + document.first_line}" if opened else "above"
    message, hint = syntax_words.explain(problem, context, character, opened_at)
    return Problem(message, span, hint)


def _is_unreadable(key: yaml.Node) -> bool:
    """Whether a key is none: a collection, or the merge key of YAML 1.1."""
    return not isinstance(key, yaml.ScalarNode) or (key.value == "<<" and not key.style)


class _Builder:
    """Turns composed nodes into plain data and notes what YAML 1.2 or this tool does not allow."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.noted = set(document.problems)
        self.nodes = 0
        self.stopped = False
        self.tagged = "!" in document.text[document.yaml_offset : document.yaml_end]

    def note(self, node: yaml.Node, message: str, hint: str = "") -> None:
        problem = Problem(message, self.document.span_of(node), hint)
        if problem not in self.noted:  # what an alias repeats is said once
            self.noted.add(problem)
            self.document.problems.append(problem)

    def build(self, node: yaml.Node, depth: int) -> Any:
        """Return the data of ``node``; aliases are expanded up to a limit, so that none can explode."""
        self.nodes += 1
        if self.stopped:
            return None
        if self.tagged and _TAG.match(self.document.text, self.document.offset(node.start_mark)):
            self.note(
                node, "Tags such as `!!str` are not supported", "Remove the tag, and quote the value if it is text."
            )
        if node.__class__ is yaml.ScalarNode:
            return node.value if node.style else resolve(node.value)
        if depth >= MAX_DEPTH - 1 and node.value:
            self.stop(node, TOO_DEEP + ONCE_FOLLOWED)
            return None
        if self.nodes > MAX_NODES:
            self.stop(node, TOO_MANY + ONCE_FOLLOWED)
            return None
        if node.__class__ is yaml.MappingNode:
            return self.mapping(node, depth)
        return [self.build(child, depth + 1) for child in node.value]

    def unreadable(self, key: yaml.Node) -> tuple[str, str]:
        """Say why a key cannot be read, and what to do."""
        if isinstance(key, yaml.ScalarNode):
            return "Merge keys are not supported", MERGE_HINT
        start = self.document.offset(key.start_mark)
        if self.document.text[start - 1 : start + 1] == "{{":
            return (
                "Two braces begin no text",
                "Is this left from a template? Write the value itself, or put it in quotes.",
            )
        return "A key must be plain text", "Put a text that starts with `{`, `[` or `?` in quotes."

    def stop(self, node: yaml.Node, message: str) -> None:
        self.stopped = True
        self.note(node, message)

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            if _is_unreadable(key_node):
                self.note(key_node, *self.unreadable(key_node))
                continue
            key = key_node.value
            if key in result:
                first = lines[key] + self.document.first_line
                self.note(
                    key_node, f"The key `{key}` is given twice; the first is on line {first}", "Keep one of the two."
                )
                continue
            lines[key] = key_node.start_mark.line
            result[key] = self.build(value_node, depth + 1)
        return result
