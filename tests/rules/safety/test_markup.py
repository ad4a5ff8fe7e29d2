"""IB906 and IB907: HTML that would run, and links that leave the repository."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"
BARE = "playbooks/availability/bare.md"

RUNS = [
    ("<script>alert(1)</script>", "an element that a browser loads or runs: <script"),
    ("<IFRAME src='https://x.example'></IFRAME>", "an element that a browser loads or runs: <IFRAME"),
    ("<svg/onload=alert(1)>", "an element that a browser loads or runs: <svg"),
    ("<img src=x onerror=alert(1)>", "an event handler, which a browser runs: <img src=x onerror="),
    ("<a href='javascript:alert(1)'>x</a>", "a link that a browser runs: href='javascript:"),
    ("[x](javascript:alert(1))", "a link that a browser runs: ](javascript:"),
    ("[x]( data:text/html;base64,PHN2Zz4=)", "a link that a browser runs: ]( data:text/html;"),
]
RESTS = [
    "<ul><li><strong>2012-04-27</strong> All is well</li></ul>",
    "<a href='https://status.harbourline.example'>status</a>",
    "`<script>alert(1)</script>`",
    "a < b and online = true",
    "The script <name> ran; JavaScript: a language",
    "<p>on=1</p>",
]


@pytest.mark.parametrize(("text", "message"), RUNS)
def test_what_a_browser_runs(said: Said, base: Base, text: str, message: str) -> None:
    (found,) = [line for line in said({POSTMORTEM: f"{base(POSTMORTEM)}\nSeen: {text}\n"}) if "IB906" in line]
    column = 7 + text.find(message.rsplit(": ", 1)[1].rsplit(": ", maxsplit=1)[-1]) if "a link" in message else 7
    assert found == f"{POSTMORTEM}:18:{column} IB906 This is {message}"
    record = base(RECORD, "text: Every request ends in an error", f'text: "{text}"')
    (found,) = [line for line in said({RECORD: record}) if "IB906" in line]
    assert found.startswith(f"{RECORD}:19:")


@pytest.mark.parametrize("text", RESTS)
def test_what_rests(said: Said, base: Base, text: str) -> None:
    assert said({POSTMORTEM: f"{base(POSTMORTEM)}\nSeen: {text}\n"}) == []
    assert said({RECORD: base(RECORD, "text: Every request ends in an error", f'text: "{text}"')}) == []


@pytest.mark.parametrize(("text", "message"), RUNS)
def test_a_file_that_holds_nothing_else_is_looked_at(said: Said, text: str, message: str) -> None:
    bare = f"---\nid: availability/bare\ntitle: Bare\ntype: availability\n---\nSeen: {text}\n"
    (found,) = [line for line in said({BARE: bare}) if "IB906" in line]
    assert found.endswith(message)


def test_what_stands_behind_a_command_is_looked_at(said: Said, base: Base) -> None:
    step = "steps:\n  - {id: look, command: \"grep '<script>' page.html\", action: <svg/onload=alert(1)>}\n---\nRead"
    (found,) = [line for line in said({PLAYBOOK: base(PLAYBOOK, "---\nRead", step)}) if "IB906" in line]
    assert found.startswith(f"{PLAYBOOK}:11:62 IB906 ")


def test_code_and_originals_are_only_shown(said: Said, base: Base) -> None:
    fence = "\n```html\n<script>alert(1)</script>\n```\n"
    assert said({POSTMORTEM: base(POSTMORTEM) + fence}) == []
    origin = "provenance: {source: statuspage, id: abc, original: {body: <script>alert(1)</script>}}\n"
    assert said({RECORD: base(RECORD) + origin}) == []
    step = "steps:\n  - {id: look, action: Look, command: \"grep '<script>' page.html\"}\n---\nRead"
    assert said({PLAYBOOK: base(PLAYBOOK, "---\nRead", step)}) == []


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("../../../notes.md", "This link leaves the repository: ../../../notes.md"),
        ("/../notes.md", "This link leaves the repository: /../notes.md"),
        ("file:///srv/notes.md", "This link names a file of one machine: file:///srv/notes.md"),
        ("C:\\\\notes.md", "This link names a file of one machine: C:\\\\notes.md"),
        ("~/notes.md", "This link names a file of one machine: ~/notes.md"),
    ],
)
def test_a_link_that_leads_out(said: Said, base: Base, target: str, message: str) -> None:
    found = said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee [it]({target}).\n"})
    assert f"{POSTMORTEM}:18:10 IB907 {message}" in found
    found = said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee [it].\n\n[it]: {target}\n"})
    assert f"{POSTMORTEM}:20:7 IB907 {message}" in found


def test_each_form_of_a_link_that_leads_out(said: Said, base: Base) -> None:
    lines = ["[a](b.md) [c](~/1)", "<a href=~/2>", "<img src=~/3>", "<A HREF=~/4>", "<IMG SRC=~/5>", "[it]: ~/6"]
    found = [
        line for line in said({POSTMORTEM: base(POSTMORTEM) + "\n" + "\n\n".join(lines) + "\n"}) if "IB907" in line
    ]
    assert found == [
        f"{POSTMORTEM}:{18 + 2 * index}:{line.index('~') + 1} IB907 This link names a file of one machine: ~/{index + 1}"
        for index, line in enumerate(lines)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[it](../../incidents/2025/INC-2025-001.yml)",
        "[it](https://status.harbourline.example/../..)",
        "[it](//cdn.harbourline.example/x)",
        "[it](#went-well)",
        "`[it](../../../notes.md)`",
        "cd ../../../notes",
    ],
)
def test_a_link_that_stays(said: Said, base: Base, text: str) -> None:
    assert said({POSTMORTEM: f"{base(POSTMORTEM)}\nSee {text}.\n"}) == []
