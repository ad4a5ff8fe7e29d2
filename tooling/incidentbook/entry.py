"""One file of a knowledge base: where it is, what it says, and the record made of it, each read when it is first asked for."""

from __future__ import annotations

import codecs
import copy
import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from incidentbook import files, source
from incidentbook.document import Document, Packed, Problem, point_behind
from incidentbook.records.build import build, lazily
from incidentbook.span import Span

R = TypeVar("R")


class Types(Mapping[str, type[Any]]):
    """Record types by name, each imported when it is first asked for: a responder's command needs few of them."""

    def __init__(self, **places: str) -> None:
        """Begin with ``name_of_kind="module:Class"``; modules are those of `incidentbook.records`."""
        self._places = {kind.replace("_", "-"): place.split(":") for kind, place in places.items()}
        self._kinds = {name: kind for kind, (_, name) in self._places.items()}

    def __getitem__(self, kind: str) -> type[Any]:
        """Return the type of a kind. Raises KeyError."""
        module, name = self._places[kind]
        found: type[Any] = getattr(importlib.import_module(f"incidentbook.records.{module}"), name)
        return found

    def __iter__(self) -> Iterator[str]:
        """Iterate over the kinds."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the kinds."""
        return len(self._places)

    def kind(self, cls: type[Any]) -> str:
        """Return the kind whose type is ``cls``. Raises KeyError where there is none."""
        return self._kinds[cls.__name__]


RECORD_TYPES = Types(incident="incident:Incident", postmortem="postmortem:Postmortem", playbook="playbook:Playbook")
POLICY_TYPES = Types(
    knowledge_base="policy.knowledge_base:KnowledgeBase",
    severities="policy.severities:Severities",
    services="policy.services:Services",
    communications="policy.communications:CommunicationsPolicy",
    escalation="policy.escalation:EscalationPolicy",
    metrics="policy.metrics:MetricsPolicy",
    actions="policy.actions:ActionsPolicy",
    checks="policy.checks:ChecksPolicy",
    factors="policy.factors:Factors",
    maturity="policy.maturity:MaturityPolicy",
    obligations="policy.obligations:Obligations",
    rotation="policy.rotation:RotationPolicy",
)
_UNBUILT: Any = object()


class Entry(Generic[R]):
    """One file: where it is, what it says, and the record made of it; read when it is first asked for.

    Attributes:
        path: relative to the root, with forward slashes.
        kind: incident, postmortem, playbook, or the name of a policy file.
        digest: of the bytes that were read; empty while none were, where they cannot be read, and where nobody wants it.
        content: what Git calls the content that it was made from; empty where nobody asked.
        known: gives what somebody found out about the file when it was first read; None where nobody looked.

    """

    __slots__ = (
        "_digested",
        "_document",
        "_facts",
        "_packed",
        "_read_it",
        "_record",
        "_root",
        "content",
        "digest",
        "kind",
        "known",
        "path",
    )

    def __init__(self, path: str, kind: str, document: Document, record: R | None) -> None:
        self.path, self.kind, self.digest, self.content = path, kind, "", ""
        self._document: Document | None = document
        self._record: R | None = record
        self._root: Path | None = None
        self._packed: Packed | None = None
        self._facts: Callable[[], Mapping[str, Any] | None] | None = None
        self._read_it: Callable[[], bytes | files.Refusal] | None = None
        self._digested = True
        self.known: Callable[[], Mapping[str, Any]] | None = None

    @classmethod
    def of_file(cls, root: Path, path: str, *, digested: bool = False) -> Entry[R]:
        """Return the entry of the file at ``path``, relative to ``root``, which is read when somebody asks what it says."""
        entry = cls(path, kind_of(path), Document(""), _UNBUILT)
        entry._document, entry._root, entry._digested = None, root, digested
        return entry

    @classmethod
    def of_text(cls, path: str, text: str) -> Entry[R]:
        """Return the entry that the file at ``path`` would be if it held ``text``."""
        return cls(path, kind_of(path), source.load_as(path, text), _UNBUILT)

    @classmethod
    def of_bytes(cls, path: str, data: bytes | files.Refusal) -> Entry[R]:
        """Return the entry that the file at ``path`` would be if it held ``data``."""
        return cls(path, kind_of(path), _document_of(path, data), _UNBUILT)

    @classmethod
    def of_facts(
        cls, path: str, facts: Callable[[], Mapping[str, Any]], read: Callable[[], bytes | files.Refusal]
    ) -> Entry[R]:
        """Return the entry of a file that is known to be in order, and whose ``facts`` are given when somebody asks for them.

        Its record holds no more than the facts do; ``read`` gives the rest when somebody asks for the document.
        """
        entry = cls(path, kind_of(path), Document(""), _UNBUILT)
        entry._document, entry._facts, entry._read_it = None, facts, read
        return entry

    @property
    def is_readable(self) -> bool:
        """Whether the file holds a mapping; if it does not, nothing of what it says is in anything computed."""
        return self._facts is not None or isinstance(self.document.value, Mapping)

    @property
    def facts(self) -> Any:
        """The file's data as far as figures need it; all of it where it was read for people; None where only a record says it."""
        return self.document.value if self._facts is None else self._facts()

    @property
    def document(self) -> Document:
        """The file's text, data and places."""
        if self._document is None:
            self._document = self._packed.unpacked() if self._packed is not None else self._read()
        return self._document

    @property
    def text(self) -> str:
        """The file's text, without a look at what it says; empty where it cannot be read."""
        if self._document is not None or self._packed is not None or self._root is None:
            return self.document.text
        data = files.read_bytes(self._root, self.path)
        return _decoded(data)[0] if isinstance(data, bytes) else ""

    @property
    def record(self) -> R | None:
        """The typed record; None when the file cannot be read as one."""
        if self._record is _UNBUILT and self._facts is not None:
            self._record = _built(self.path, self.kind, self._facts(), lazily)
        elif self._record is _UNBUILT:
            self._record = _record(self.path, self.kind, self.document)
        return self._record

    def saying(self, record: R, content: str = "") -> Entry[R]:
        """Return the same file with another record made of it, which stands for its facts.

        ``content`` is what Git calls the file's content where the record follows from that alone.
        """
        found = copy.copy(self)
        found._record, found._facts, found.content = record, lambda: None, content  # noqa: SLF001 - an entry too
        return found

    def pack(self) -> None:
        """Keep what was read in a tenth of the room, until it is asked for again."""
        if self._root is not None and self._document is not None:
            self._packed = self._packed or Packed.of(self._document)
            self._document, self._record = None, _UNBUILT

    def forget(self) -> None:
        """Keep nothing of what was read; whoever asks again reads the file again."""
        if self._root is not None:
            self._document, self._record, self._packed = None, _UNBUILT, None

    def _read(self) -> Document:
        if self._read_it is not None:
            return _document_of(self.path, self._read_it())
        assert self._root is not None  # noqa: S101 - an entry has a document, or a way to one
        data = files.read_bytes(self._root, self.path)
        self.digest = files.digest(data) if self._digested and isinstance(data, bytes) else ""
        return _document_of(self.path, data)

    def __repr__(self) -> str:
        return f"Entry({self.path!r}, {self.kind!r}, {self._document!r}, {self._record!r})"


def kind_of(path: str) -> str:
    """Return the kind of the file at ``path``: by its folder, and in ``policy`` by its name."""
    folder, name = path.split("/", 1)
    kind = folder.removesuffix("s")
    if kind in RECORD_TYPES:
        return kind
    # by its whole path in policy/: what lies in a subfolder never takes the place of a policy, nor a policy that of a record
    kind = name.rsplit(".", 1)[0]
    return path if kind in RECORD_TYPES else kind


def _document_of(path: str, data: bytes | files.Refusal) -> Document:
    if isinstance(data, files.Refusal):
        return Document("", problems=[Problem(data.message, Span(), data.hint)])
    text, problem = _decoded(data)
    return Document("", problems=[problem]) if problem is not None else source.load_as(path, text)


def _built(path: str, kind: str, value: Any, make: Callable[[type[Any], Any], Any] = build) -> Any:
    record_type = RECORD_TYPES.get(kind) if not path.startswith("policy/") else POLICY_TYPES.get(kind)
    return make(record_type, value) if record_type else None


def _record(path: str, kind: str, document: Document) -> Any:
    record = _built(path, kind, document.value)
    return replace(record, body=document.body) if record is not None and path.endswith(".md") else record


_OTHER_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}


def _decoded(data: bytes) -> tuple[str, Problem | None]:
    """Read ``data`` as UTF-8; where it is none, say so instead of raising."""
    for mark, name in _OTHER_MARKS.items():
        if data.startswith(mark):
            return "", Problem(f"The file is in {name}", Span(), "Save it as UTF-8.")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        span = point_behind(data[: error.start].decode("utf-8"))
        return "", Problem(f"Byte 0x{data[error.start]:02X} is not valid UTF-8", span, "Save the file as UTF-8.")
