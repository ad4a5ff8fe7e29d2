"""`inc similar`: past incidents that resemble one, on this repository's own knowledge base."""

from __future__ import annotations

import json
import subprocess
import sys

from kb import Inc


def test_it_names_the_closest_and_why(inc: Inc) -> None:
    done = inc("similar", "inc-2025-001")
    assert done.status == 0, done.err
    head, *found = done.out.split("\n\n")
    assert head == "INC-2025-001: Database cluster failover failure causing 100% API error rate"
    assert len(found) == 3
    assert "\n  Both touch: primary-db\n  Both speak of: primary, database" in found[0]


def test_the_first_of_all_has_no_past(inc: Inc) -> None:
    assert "No earlier incident resembles it." in inc("similar", "INC-2023-001").out
    assert "INC-2024" in inc("similar", "INC-2023-001", "--later").out


def test_an_audience_is_told_of_nothing_that_it_may_not_see(inc: Inc) -> None:
    shown = json.loads(inc("similar", "INC-2025-001", "--count", "99", "--audience", "public", "--json").out)["similar"]
    whole = json.loads(inc("similar", "INC-2025-001", "--count", "99", "--json").out)["similar"]
    public = {one["id"] for one in json.loads(inc("list", "--json").out)} & {one["id"] for one in shown}
    assert public == {one["id"] for one in shown} < {one["id"] for one in whole}
    hidden = ({one["id"] for one in whole} - public).pop()
    assert f"{hidden} is narrower than public" in inc("similar", hidden, "--audience", "public").err


def test_it_loads_nothing_heavy() -> None:
    code = "import sys, incidentbook.similar; sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'markdown_it')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
