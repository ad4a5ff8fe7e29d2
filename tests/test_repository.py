"""Loading never raises: whatever lies in the folders, a file that cannot be read keeps its problem and stops nothing."""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path

import pytest

from incidentbook import repository
from incidentbook.entry import Entry
from incidentbook.errors import NotAKnowledgeBaseError
from incidentbook.files import find_root
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository, id_key, load
from kb import ROOT, at, incident, repo, write

GOOD = "incidents/2025/INC-2025-001.yml"


def made(root: Path, **files: object) -> Path:
    """Return a knowledge base with one good record and the files given by path."""
    return write(root / "kb", {GOOD: incident(1), **files})


def entry(loaded: Repository, path: str) -> Entry[object]:
    (found,) = [item for item in loaded.entries if item.path == path]
    return found


def only_problem(loaded: Repository, path: str) -> str:
    assert [item.id for item in loaded.all_incidents()] == ["INC-2025-001"], "the others are read"
    found = entry(loaded, path)
    assert found.record is None or found.document.problems
    (problem,) = found.document.problems
    return problem.message


def test_a_whole_knowledge_base() -> None:
    loaded = load(ROOT)
    assert {item.kind for item in loaded.entries} >= {"incident", "postmortem", "playbook", "services", "escalation"}
    assert all(item.record is not None for item in loaded.incidents)
    assert [problem for item in loaded.entries for problem in item.document.problems] == []
    found = loaded.postmortem_of("INC-2025-001")
    assert found is not None
    assert found.body.lstrip().startswith("##")


def test_a_link_out_of_the_root_is_refused(tmp_path: Path) -> None:
    root = made(tmp_path)
    secret = tmp_path / "secret.yml"
    secret.write_text("id: INC-2025-002\n", encoding="utf-8")
    (root / "incidents/2025/INC-2025-002.yml").symlink_to(secret)
    loaded = load(root)
    assert only_problem(loaded, "incidents/2025/INC-2025-002.yml") == "This link leads out of the knowledge base"
    assert "secret" not in repr(loaded)


def test_a_folder_that_links_out_of_the_root_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"AI.md": "---\nincidents: [INC-2025-001]\ntitle: secret\n---\n"})
    root = made(tmp_path)
    (root / "postmortems").symlink_to(tmp_path / "elsewhere")
    loaded = load(root)
    assert only_problem(loaded, "postmortems/AI.md") == "This link leads out of the knowledge base"
    assert "secret" not in repr(loaded)


def test_a_link_inside_the_root_is_followed(tmp_path: Path) -> None:
    root = made(tmp_path, **{"incidents/2025/INC-2025-002.yml": incident(2)})
    (root / "incidents/2025/INC-2025-003.yml").symlink_to("INC-2025-002.yml")
    assert entry(load(root), "incidents/2025/INC-2025-003.yml").record is not None


def test_a_root_that_is_a_link_itself(tmp_path: Path) -> None:
    root = made(tmp_path)
    (tmp_path / "link").symlink_to(root)
    assert [item.id for item in load(tmp_path / "link").all_incidents()] == ["INC-2025-001"]


@pytest.mark.parametrize("target", ["INC-2025-002.yml", "nowhere.yml"])
def test_a_link_to_itself_or_to_nothing(tmp_path: Path, target: str) -> None:
    root = made(tmp_path)
    (root / "incidents/2025/INC-2025-002.yml").symlink_to(target)
    assert only_problem(load(root), "incidents/2025/INC-2025-002.yml")


def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    root = made(tmp_path)
    os.mkfifo(root / "incidents/2025/INC-2025-002.yml")
    assert only_problem(load(root), "incidents/2025/INC-2025-002.yml") == "This is not a regular file"


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = made(tmp_path)
    monkeypatch.chdir(root / "incidents/2025")  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("s.yml")
        assert only_problem(load(root), "incidents/2025/s.yml") == "This is not a regular file"


def test_a_folder_named_like_a_record(tmp_path: Path) -> None:
    root = made(tmp_path)
    (root / "incidents/2025/INC-2025-002.yml").mkdir()
    (root / "policy/services.yml").mkdir()
    assert [item.id for item in load(root).all_incidents()] == ["INC-2025-001"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_invalid_utf_8_says_where(tmp_path: Path, newline: str) -> None:
    root = made(tmp_path)
    bad = root / "incidents/2025/INC-2025-002.yml"
    bad.write_bytes(f"id: INC-2025-002{newline}title: né".encode() + b"\xff\n")
    found = entry(load(root), "incidents/2025/INC-2025-002.yml")
    (problem,) = found.document.problems
    assert problem.message == "Byte 0xFF is not valid UTF-8"
    assert (problem.span.line, problem.span.column) == (2, 10)
    assert found.record is None


def test_a_file_larger_than_any_record_is_not_read(tmp_path: Path) -> None:
    root = write(tmp_path / "kb", {"incidents/2025/INC-2025-001.yml": incident()})
    with (root / "incidents/2025/INC-2025-002.yml").open("wb") as file:
        file.truncate(100_000_000)
    problem = "The file is larger than 5 MB, so it is not read"
    assert only_problem(load(root), "incidents/2025/INC-2025-002.yml") == problem


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = made(tmp_path, **{"incidents/2025/INC-2025-002.yml": incident(2)})
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "INC-2025-002.yml":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything, so the refusal is played
    assert only_problem(load(root), "incidents/2025/INC-2025-002.yml") == "The file cannot be read: Permission denied"


@pytest.mark.parametrize("content", ["---\n", "null\n", "5\n", "just text\n", "- INC-2025-002\n"])
def test_yaml_that_is_no_record_is_left_to_the_schema(tmp_path: Path, content: str) -> None:
    loaded = load(made(tmp_path, **{"incidents/2025/INC-2025-002.yml": content}))
    assert entry(loaded, "incidents/2025/INC-2025-002.yml").record is None
    assert len(loaded.all_incidents()) == 1


@pytest.mark.parametrize(
    "content", ["", "\n\n", "# only a comment\n", "\ufeff", "[", "a: b: c", "\t", "key: [1, 2", "&a [*a]"]
)
def test_a_file_without_yaml(tmp_path: Path, content: str) -> None:
    root = made(tmp_path, **{"incidents/2025/INC-2025-002.yml": content})
    assert only_problem(load(root), "incidents/2025/INC-2025-002.yml")


@pytest.mark.parametrize(
    "content", ["", "No front matter\n", "---\nincidents: [INC-2025-001]\n", "---\n---\nBody\n", "---\n[\n---\n"]
)
def test_a_postmortem_without_front_matter(tmp_path: Path, content: str) -> None:
    root = made(tmp_path, **{"postmortems/2025/INC-2025-001.md": content})
    assert only_problem(load(root), "postmortems/2025/INC-2025-001.md")
    assert load(root).postmortem_of("INC-2025-001") is None


@pytest.mark.parametrize(
    "content",
    ["- a\n- b\n", "5\n", "text\n", "[", "services: [1]\n", "services: {a: 5}\n", "services: {a: {slo: x}}\n", ""],
)
def test_a_bad_policy_leaves_the_defaults(tmp_path: Path, content: str) -> None:
    loaded = load(made(tmp_path, **{"policy/services.yml": content, "policy/metrics.yml": content}))
    assert loaded.policy(MetricsPolicy).windows == {"default": "30d"}
    assert all(service.slo is None for service in loaded.policy(Services).services.values())
    assert len(loaded.all_incidents()) == 1


def test_a_bad_knowledge_base_file_leaves_the_defaults(tmp_path: Path) -> None:
    for zone in ("Mars/Phobos", "../../etc/passwd", "", 5, "Europe", "/etc/localtime"):
        plain = {"time_zone": zone, "as_of": "yesterday", "default_disclosure": "x"}
        loaded = load(write(tmp_path / "kb", {"policy/knowledge-base.yml": plain}))
        assert str(loaded.zone) == "UTC"
        assert loaded.knowledge_base.as_of is None


def test_a_policy_in_a_subfolder_takes_no_policys_place(tmp_path: Path) -> None:
    current, old = {"services": {"api": {"name": "Now"}}}, {"services": {"api": {"name": "Then"}}}
    root = made(
        tmp_path,
        **{"policy/services.yml": current, "policy/archive/services.yml": old, "policy/2020/a/services.yml": old},
    )
    loaded = load(root)
    assert loaded.policy(Services).name("api") == "Now"
    assert sorted(loaded.policies) == ["2020/a/services", "archive/services", "knowledge-base", "services"]


@pytest.mark.parametrize("name", ["incident", "postmortem", "playbook", "unheard-of"])
def test_a_policy_that_is_called_like_a_record_is_none(tmp_path: Path, name: str) -> None:
    loaded = load(made(tmp_path, **{f"policy/{name}.yml": incident(7)}))
    assert [item.id for item in loaded.all_incidents()] == ["INC-2025-001"]
    assert {name, f"policy/{name}.yml"} & set(loaded.policies)


def test_hidden_files_and_other_endings_are_passed_over(tmp_path: Path) -> None:
    names = (
        "incidents/2025/.INC-2025-002.yml.x.tmp",
        "incidents/.trash/INC-2025-003.yml",
        "incidents/2025/.x.yml",
        "incidents/a.txt",
    )
    root = made(tmp_path, **dict.fromkeys(names, "id: INC-2025-099\n"))
    assert [item.id for item in load(root).all_incidents()] == ["INC-2025-001"]


def test_of_two_records_with_one_id_the_first_is_taken(tmp_path: Path) -> None:
    root = made(tmp_path, **{"incidents/2026/x.yml": incident(1, title="Second")})
    loaded = load(root)
    assert len(loaded.incidents) == 2
    assert [item.title for item in loaded.all_incidents()] == ["Incident 1"]


def test_ids_sort_as_numbers() -> None:
    names = [
        "INC-2025-1000",
        "INC-2025-999",
        "INC-2024-1001",
        "INC-2025-001",
        "INC-2025-²",
        "x",
        "",
        "9" * 5000,
        "INC-2025-01a",
    ]
    assert sorted(names, key=id_key)[:3] == ["", "9" * 5000, "INC-2024-1001"]
    assert sorted(names[:4], key=id_key) == ["INC-2024-1001", "INC-2025-001", "INC-2025-999", "INC-2025-1000"]


def test_the_root_is_found_from_below(tmp_path: Path) -> None:
    root = made(tmp_path)
    assert find_root(root / "incidents/2025") == root.resolve()
    with pytest.raises(NotAKnowledgeBaseError, match=r"no policy/knowledge-base\.yml") as caught:
        find_root(tmp_path)
    assert "inc init" in caught.value.hint


def test_now_is_as_given_else_as_policy_says_else_when_it_was_read_else_the_clock() -> None:
    standing = repo(knowledge_base={"as_of": "2025-01-15T07:00:00+01:00"})
    read = repo()
    standing.written = read.written = at("2030-01-01")
    assert standing.now() == at("2025-01-15 06:00")
    assert standing.now(at("2026-01-01")) == at("2026-01-01")
    assert read.now() == at("2030-01-01")
    assert abs(repo().now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert standing.now().utcoffset() == dt.timedelta(0), "always told in UTC"


def test_an_unreadable_default_of_disclosure_hides_everything(tmp_path: Path) -> None:
    broken = load(write(tmp_path, {"policy/knowledge-base.yml": "default_disclosure: restricted\nteams: [\n"}))
    assert broken.knowledge_base.default_disclosure is Disclosure.RESTRICTED
    assert repo().knowledge_base.default_disclosure is Disclosure.INTERNAL, (
        "as the schema says for a file without the key"
    )


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    files = {
        "policy/rotation.yml": "[",
        "incidents/2025/INC-2025-001.yml": "- 1\n",
        "incidents/2025/INC-2025-002.yml": "id: x\n",
    }
    found = load(write(tmp_path, files)).unreadable
    assert [entry.path for entry in found] == ["policy/rotation.yml", "incidents/2025/INC-2025-001.yml"]


def test_progress_sees_every_file(tmp_path: Path) -> None:
    seen: list[Path] = []

    def watch(paths: object, total: int) -> list[Path]:
        assert isinstance(paths, list)
        assert total == len(paths)
        seen.extend(paths)
        return paths

    repository.load(made(tmp_path), watch)
    assert [path.name for path in seen] == ["knowledge-base.yml", "INC-2025-001.yml"]
