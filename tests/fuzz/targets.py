"""What must hold for whatever file: each target takes one, and fails where the tool breaks a promise."""

from __future__ import annotations

import atexit
import functools
import io
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

import yaml
from ruamel.yaml import YAML
from ruamel.yaml import nodes as theirs
from ruamel.yaml.error import YAMLError

from fuzz.texts import MINIMAL, VALUES, File
from incidentbook import edit, files, reporters, repository, schema, source
from incidentbook.document import Document
from incidentbook.errors import EditError
from incidentbook.finding import Finding
from incidentbook.results import fingerprint
from incidentbook.results.store import Store
from incidentbook.rules import discover, engine, incremental
from incidentbook.rules.context import Context
from incidentbook.span import Edit, Span
from incidentbook.yaml12 import dump, resolve
from kb import at

NOW = at("2025-03-01 00:00")
_BREAK = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
Path_ = tuple[str | int, ...]


def load(file: File) -> Document:
    """Read a file's text as the repository does."""
    return source.load_front_matter(file.text) if file.name.endswith(".md") else source.load(file.text)


def loader(file: File) -> None:
    """Reading never raises, says what is wrong where it is, and gives plain data with a place for every value."""
    document = load(file)
    assert document.text == file.text
    assert document.value is not None or document.problems or _is_null(document)
    assert load(file).problems == document.problems, "the same every time"
    assert depth(document.root) <= 400, "libyaml recurses in C"
    for problem in document.problems:
        assert problem.message
        assert_inside(problem.span, file.text)
    if not document.problems:
        for path in places(document.value):
            assert document.node(path) is not None, path
            assert_inside(document.span(path), file.text)
        assert edit._same(source.load(dump(document.value)).value, document.value), "what is written reads back"


def _is_null(document: Document) -> bool:
    return document.root is not None and document.root.value in ("", "~", "null", "Null", "NULL")


def depth(node: yaml.Node | None) -> int:
    """Return how many levels of collections libyaml has composed within one another, aliases not followed."""
    deepest, level = 0, [node] if node is not None else []
    while level:
        deepest += 1
        level = [inner for outer in level if isinstance(outer, yaml.CollectionNode) for inner in _within(outer)]
    return deepest


def _within(node: yaml.CollectionNode) -> list[yaml.Node]:
    inner = [one for pair in node.value for one in pair] if isinstance(node, yaml.MappingNode) else node.value
    return [one for one in inner if one.start_mark.index > node.start_mark.index]


def places(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of every value."""
    yield path
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from places(inner, (*path, step))


def assert_inside(span: Span, text: str) -> None:
    """Fail unless ``span`` lies in ``text``, or just behind the end of a line; an empty one may lie behind the last line."""
    lines = _BREAK.split(text)
    if (span.line, span.column) == (span.end_line, span.end_column):
        lines.append("")
    assert 1 <= span.line <= len(lines), span
    assert (span.line, span.column) <= (span.end_line, span.end_column), span
    assert span.end_line <= len(lines), span
    for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
        assert 1 <= column <= len(lines[line - 1]) + 2, span


# a document may end several times over (YAML 1.2.2, rule 211), which ruamel.yaml takes for another document
_ENDS = re.compile(r"^(\.\.\.[ \t]*(?:\r\n?|\n))(?:\.\.\.[ \t]*(?:\r\n?|\n|\Z))+", re.MULTILINE)


def oracle(file: File) -> None:
    """What we read without a complaint, ruamel.yaml reads too, and as the same data."""
    document = load(file)
    if document.problems:
        return
    if isinstance(document.root, yaml.ScalarNode) and document.root.style in ("|", ">"):
        return  # ruamel.yaml takes the mark that ends a document for a part of a block text that is all of it
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    text = _ENDS.sub(r"\1", document.text[document.yaml_offset : document.yaml_end])
    try:
        node = reader.compose(io.StringIO(text))
    except YAMLError as error:
        if "\t" in file.text:  # ruamel.yaml refuses a tab at the end of a line and within a plain text; YAML does not
            return
        raise AssertionError(f"we accept what ruamel.yaml refuses: {error}") from error
    assert edit._same(document.value, _meaning(node)), "the two read different data"


def _meaning(node: Any) -> Any:
    """Return the data of ruamel.yaml's nodes; what a plain scalar means is compared in test_yaml12.py."""
    if isinstance(node, theirs.MappingNode):
        return {key.value: _meaning(value) for key, value in node.value}
    if isinstance(node, theirs.SequenceNode):
        return [_meaning(item) for item in node.value]
    return None if node is None else node.value if node.style else resolve(node.value)


def gate(file: File) -> None:
    """The fast gate of the schemas and their exact path agree on what is accepted."""
    value, kind = load(file).value, kind_of(file.name)
    found = list(schema.errors(kind, value))
    assert schema.valid(kind, value) == (not found), [(error.path, error.keyword) for error in found]


def kind_of(name: str) -> str:
    """Return the name of the schema of a file."""
    folder = name.split("/", 1)[0]
    return Path(name).stem if folder == "policy" else folder.removesuffix("s")


def edits(file: File) -> None:
    """An edit does what it says and nothing else, or is refused."""
    document = load(file)
    random = Random(repr(file.text))  # noqa: S311 - which edit is tried is no secret
    for _ in range(3):
        path, value = random.choice([*places(document.value)]), random.choice(VALUES)
        if random.random() < 0.4:
            path = (*path, random.choice(("new", "id", "a b", 0)))
        for make in (edit.set_value, edit.append_item):
            try:
                made: Edit = make(document, path, value)
            except EditError:
                continue
            after = load(File(file.name, edit.apply(file.text, [made])))
            wanted = [*path, len(_at(document.value, path) or ())] if make is edit.append_item else path
            wanted = path if make is edit.append_item and _at(document.value, path) is None else wanted
            value_ = [value] if wanted is path and make is edit.append_item else value
            assert edit._same(after.value, edit._with(document.value, wanted, value_)), (path, value)


def _at(data: Any, path: Path_) -> Any:
    for step in path:
        inside = (
            step in data
            if isinstance(data, dict)
            else isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not inside:
            return None
        data = data[step]
    return data


def checker(file: File) -> None:
    """No rule fails, findings lie in their files and are the same every time, and every reporter can tell them."""
    root = knowledge_base()
    with replaced(root, file):
        context = checked(root)
        outcome = engine.run(context, discover())
        second = engine.run(checked(root), discover())
    assert not outcome.failures, outcome.failures
    assert outcome == second, "the same every time"
    texts = {entry.path: entry.document.text for entry in context.repo.entries}
    for found in outcome.findings:
        assert found.message.strip(), found
        for path, span in ((found.path, found.span), *((near.path, near.span) for near in found.related)):
            assert_inside(span, file.text if path == file.name else texts[path])
        if found.fix:
            edit.apply(texts[found.path], found.fix.edits)
    told(outcome.findings, texts)


def told(findings: tuple[Finding, ...], texts: Mapping[str, str]) -> None:
    """Render findings in every form; programs can read theirs, and none steers a terminal."""
    report = reporters.Report(findings, {"records": len(texts)}, texts, rules=discover())
    readers: dict[str, Callable[[str], Any]] = {
        "gitlab": json.loads,
        "json": json.loads,
        "sarif": json.loads,
        "junit": ET.fromstring,
    }
    for name in reporters.names():
        text = reporters.render(name, report)
        text.encode("utf-8")
        assert text == reporters.render(name, report)
        readers.get(name, str)(text)
        if name not in readers:
            steering = _CONTROL.search(text)
            assert steering is None, f"{name} prints {steering and steering.group()!r}"


def cached(file: File) -> None:
    """A check that does again only what has changed says what a check of everything says."""
    root = knowledge_base()
    with tempfile.TemporaryDirectory() as kept:
        for _ in range(2):
            again(root, Path(kept))
            with replaced(root, file):
                assert again(root, Path(kept)) == engine.run(checked(root), discover())


def again(root: Path, kept: Path) -> engine.Outcome:
    """Check by way of what is kept of the last check in the folder ``kept``."""
    read, unread = files.listing(root)
    context = Context(repository.lazily(root, read, digested=True), NOW, unread)
    policies = fingerprint.policies(root, read)
    return incremental.run(
        context, discover, Store(kept, fingerprint.of(root, policies, ((), ()), lambda: ()), policies)
    )


def checked(root: Path) -> Context:
    """Return a context for a check of everything."""
    return Context(repository.load(root), NOW, files.listing(root)[1])


@functools.cache
def knowledge_base() -> Path:
    """Return a copy of tests/kb_minimal that lives as long as this process."""
    root = Path(tempfile.mkdtemp(prefix="incidentbook-fuzz-")) / "kb"
    shutil.copytree(MINIMAL, root)
    atexit.register(shutil.rmtree, root.parent, ignore_errors=True)
    return root


@contextmanager
def replaced(root: Path, file: File) -> Iterator[None]:
    """Let a file of the knowledge base at ``root`` be another one for a while."""
    path = root / file.name
    before = path.read_bytes()
    path.write_bytes(file.text.encode("utf-8", "surrogateescape"))
    try:
        yield
    finally:
        path.write_bytes(before)


TARGETS = {target.__name__: target for target in (loader, oracle, gate, edits, checker, cached)}
