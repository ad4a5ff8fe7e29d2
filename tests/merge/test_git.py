"""The merge driver as Git calls it: merge, rebase and cherry-pick between real clones, and what install leaves in one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clones import INC, Clone, clones, run
from incidentbook import source
from incidentbook.merge import install
from kb import write
from merge.test_examples import BASE, changed, entry

PATH = "incidents/2025/INC-2025-001.yml"
FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Test"},
    ".gitattributes": install.with_lines(""),
    ".gitignore": ".incidentbook/\n",
    PATH: BASE,
}


@pytest.fixture
def three(tmp_path: Path) -> list[Clone]:
    made = clones(tmp_path, FILES)
    for clone in made:
        clone.inc("install")
    return made


def commit(clone: Clone, text: str, *, push: bool = False) -> None:
    (clone.root / PATH).write_text(text, encoding="utf-8", newline="")
    clone.git("commit", "--quiet", "--all", "--message", "Entries")
    if push:
        clone.git("push", "--quiet")


def ids(clone: Clone) -> list[str]:
    return re.findall(r"\bid: (E\d)", clone.text(PATH))


def test_merge_rebase_and_cherry_pick_lose_nothing(three: list[Clone]) -> None:
    a, b, c = three
    commit(a, entry("E3", 45, "from a"), push=True)
    commit(b, entry("E2", 40, "from b"))
    b.git("pull", "--quiet", "--no-rebase", "--no-edit")
    assert ids(b) == ["E1", "E2", "E3"]
    b.git("push", "--quiet")
    commit(c, entry("E4", 42, "from c", changed("title: Checkout fails", "title: Checkout fails for all")))
    c.git("pull", "--quiet", "--rebase")
    assert ids(c) == ["E1", "E2", "E4", "E3"]
    assert "title: Checkout fails for all\n" in c.text(PATH)
    c.git("push", "--quiet")

    commit(a, entry("E5", 50, "more from a", a.text(PATH)))
    a.git("fetch", "--quiet")
    a.git("cherry-pick", "origin/main")
    assert ids(a) == ["E1", "E4", "E3", "E5"]
    a.git("pull", "--quiet", "--rebase")
    assert sorted(ids(a)) == ["E1", "E2", "E3", "E4", "E5"]
    assert a.git("status", "--porcelain") == ""


def test_a_criss_cross_merge_has_each_entry_once(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, entry("E2", 40, "from a"))
    commit(b, entry("E3", 45, "from b"))
    for mine, other in ((a, b), (b, a)):
        mine.git("fetch", "--quiet", str(other.root), "main:refs/heads/other")
    for clone in (a, b):
        clone.git("merge", "--quiet", "--no-edit", "other")
    a.git("fetch", "--quiet", str(b.root), "+main:refs/heads/other")
    commit(a, entry("E4", 50, "later", a.text(PATH)))
    a.git("merge", "--quiet", "--no-edit", "other")
    assert ids(a) == ["E1", "E2", "E3", "E4"]


def test_a_conflict_stops_git_and_names_the_field(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, changed("title: Checkout fails", "title: All payments fail"), push=True)
    commit(b, entry("E2", 40, "kept", changed("title: Checkout fails", "title: Some payments fail")))
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit")
    assert done.returncode == 1
    assert f"{PATH}: both sides changed title" in done.stderr
    assert b.git("status", "--porcelain").startswith("UU ")
    assert b.text(PATH).count("<<<<<<<") == 1
    assert ids(b) == ["E1", "E2"]


def test_what_cannot_be_read_is_merged_by_lines_and_says_so(three: list[Clone]) -> None:
    a, b, _ = three
    commit(a, f"{BASE}broken: [\n", push=True)
    commit(b, changed("title: Checkout fails", "title: Some payments fail"))
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit")
    assert done.returncode == 0, done.stderr
    assert "merged by lines and not by fields: theirs" in done.stderr
    assert "title: Some payments fail\n" in b.text(PATH)
    assert b.text(PATH).endswith("broken: [\n")


def test_where_the_program_is_gone_git_merges_lines(three: list[Clone]) -> None:
    a, b, _ = three
    b.git("config", "merge.incidentbook.driver", install.driver("/nowhere/inc"))
    commit(a, changed("severity: sev2", "severity: sev1"), push=True)
    commit(b, entry("E2", 40, "kept"))
    done = run(b.root, "git", "pull", "--no-rebase", "--no-edit", PATH="/usr/bin:/bin")
    assert done.returncode == 0, done.stderr
    assert "incidentbook does not answer: merged by lines" in done.stderr
    assert "severity: sev1\n" in b.text(PATH)
    assert ids(b) == ["E1", "E2"]


def test_install_is_done_once_and_taken_back(tmp_path: Path) -> None:
    (clone,) = clones(tmp_path, FILES | {".gitattributes": "*.png binary"}, "a")
    status, _ = clone.refused("install", "--check")
    assert status == 1
    assert "Git calls" in clone.inc("install")
    assert clone.inc("install") == "The merge driver is installed\n"
    assert clone.text(".gitattributes").startswith("*.png binary\n")
    assert json.loads(clone.inc("install", "--check", "--json"))["installed"] is True
    clone.inc("install", "--uninstall")
    assert clone.text(".gitattributes") == "*.png binary\n"
    assert run(clone.root, "git", "config", "merge.incidentbook.driver").returncode == 1


def test_a_knowledge_base_below_the_top_of_its_repository(tmp_path: Path) -> None:
    inner = {f"ops/{path}": content for path, content in FILES.items() if path != ".gitattributes"}
    a, b = clones(tmp_path, {**inner, "README.md": "x\n"}, "ab")
    for clone in (a, b):
        assert run(clone.root / "ops", INC, "install").returncode == 0
    for clone, name, minute in ((a, "E2", 40), (b, "E3", 45)):
        (clone.root / "ops" / PATH).write_text(entry(name, minute, "x"), encoding="utf-8")
        clone.git("commit", "--quiet", "--all", "--message", "Entry")
    a.git("push", "--quiet")
    b.git("pull", "--quiet", "--rebase")
    assert re.findall(r"\bid: (E\d)", b.text(f"ops/{PATH}")) == ["E1", "E2", "E3"]


def test_outside_git_there_is_nothing_to_install(tmp_path: Path) -> None:
    status, said = Clone(write(tmp_path / "alone", FILES)).refused("install")
    assert (status, "Git refuses" in said) == (2, True)


@pytest.fixture
def torn(three: list[Clone]) -> Clone:
    """A clone in the midst of a merge that knew no driver."""
    a, b, _ = three
    commit(a, entry("E3", 45, "from a"), push=True)
    commit(b, entry("E2", 40, "from b"))
    b.inc("install", "--uninstall")
    b.git("checkout", "--quiet", ".gitattributes")
    done = run(b.root, "git", "-c", "merge.conflictStyle=merge", "pull", "--no-rebase", "--no-edit")
    assert done.returncode == 1
    assert "<<<<<<<" in b.text(PATH)
    return b


def test_unconflict_mends_what_a_merge_without_the_driver_left(torn: Clone) -> None:
    assert torn.inc("unconflict", "--add", PATH) == f"{PATH}: 1 conflict merged, and added\n"
    assert ids(torn) == ["E1", "E2", "E3"]
    assert "<<<<<<<" not in torn.text(PATH)
    assert torn.git("status", "--porcelain") == f"M  {PATH}\n"
    assert torn.inc("unconflict", PATH) == f"{PATH}: holds no conflict\n"


def marked(ours: str, theirs: str, *, base: str | None = None, size: int = 7) -> str:
    middle = f"{'|' * size} base\n{base}" if base is not None else ""
    return f"{BASE}{'<' * size} HEAD\n{ours}{middle}{'=' * size}\n{theirs}{'>' * size} main\n"


@pytest.mark.parametrize("base", [None, ""])
@pytest.mark.parametrize("size", [7, 11])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markers_of_every_style_are_read(tmp_path: Path, base: str | None, size: int, newline: str) -> None:
    lines = [entry(name, minute, name, "") for name, minute in (("E3", 45), ("E2", 40))]
    file = tmp_path / "record.yml"
    file.write_bytes(marked(*lines, base=base, size=size).replace("\n", newline).encode())
    done = run(tmp_path, INC, "unconflict", "record.yml")
    assert (done.returncode, done.stdout) == (0, "record.yml: 1 conflict merged\n"), done.stderr
    assert file.read_bytes().decode() == entry("E3", 45, "E3", entry("E2", 40, "E2")).replace("\n", newline)


def test_what_only_people_can_decide_stays_and_is_named(tmp_path: Path) -> None:
    text = changed("title: Checkout fails\n", "<<<<<<< a\ntitle: One\n=======\ntitle: Two\n>>>>>>> b\n")
    write(tmp_path, {"record.yml": text})
    done = run(tmp_path, INC, "unconflict", "record.yml")
    assert done.returncode == 1
    assert done.stdout == "record.yml: 1 conflict merged as far as that goes; left:\n  both sides changed title\n"
    assert "title: One\n=======\ntitle: Two\n" in (tmp_path / "record.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{BASE}<<<<<<< a\nx: 1\n", "left as it is: the conflict on line 17 has no end"),
        ("<<<<<<< a\n[\n=======\nb: 1\n>>>>>>> b\n", "left as it is: ours"),
    ],
)
def test_what_cannot_be_mended_is_left_as_it_is(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, {"record.yml": text})
    done = run(tmp_path, INC, "unconflict", "record.yml")
    assert (done.returncode, said in done.stdout) == (1, True), done.stdout
    assert (tmp_path / "record.yml").read_text(encoding="utf-8") == text


def test_the_merged_record_can_be_read(torn: Clone) -> None:
    torn.inc("unconflict", PATH)
    assert source.load(torn.text(PATH)).problems == []
