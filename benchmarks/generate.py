"""Knowledge bases of any size for benchmarks: the same files in every run, half of them varied, about 7 KB each, a few bad.

Times are quoted: unquoted ones make check-jsonschema's YAML reader three times as slow, which is no merit of ours.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAD_EVERY = 125
_SERVICES = ("public-api", "primary-db", "customer-apps", "auth")
_KINDS = ("alert", "investigation", "finding", "decision", "action", "recovery", "note")
_TEXT = (
    "connection pool latency replica failover queue consumer release certificate partition shard cache retry timeout "
    "gateway probe dashboard threshold backlog index migration session token rollback capacity Fähre 港 naïve"
)
_WORDS = _TEXT.split()
# Each damages a good record in its own way, and all tools have to notice every one. What is no YAML is left out: ajv stops at it.
_DAMAGE: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("severity: sev", "severity: SEV-", 1),
    lambda text: text.replace("\ntype: ", "\ntpye: ", 1),
    lambda text: text.replace("  resolved: '2024-", "  resolved: '2024-13-", 1),
    lambda text: text.replace("resolution: ", "resolution: [a, b]\nx-old: ", 1),
    lambda text: text.replace("id: t03", "id: '3 3'", 1),
    lambda text: text.replace("timeline:", "timeline: {}\nx-timeline:", 1),
    lambda text: text.replace("status: closed\n", "", 1),
)


def knowledge_base(folder: Path, records: int) -> list[Path]:
    """Write a knowledge base of ``records`` incidents into ``folder``; return the records that are bad on purpose."""
    shutil.copytree(ROOT / "policy", folder / "policy")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    bad = []
    for number in range(1, records + 1):
        text = record(number)
        path = folder / "incidents" / "2024" / f"INC-2024-{number:04}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        if number % BAD_EVERY == BAD_EVERY // 2:
            damaged = _DAMAGE[number // BAD_EVERY % len(_DAMAGE)](text)
            assert damaged != text  # noqa: S101 - a damage that does nothing would make the comparison worthless
            text = damaged
            bad.append(path)
        path.write_text(text, encoding="utf-8", newline="")
    return bad


def record(number: int) -> str:
    """Return the text of one record: like its neighbours where ``number`` is even, varied in style and content where odd."""
    random_ = random.Random(number)  # noqa: S311 - the same files in every run
    varied = number % 2 == 1
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    services = sorted(random_.sample(_SERVICES, random_.randint(1, 3) if varied else 2))
    lines = [
        "# yaml-language-server: $schema=../../schemas/incident.schema.json",
        f"id: INC-2024-{number:04}",
        f"title: {sentence(random_)}",
        "status: closed",
        f"severity: {random_.choice(('sev3', 'sev4')) if varied else 'sev4'}",
        f"type: {random_.choice(('availability', 'performance', 'capacity')) if varied else 'availability'}",
        f"services: [{', '.join(services)}]",
        "summary: >-" if varied else f"summary: {sentence(random_)}.",
        *([f"  {sentence(random_)}", f"  {sentence(random_)}."] if varied else []),
        f"resolution: {sentence(random_)}.",
        "milestones:",
        *(
            f"  {name}: '{day}T0{hour}:00:00Z'"
            for hour, name in enumerate(("started", "detected", "resolved", "closed"), 1)
        ),
        *([f"  identified: {{at: '{day}T02:30:00+01:00', confidence: low, source: chat}}"] if varied else []),
        "roles:",
        f"  - {{id: r1, role: incident-commander, holder: sre, from: '{day}T01:00:00Z', to: '{day}T03:00:00Z'}}",
        "impact:",
        "  phases:",
        f"    - {{id: p1, level: outage, from: '{day}T01:00:00Z', to: '{day}T03:00:00Z'}}",
        *([f"  customer: {{failed_transactions: {random_.randint(0, 10**6)}, support_tickets: 17}}"] if varied else []),
        "timeline:",
        *_timeline(random_, day, varied=varied),
        "communications:",
        *_communications(random_, day, random_.randint(10, 18) if varied else 14),
    ]
    newline = "\r\n" if varied and number % 10 == 9 else "\n"  # noqa: PLR2004 - one in ten has been on Windows
    return newline.join([*lines, ""])


def postmortem(number: int) -> str:
    """Return the text of the post-mortem of one record: front matter with causes and two action items, then three sections."""
    random_ = random.Random(-number)  # noqa: S311 - the same files in every run
    incident = f"INC-2024-{number:04}"
    head = [
        "---",
        f"incidents: [{incident}]",
        f"title: {sentence(random_)}",
        "status: published",
        f"held: 2024-{number % 12 + 1:02}-28",
        f"summary: {sentence(random_)}.",
        "causes:",
        "  nodes:",
        f"    - {{id: first, factor: automation-defect, primary: true, text: {sentence(random_)}}}",
        f"    - {{id: second, factor: {random_.choice(('monitoring-gap', 'insufficient-testing'))}, text: {sentence(random_)}}}",
        "  edges: [{from: second, to: first}]",
        "action_items:",
        *(_action_item(random_, f"AI-2024-{number:04}-{item}", f"2024-12-{item + 9}") for item in (1, 2)),
        "---",
    ]
    body = [
        part
        for title in ("What went well", "What went badly", "Lessons learned")
        for part in (f"## {title}", "", *(f"- {sentence(random_)}." for _ in range(5)), "")
    ]
    return "\n".join([*head, *body, ""])


def _action_item(random_: random.Random, name: str, due: str) -> str:
    status = random_.choice(("done", "verified", "cancelled", "proposed"))
    more = {
        "cancelled": f", reason: {sentence(random_)}",
        "done": f", completed: {due}, evidence: [{{kind: document, ref: {sentence(random_)}}}]",
    }
    more["verified"] = more["done"]
    told = f"title: {sentence(random_)}, owner: sre, due: {due}, priority: medium, kind: prevent"
    return f"  - {{id: {name}, {told}, status: {status}{more.get(status, '')}}}"


def _timeline(random_: random.Random, day: str, *, varied: bool) -> list[str]:
    lines: list[str] = []
    for entry in range(random_.randint(24, 34) if varied else 29):
        kind, text, at = random_.choice(_KINDS), sentence(random_), f"{day}T01:{entry:02}:00Z"
        if varied and random_.random() < 0.5:  # noqa: PLR2004 - half of the entries
            lines.append(
                f'  - {{id: t{entry:02}, at: "{at}", kind: {kind}, text: "{text}: see \\"log {entry}\\"", source: log}}'
            )
            continue
        lines += [f"  - id: t{entry:02}", f"    at: '{at}'", f"    kind: {kind}", f"    text: '{text}.'"]
        if varied and entry % 7 == 0:
            lines.append(f"    # {sentence(random_)}")
    return lines


def _communications(random_: random.Random, day: str, count: int) -> list[str]:
    sent = "audience: public, channel: status-page"
    return [
        f"  - {{id: c{entry:02}, at: '{day}T02:{entry:02}:00Z', {sent}, text: '{sentence(random_)}.'}}"
        for entry in range(count)
    ]


def sentence(random_: random.Random) -> str:
    """Return some words, the first with a capital."""
    return " ".join(random_.choices(_WORDS, k=random_.randint(7, 13))).capitalize()
