"""A small knowledge base whose narrower parts hold canaries, and its builds; one build for each audience and session."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import kb
from incidentbook.site import pages_of, prepare
from incidentbook.site.page import Page

NOW = kb.at("2025-01-15 06:00")
PUBLIC, INTERNAL, RESTRICTED = "canary-public-7d1f", "canary-internal-4c9a", "canary-restricted-b83e"
FILES: dict[str, object] = {
    "policy/knowledge-base.yml": {
        "name": "Harbour <b>test</b>",
        "time_zone": "UTC",
        "as_of": "2025-01-15T06:00:00Z",
        "default_disclosure": "public",
        "teams": {"sre": {"name": "SRE"}},
    },
    "policy/services.yml": {"services": {"api": {"name": "API", "slo": {"availability": 99.9, "window": "30d"}}}},
    "policy/metrics.yml": {
        "durations": {
            "ttr": {
                "name": "Time to resolve", "mean_name": "Mean time to resolve", "from": "started", "to": "resolved",
                "zero": "unmeasured",
            }
        }
    },
    "incidents/2025/INC-2025-001.yml": kb.incident(1)
    | {
        "title": "Payments fail <script>alert(1)</script> {{ 7*7 }}",
        "severity": "sev1",
        "summary": f"{PUBLIC} see INC-2025-002 and INC-2025-003",
        "impact": {"summary": "All", "business": {"reputation": f"field {INTERNAL}"}},
        "field_disclosure": {"impact.business": "internal"},
        "timeline": [
            {"id": "t1", "at": "2025-01-10T00:05:00Z", "kind": "finding", "text": "<p>one</p><p>two</p>"},
            {"id": "t2", "at": "2025-01-10T00:06:00Z", "text": f"entry {INTERNAL}", "disclosure": "internal"},
            {"id": "t3", "at": "2025-01-10T00:07:00Z", "text": f"private {RESTRICTED}", "private": True},
        ],
        "links": {"related": ["INC-2025-002", "INC-2025-003"]},
        "playbooks": ["availability/failover"],
    },
    "incidents/2025/INC-2025-002.yml": kb.incident(2)
    | {"title": f"Hidden {RESTRICTED}", "disclosure": "restricted", "summary": RESTRICTED},
    "incidents/2025/INC-2025-003.yml": kb.incident(3, "2025-01-12T00:00:00Z")
    | {"title": "Still burning", "status": "investigating", "milestones": {"started": "2025-01-12T00:00:00Z"}},
    "incidents/2024/INC-2024-001.yml": kb.incident(1, "2024-06-01T00:00:00Z")
    | {
        "id": "INC-2024-001",
        "title": "Imported and unresolved",
        "status": "monitoring",
        "severity": "unclassified",
        "milestones": {"started": "2024-06-01T00:00:00Z"},
        "provenance": {"source": "statuspage", "id": "x", "last_seen": "2024-06-02T00:00:00Z"},
    },
    "incidents/2024/INC-2024-002.yml": kb.incident(2, "2024-05-01T00:00:00Z")
    | {
        "id": "INC-2024-002",
        "title": "Nobody measured",
        "exercise": True,
        "milestones": {"started": "2024-05-01T00:00:00Z", "resolved": "2024-05-01T00:00:00Z"},
    },
    "postmortems/2025/INC-2025-001.md": """---
incidents: [INC-2025-001]
status: published
title: What we learned
held: 2025-01-12
action_items:
  - {id: AI-2025-001-1, title: Late one, owner: sre, due: 2025-01-13, status: in-progress, priority: high}
  - {id: AI-2025-001-2, title: Waived one, owner: sre, due: 2025-01-13, status: in-progress,
     waiver: {owner: sre, reason: parts, until: 2025-02-01}}
  - {id: AI-2025-001-3, title: Next one, owner: sre, due: 2025-01-15, status: not-started}
  - {id: AI-2025-001-4, title: Done one, owner: sre, due: 2025-01-13, status: done, completed: 2025-01-12}
  - {id: AI-2025-001-5, title: Secret one CANARY, owner: sre, due: 2025-01-13, status: proposed, disclosure: internal}
---
## Lessons learned

- Watch the `queue`, <img src=x onerror=alert(1)> see [the playbook](../../playbooks/availability/failover.md)
- A second lesson
""".replace("CANARY", INTERNAL),
    "postmortems/2025/INC-2025-002.md": f"---\nincidents: [INC-2025-002]\nstatus: published\ntitle: T\n---\n{RESTRICTED}\n",
    "playbooks/availability/failover.md": """---
id: availability/failover
title: Fail over
type: availability
services: [api]
owner: sre
status: active
severities: [sev1]
triggers: [The API answers nothing]
last_reviewed: 2024-01-01
review_every: 180d
steps:
  - {id: look, actor: incident-commander, action: Look at it, expect: Nothing, on_failure: Call sre,
     command: "kubectl get pods | grep '<none>'"}
  - {id: act, actor: operations-lead, action: Act}
---
## Notes

Be calm.
""",
    "playbooks/security/leak.md": f"""---
id: security/leak
title: Leak
type: security
disclosure: internal
triggers: [{INTERNAL}]
status: active
---
""",
}  # fmt: skip


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge base on disk; tests only read it."""
    return kb.write(tmp_path_factory.mktemp("harbour"), FILES)


@pytest.fixture(scope="session")
def pages(harbour: Path) -> Callable[[str], dict[str, Page]]:
    """Return the pages of the small knowledge base for an audience, by path."""
    from incidentbook import repository  # noqa: PLC0415
    from incidentbook.records.vocabulary import Disclosure  # noqa: PLC0415

    repo = repository.load(harbour)
    return lambda audience: {page.path: page for page in pages_of(prepare(repo, NOW, Disclosure(audience)))}


@pytest.fixture(scope="session")
def built(harbour: Path, inc: kb.Inc, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Return the folder of a strict build of the small knowledge base for an audience; each is built once."""
    made: dict[str, Path] = {}

    def build(audience: str) -> Path:
        if audience not in made:
            made[audience] = tmp_path_factory.mktemp(audience) / "site"
            result = inc("site", "build", "--audience", audience, "--output", str(made[audience]), root=harbour)
            assert result.status == 0, result.err
        return made[audience]

    yield build
    for folder in made.values():
        shutil.rmtree(folder, ignore_errors=True)
