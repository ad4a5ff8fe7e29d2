"""`inc init`: an empty knowledge base that is clean from the start."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from incidentbook import initialise, repository, schema, source
from kb import Inc


def test_what_it_makes_is_read_and_valid(inc: Inc, tmp_path: Path) -> None:
    assert inc("init", "ops", root=tmp_path).status == 0
    repo = repository.load(tmp_path / "ops")
    assert sorted(repo.policies) == sorted(set(schema_names()) - {"incident", "postmortem", "playbook"})
    for entry in repo.entries:
        assert not entry.document.problems
        assert schema.valid(entry.kind, entry.document.value), (
            entry.path,
            list(schema.errors(entry.kind, entry.document.value)),
        )
    assert repo.knowledge_base.as_of is None, "a real knowledge base uses the clock"


def schema_names() -> list[str]:
    from incidentbook import resources  # noqa: PLC0415 - one test needs it

    return resources.schema_names()


def test_every_policy_file_names_its_schema_and_the_schema_is_there(inc: Inc, tmp_path: Path) -> None:
    inc("init", root=tmp_path)
    for path in sorted((tmp_path / "policy").glob("*.yml")):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / named).resolve() == tmp_path / "schemas" / f"{path.stem}.schema.json"
        assert (path.parent / named).is_file()


@pytest.mark.parametrize("name", ["Harbourline incidents", 'A: "B" #1', "yes", "2024", "名前 \U0001f600", "__DATE__"])
def test_any_name_is_kept_as_it_is(inc: Inc, tmp_path: Path, name: str) -> None:
    inc("init", "--name", name, "--time-zone", "Europe/Lisbon", root=tmp_path)
    repo = repository.load(tmp_path)
    assert repo.knowledge_base.name == name
    assert repo.zone.key == "Europe/Lisbon"
    assert source.load((tmp_path / "mkdocs.yml").read_text(encoding="utf-8")).value["site_name"] == name


def test_what_exists_is_named_and_nothing_is_written(inc: Inc, tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "services.yml").write_text("mine\n", encoding="utf-8")
    (tmp_path / "docs").write_text("a file where a folder belongs\n", encoding="utf-8")
    result = inc("init", root=tmp_path)
    assert result.status == 2
    assert "docs/how-we-respond.md, policy/services.yml" in result.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["docs", "policy", "services.yml"]
    assert (tmp_path / "policy" / "services.yml").read_text(encoding="utf-8") == "mine\n"


def test_a_readme_and_a_gitignore_may_be_there_already(inc: Inc, tmp_path: Path) -> None:
    for name in ("README.md", ".gitignore"):
        (tmp_path / name).write_text("mine\n", encoding="utf-8")
    result = inc("init", root=tmp_path)
    assert result.status == 0
    assert "README.md was there and stays as it is" in result.out
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"


def test_it_does_not_make_a_second_one_over_the_first(inc: Inc, tmp_path: Path) -> None:
    inc("init", root=tmp_path)
    result = inc("init", root=tmp_path)
    assert result.status == 2
    assert "Nothing was written" in result.err


def test_an_unknown_zone_is_met_with_the_closest_one(inc: Inc, tmp_path: Path) -> None:
    result = inc("init", "--time-zone", "Europe/Lisboa", root=tmp_path)
    assert result.status == 2
    assert "Did you mean Europe/Lisbon?" in result.err


def test_it_says_what_it_made_and_what_comes_next_within_80_columns(inc: Inc, tmp_path: Path) -> None:
    out = inc("init", "ops", root=tmp_path).out
    lines = [line for line in out.splitlines() if str(tmp_path) not in line]
    assert max(map(len, lines)) <= 80
    assert "inc check" in out


def test_json_names_every_file(inc: Inc, tmp_path: Path) -> None:
    made = json.loads(inc("init", "--json", root=tmp_path).out)
    assert "policy/knowledge-base.yml" in made["written"]
    assert all((tmp_path / path).is_file() for path in made["written"])
    assert made["kept"] == []


def test_the_plan_is_pure_and_sorted() -> None:
    made = initialise.plan(
        {"a/dot_x": "", "b.yml": "n: __NAME__\nd: __DATE__\n"}, name="no", time_zone="UTC", today=dt.date(2024, 2, 29)
    )
    assert made == {"a/.x": "", "b.yml": "n: 'no'\nd: 2024-02-29\n"}


def test_the_next_step_can_be_pasted_into_a_shell(inc: Inc, tmp_path: Path) -> None:
    assert "1. cd " in inc("init", "on call", root=tmp_path).out
    assert "on call' && git init" in inc("init", "next/on call", root=tmp_path).out
