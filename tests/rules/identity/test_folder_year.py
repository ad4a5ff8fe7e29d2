"""IB302: a record lies in the folder of its year."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

Base = Callable[..., str]


@pytest.mark.parametrize("folder", ["incidents/2024", "incidents", "incidents/2025/january"])
def test_incident_in_another_folder(check: Callable[..., list[Finding]], base: Base, folder: str) -> None:
    old = "incidents/2025/INC-2025-001.yml"
    (found,) = check({old: None, f"{folder}/INC-2025-001.yml": base(old)})
    assert (found.code, found.span.line, found.span.column) == ("IB302", 1, 5)
    assert found.message == f"A record of 2025 lies in `{folder}/`"
    assert found.hint == "Move the file to `incidents/2025/INC-2025-001.yml`."


def test_post_mortem_in_another_folder(said: Callable[..., list[str]], base: Base) -> None:
    old = "postmortems/2025/INC-2025-001.md"
    assert said({old: None, "postmortems/2024/INC-2025-001.md": base(old)}) == [
        "postmortems/2024/INC-2025-001.md:2:12 IB302 A record of 2025 lies in `postmortems/2024/`"
    ]
