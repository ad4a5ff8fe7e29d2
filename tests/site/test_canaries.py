"""Canaries in everything narrower that the schemas know: in the restricted site, and in no byte of a wider one.

The knowledge base lies in Git, so that history may tell on it too; what is published is read file by file, packed ones unpacked,
and looked at in every disguise that a page may put a word into.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest

import kb
from commits import Repo
from incidentbook import repository, resources, schema
from sowing import CLOCK, WORD, Sower, fields

LEVELS = ("public", "internal", "restricted")
RECORDS = ("incident", "postmortem", "playbook")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
# Parts of a policy that are there to be published: names of things that records name, and the words of the knowledge base itself.
# A new key of a policy is hidden until it is listed here, which is a decision to be taken.
PUBLISHED = re.compile(
    "knowledge-base (name|description|organisation|teams.*name)|services services( \\(key\\)|.*name)"
    "|factors factors( \\(key\\)|.*name|.*description)"
    "|severities severities.sev[1-4].(name|description)|metrics durations( \\(key\\)|.*name|.*abbreviation)"
)


class Planted:
    """A knowledge base with the canaries in it: by level, and what Git says of those who wrote it."""

    def __init__(self, folder: Path) -> None:
        self.sower = Sower()
        self.repo = Repo.new(folder)
        self.of: dict[str, set[str]] = {level: set() for level in (*LEVELS, "policy", "git")}
        self.number = 0

    def write(self, level: str, files: dict[str, Any]) -> None:
        """Commit files whose canaries are of ``level``, under a name, with a message and at a time that are canaries too."""
        known = set().union(*self.of.values())
        self.of[level] |= set(self.sower.sown) - known
        self.number += 1
        name, subject = self.sower.word("git author"), self.sower.word("git subject")
        self.of["git"] |= {name, subject}
        kb.write(self.repo.base, files)
        self.repo.git("add", "--all")
        author = ("-c", f"user.name={name}", "-c", f"user.email={name}@{name}.example")
        self.repo.git(*author, "commit", "--quiet", "--message", subject, at=self.time(level))

    def time(self, level: str) -> str:
        """Return when the next commit is made; of a hidden record that itself is a canary."""
        if level not in ("internal", "restricted"):
            return f"2025-02-{self.number:02}T12:00:00Z"
        clock = self.sower.clocks.pop()
        self.sower.sown[clock] = "git time"
        self.of[level].add(clock)
        return f"2025-02-{self.number:02}T{clock}Z"

    def incident(self, name: str, keep: dict[str, Any], level: str = "") -> dict[str, Any]:
        """Return an incident with all its fields sown, or only entries, each of ``level``."""
        own = {"id": name, "status": "closed", "exercise": False, "disclosure": "public", **keep}
        if level:
            told = {
                "summary": "It broke.",
                "resolution": "It was mended.",
                "milestones": {"started": "2025-01-02T00:00:00Z"},
            }
            plain = kb.incident(1) | own | told
            return self.sower.entries("incident", name, level, plain)
        return self.sower.record("incident", name, {"field_disclosure": {}, "links": {}, "playbooks": [], **own})

    def postmortem(self, incident: str, keep: dict[str, Any], level: str = "") -> str:
        """Return a post-mortem of an incident in the same way."""
        own = {"incidents": [incident], "status": "published", "disclosure": "public", **keep}
        if level:
            return self.document(self.sower.entries("postmortem", incident, level, own), "")
        made = self.sower.record("postmortem", incident, own)
        return self.document(made, f"## Lessons learned\n\n- {self.sower.word('postmortem body')}\n")

    def document(self, front: dict[str, Any], body: str) -> str:
        """Return front matter and body."""
        from incidentbook import yaml12  # noqa: PLC0415

        return f"---\n{yaml12.dump(front)}---\n{body}"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """Records hidden as a whole, by field and by entry, at both levels; policies; and one record that everybody may read."""
    made = Planted(tmp_path_factory.mktemp("planted") / "kb")
    policies = {f"policy/{name}.yml": policy(made, name) for name in resources.schema_names() if name not in RECORDS}
    made.write("policy", policies)
    made.write("public", {"incidents/2025/INC-2025-100.yml": made.incident("INC-2025-100", {})})
    for at, level in enumerate(LEVELS[1:], 1):
        whole, named, parts, entries = (f"INC-2025-{at}{number:02}" for number in (1, 2, 3, 4))
        body, stem = made.sower.word("file name"), made.sower.word("file name")
        playbook = made.sower.record("playbook", "playbook", {"disclosure": level, "status": "active"})
        hidden = {
            f"incidents/2025/{stem}.yml": made.incident(whole, {"disclosure": level}),
            f"postmortems/2025/{stem}.md": made.postmortem(whole, {"disclosure": level}),
            f"playbooks/availability/{body}.md": made.document(playbook, f"## {made.sower.word('playbook body')}\n"),
        }
        made.write(level, hidden)
        always = {"id", "disclosure", "field_disclosure", "status", "exercise", "links", "playbooks"}
        top = [key for key in resources.schema("incident")["properties"] if key not in always]
        deep = [path for path in fields("incident") if path.split(".")[0] not in always]
        for name, narrowed in ((named, top), (parts, deep)):
            record = made.incident(name, {"field_disclosure": dict.fromkeys(narrowed, level)})
            made.write(level, {f"incidents/2025/{name}.yml": record})
        made.write(
            level,
            {
                f"incidents/2025/{entries}.yml": made.incident(entries, {}, level),
                f"postmortems/2025/{entries}.md": made.postmortem(entries, {}, level),
            },
        )
    return made


def policy(made: Planted, name: str) -> dict[str, Any]:
    """Return a policy with everything sown that may be any text, and with a clock that goes on."""
    keep: dict[str, Any] = {}
    if name == "knowledge-base":
        # The site says when it was made: the machine's clock would sometimes strike a canary's time of day.
        now = "2025-12-31T12:00:00Z"
        keep = {"time_zone": "UTC", "default_disclosure": "public", "as_of": now, "commit": False}
    sown = made.sower.record(name, name, keep)
    return {key: value for key, value in sown.items() if value is not None}


@pytest.fixture(scope="module", params=["builtin", "pagefind"])
def found(
    planted: Planted, inc: kb.Inc, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, dict[str, set[str]]]:
    """Return, for each audience, every canary that its site holds, with the files in which it is; with either search."""
    text = (resources.templates_dir() / "mkdocs.yml").read_text(encoding="utf-8")
    chosen = text.replace("  - incidentbook:\n", f"  - incidentbook:\n      search: {request.param}\n")
    (planted.repo.base / "docs").mkdir(exist_ok=True)
    (planted.repo.base / "mkdocs.yml").write_text(chosen, encoding="utf-8")
    seen = {}
    for level in LEVELS:
        folder = tmp_path_factory.mktemp(level) / "site"
        done = inc("site", "build", "--audience", level, "--no-strict", "--output", str(folder), root=planted.repo.base)
        assert done.status == 0, done.err
        assert (folder / "pagefind" / "pagefind.js").exists() == (request.param == "pagefind")
        seen[level] = canaries(folder, set(planted.sower.sown))
    return seen


def canaries(folder: Path, sown: set[str]) -> dict[str, set[str]]:
    """Return which canaries stand in the files of a folder, or in their names."""
    holding: dict[str, set[str]] = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        name = path.relative_to(folder).as_posix()
        for data in (name.encode(), *unpacked(path.read_bytes())):
            for text in disguises(data):
                for canary in {*WORD.findall(text), *CLOCK.findall(text)} & sown:
                    holding.setdefault(canary, set()).add(name)
    return holding


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what a file holds, and what is packed in it, at any depth."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(data))
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from unpacked(archive.read(name))


def disguises(data: bytes) -> Iterator[str]:
    """Yield the text of a file, then as it is behind entities, per-cent signs, escapes of JSON and base64."""
    text = data.decode("utf-8", "replace").lower()
    yield text
    if "&#" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote_to_bytes(text).decode("utf-8", "replace")
    if "\\u" in text:
        yield _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    for run in _BASE64.findall(data):
        for cut in range(4):  # a run may begin with a letter that is not part of it
            body = run[cut:].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
            body = body[: len(body) // 4 * 4]
            try:
                inner = base64.b64decode(body)
            except binascii.Error:
                continue
            if b"zq" in inner:
                yield inner.decode("utf-8", "replace")


@pytest.mark.parametrize("level", LEVELS[:2])
def test_nothing_narrower_is_in_a_wider_site(
    planted: Planted, found: dict[str, dict[str, set[str]]], level: str
) -> None:
    narrower = {canary for other in LEVELS[LEVELS.index(level) + 1 :] for canary in planted.of[other]}
    assert len(narrower) > 500, "so much was sown"
    leaked = {planted.sower.sown[canary]: sorted(found[level][canary])[:3] for canary in narrower & found[level].keys()}
    assert leaked == {}


@pytest.mark.parametrize("level", LEVELS[1:])
def test_who_may_read_everything_finds_all_of_it(
    planted: Planted, found: dict[str, dict[str, set[str]]], level: str
) -> None:
    """What the tool reads of a file is in the restricted site, so that a canary that is missing elsewhere was kept back."""
    repo = repository.load(planted.repo.base)
    held = repr([entry.record for entry in repo.entries if entry.kind in RECORDS])
    read = {canary for canary in planted.of[level] if WORD.fullmatch(canary) and canary in held}
    assert len(read) > 250
    missing = {planted.sower.sown[canary] for canary in read - found["restricted"].keys()}
    assert {path for path in missing if not path.endswith(".evidence")} == set()  # a link to evidence that is not there


def test_what_the_public_may_read_is_in_every_site(planted: Planted, found: dict[str, dict[str, set[str]]]) -> None:
    for level in LEVELS:
        assert len(planted.of["public"] & found[level].keys()) > 50


@pytest.mark.parametrize("level", LEVELS)
def test_nobody_is_named_who_wrote_it(planted: Planted, found: dict[str, dict[str, set[str]]], level: str) -> None:
    assert planted.of["git"] & found[level].keys() == set()


def test_of_a_policy_only_what_is_meant_to_be_is_published(
    planted: Planted, found: dict[str, dict[str, set[str]]]
) -> None:
    shown = {planted.sower.sown[canary] for canary in planted.of["policy"] & found["public"].keys()}
    assert {path for path in shown if not PUBLISHED.match(path)} == set()


def test_all_of_it_is_valid(planted: Planted) -> None:
    for entry in repository.load(planted.repo.base).entries:
        if entry.kind in RECORDS:
            assert list(schema.errors(entry.kind, entry.document.value)) == [], entry.path


@pytest.mark.parametrize(
    "told",
    [
        b"a zq0123456789 b",
        b"ZQ0123456789",
        "".join(f"&#{ord(char)};" for char in "zq0123456789").encode(),
        b"%7a%71%30123456789",
        b'"\\u007aq0123456789"',
        b"x" + base64.b64encode(b"--zq0123456789--") + b"==",
        gzip.compress(b"zq0123456789", mtime=0),
        gzip.compress(gzip.compress(b"zq0123456789", mtime=0), mtime=0),
    ],
)
def test_a_disguised_canary_is_seen(tmp_path: Path, told: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(told)
    assert canaries(tmp_path, {"zq0123456789"}) == {"zq0123456789": {"file.bin"}}
