"""Reading YAML and Markdown front matter: text to a document, and what is wrong with the text in plain words. No I/O."""

from __future__ import annotations

import re
from typing import Any

import yaml

from incidentbook import compose, syntax_words
from incidentbook.document import BREAK, Document, Problem, is_unreadable, point_behind
from incidentbook.span import Span
from incidentbook.yaml12 import resolve

NO_DATA_HINT = "Write what belongs into it, or take the file away."
ONCE_FOLLOWED = " once its aliases are followed"
MERGE_HINT = "Write the keys out: merge keys (<<) are not part of YAML 1.2."
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|\Z)")
_CLOSE = re.compile(r"(?<=[\r\n])---[ \t]*(?:\r\n|\r|\n|\Z)")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK_WITHIN = re.compile(r"(?:\A|(?<=[\r\n]))\ufeff")  # libyaml passes over it at the start of every line
_INVISIBLE = {
    "\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator", "\ufeff": "byte-order mark",
}  # fmt: skip
_CONFLICT = re.compile(r"^<{7} ", re.MULTILINE)
_TAG = re.compile(r"(?:&[^\s,\[\]{}]+\s+)?!")


def load(text: str) -> Document:
    """Read a YAML file's text. Never raises on bad input: what is wrong stands in ``problems``."""
    document = Document(text, yaml_offset=_start(text), yaml_end=len(text))
    _read(document)
    return document


def load_as(path: str, text: str) -> Document:
    """Read ``text`` as what a file called ``path`` holds: front matter in Markdown, YAML otherwise."""
    return load_front_matter(text) if path.endswith(".md") else load(text)


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
    return sum(1 for _ in BREAK.finditer(text))


def _read(document: Document) -> None:
    """Compose and construct the document's YAML part."""
    text = document.text[document.yaml_offset : document.yaml_end]
    here = _point(document.first_line, 1)
    if len(text) > compose.MAX_CHARACTERS:
        document.problems.append(Problem(f"The YAML is longer than {compose.MAX_CHARACTERS:,} characters", here))
        return
    _note_invisible(document, text)
    try:
        node = compose.compose(text)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        document.problems.append(_forbidden_character(document, text))
        return
    except yaml.MarkedYAMLError as error:
        if not document.problems:  # a line end of YAML 1.1 has been named as the culprit already
            document.problems.append(_syntax_problem(document, error))
        return
    except compose.TooMuchError as error:
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
    return point_behind(text[:offset], document.first_line)


def _note_invisible(document: Document, text: str) -> None:
    found = compose.BREAKS_OF_1_1.search(text) or ("\ufeff" in text and _MARK_WITHIN.search(text)) or None
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
        if depth >= compose.MAX_DEPTH - 1 and node.value:
            self.stop(node, compose.TOO_DEEP + ONCE_FOLLOWED)
            return None
        if self.nodes > compose.MAX_NODES:
            self.stop(node, compose.TOO_MANY + ONCE_FOLLOWED)
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
            if is_unreadable(key_node):
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
