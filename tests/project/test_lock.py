"""requirements.lock: every file proven by a hash, no address in it, and nothing that pyproject.toml asks for forgotten."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OURS = {
    f"{PROJECT['name']}[{extra}]": wanted for extra, wanted in EXTRAS.items()
}  # `dev` asks for other extras by these
WANTED = [*PROJECT["dependencies"], *(text for one in EXTRAS["dev"] for text in OURS.get(one, [one]))]
ENVIRONMENTS = [
    {
        "python_full_version": f"{version}.6",
        "python_version": version,
        "sys_platform": platform,
        "platform_machine": machine,
    }
    for version in ("3.11", "3.12", "3.13")
    for platform, machine in (("linux", "x86_64"), ("darwin", "arm64"))
]


def pins() -> list[tuple[Requirement, list[str]]]:
    """Return every requirement of the lock with its hashes."""
    logical = LOCK.replace("\\\n", " ").splitlines()
    lines = [line.split() for line in logical if line.strip() and not line.startswith("#")]
    return [
        (
            Requirement(" ".join(word for word in words if not word.startswith("--hash="))),
            [word for word in words if word.startswith("--hash=")],
        )
        for words in lines
    ]


def test_no_address_stands_in_the_lock() -> None:
    for line in LOCK.splitlines():
        assert not re.search(r"://|@ |--(index|extra-index|find-links|trusted-host)|(^|\s)-[ief]\s", line), line
        assert not re.search(r"\b(pypi|pythonhosted|localhost)\b|\.(org|com|io|net)\b", line), line
        assert "/" not in line, line


def test_every_pin_is_exact_and_has_hashes() -> None:
    for requirement, hashes in pins():
        assert re.fullmatch(r"==[0-9][^*,]*", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", item) for item in hashes), requirement


@pytest.mark.parametrize(
    "environment", ENVIRONMENTS, ids=lambda item: f"{item['sys_platform']}-{item['python_version']}"
)
@pytest.mark.parametrize("text", WANTED)
def test_the_lock_holds_what_pyproject_asks_for(text: str, environment: dict[str, str]) -> None:
    wanted = Requirement(text)
    if wanted.marker and not wanted.marker.evaluate(environment):
        return
    found = [
        requirement
        for requirement, _ in pins()
        if canonicalize_name(requirement.name) == canonicalize_name(wanted.name)
        and (requirement.marker is None or requirement.marker.evaluate(environment))
    ]
    assert len(found) == 1, f"{text}: run make lock"
    (pin,) = found[0].specifier
    assert wanted.specifier.contains(pin.version, prereleases=True), f"{text}: run make lock"


def test_what_builds_the_package_is_locked_too() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    locked = {canonicalize_name(requirement.name) for requirement, _ in pins()}
    # editables: what hatchling needs for a linked install, which bootstrap makes without build isolation
    assert {canonicalize_name(Requirement(text).name) for text in build} | {"editables"} <= locked
