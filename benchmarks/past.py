"""Repositories with a past of any length for benchmarks, made in seconds through `git fast-import`: the same in every run.

Records lie in year folders and are written in three commits each, as they are in life: declared, mitigated, closed. Every
second one has a post-mortem, which is written in one commit and changed by others, as its action items get done.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from generate import ROOT, record

GIT = "git"
YEARS = 10
_FIRST = dt.datetime(2015, 1, 1, 8, tzinfo=dt.UTC)
_STEP = dt.timedelta(hours=4)  # between two commits
_IDENTITY = "Responders <responders@incidents.example>"
_TEAMS = ("sre", "database-engineering", "platform-engineering")
_STATES = ("not-started", "in-progress", "done", "verified")
Step = tuple[str, str, str]  # what a commit says, the file that it writes, and what it writes there


def repository(folder: Path, records: int, commits: int) -> None:
    """Make a repository of ``records`` incidents and ``commits`` commits, checked out, in ``folder``."""
    shutil.copytree(ROOT / "policy", folder / "policy")
    marker = folder / "policy" / "knowledge-base.yml"
    lines = marker.read_text(encoding="utf-8").splitlines(keepends=True)
    marker.write_text("".join(line for line in lines if not line.startswith("as_of:")), encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    identity = ("-c", "user.name=Responders", "-c", "user.email=responders@incidents.example")
    git(folder, *identity, "commit", "--quiet", "--message", "Begin")
    begun = git(folder, "rev-parse", "HEAD").strip()
    more(folder, begun, steps(records, commits - 1))
    git(folder, "gc", "--quiet")


def more(folder: Path, parent: str, wanted: Iterator[Step], first: int = 0) -> None:
    """Add a commit for each step upon ``parent``, and check out the last."""
    stream = subprocess.Popen([GIT, "-C", str(folder), "fast-import", "--quiet", "--force"], stdin=subprocess.PIPE)
    assert stream.stdin is not None  # noqa: S101 - a pipe was asked for
    with stream.stdin as pipe:
        for index, (subject, path, text) in enumerate(wanted, first):
            at = f"{int((_FIRST + index * _STEP).timestamp())} +0000"
            origin = f"from {parent}\n" if index == first else ""
            said, data = subject.encode(), text.encode()
            pipe.write(f"commit refs/heads/main\ncommitter {_IDENTITY} {at}\ndata {len(said)}\n".encode())
            pipe.write(said + b"\n" + origin.encode())
            pipe.write(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    if stream.wait():
        raise RuntimeError("git fast-import has failed")
    git(folder, "reset", "--quiet", "--hard", "main")


def steps(records: int, commits: int) -> Iterator[Step]:
    """Yield what happens, in turns over groups of records, until there are so many commits; then the rest of the records."""
    made = 0
    group = 25  # incidents that are open at once
    lives = [list(_life(number, records)) for number in range(1, group + 1)]
    waiting = iter(range(group + 1, records + 1))
    while lives and made < commits:
        index = made % len(lives)
        yield lives[index].pop(0)
        made += 1
        if not lives[index]:
            following = next(waiting, None)
            if following is None:
                lives.pop(index)
            else:
                lives[index] = list(_life(following, records))
    for number in range(made, commits):
        yield _last(number, records)


def _life(number: int, records: int) -> Iterator[Step]:
    year = 2015 + (number - 1) * YEARS // records
    name = f"INC-{year}-{number:04}"
    path = f"incidents/{year}/{name}.yml"
    whole = record(number).replace("2024-", f"{year}-")
    newline = "\r\n" if "\r\n" in whole else "\n"
    head, _, _ = whole.partition(f"timeline:{newline}")
    entries, _, _ = whole[len(head) :].partition(f"communications:{newline}")
    half = entries[: entries.index(f"{newline}  - ", len(entries) // 2) + len(newline)]
    yield f"Declare {name}", path, head.replace("status: closed", "status: declared")
    yield f"Mitigate {name}", path, head.replace("status: closed", "status: mitigated") + half
    yield f"Close {name}", path, whole
    if number % 2 == 0:
        path = f"postmortems/{year}/{name}.md"
        yield f"Write the post-mortem of {name}", path, postmortem(name, number, 0)
        yield f"Move the action items of {name}", path, postmortem(name, number, 1)


def _last(number: int, records: int) -> Step:
    chosen = number * 2 % records + 2
    year = 2015 + (chosen - 1) * YEARS // records
    name = f"INC-{year}-{chosen:04}"
    state = 2 + number // (records // 2) % 2
    return f"Move the action items of {name}", f"postmortems/{year}/{name}.md", postmortem(name, chosen, state)


def postmortem(name: str, number: int, state: int) -> str:
    """Return the text of a post-mortem with three action items, of which some have got further in each ``state``."""
    lines = [
        "---", f"incidents: [{name}]", "status: published", f"title: What {name} meant", "published: 2024-02-01",
        "summary: >-", "  The pool ran out of connections, and nobody saw it coming.", "  It took an hour to find out.",
        "causes:", "  nodes:",
        "    - {id: pool, factor: capacity-limit, primary: true, text: The pool was too small}",
        "    - id: alarm", "      factor: monitoring-gap", "      text: No alarm watched the pool",
        "action_items:",
    ]  # fmt: skip
    for item in range(3):
        day = _FIRST.date() + dt.timedelta(days=(number * 4 + item * 30) // 6)
        lines += [
            f"  - id: AI-{name[4:]}-{item + 1}", f"    title: Watch the pool of {name}, part {item + 1}",
            "    description: >-", "      An alarm at four fifths of the pool, with the runbook's address in it.",
            f"    priority: {('high', 'medium', 'low')[item]}", "    kind: detect",
            f"    owner: {_TEAMS[(number + item) % 3]}", f"    due: {day}",
            f"    status: {_STATES[min(state * 2 + item % 2, 3) if state else 0]}",
            "    factors: [monitoring-gap]",
        ]  # fmt: skip
    return "\n".join([*lines, "---", "## What went well", "", f"The pages came in time. {'More was said. ' * 40}", ""])


def git(folder: Path, *arguments: str, at: dt.datetime = _FIRST) -> str:
    """Run Git, with commits made at ``at``; it is to succeed."""
    pinned = {f"GIT_{role}_DATE": at.isoformat() for role in ("AUTHOR", "COMMITTER")}
    command = [GIT, "-C", str(folder), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | pinned)
    return done.stdout
