"""``policy/checks.yml``: which rules of the checker hold for which files, and how much their findings matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from incidentbook.finding import Grade
from incidentbook.frozen import frozen


@frozen
class PathChecks:
    """Settings for some files: the patterns that mean them, the rules that are left out or graded otherwise, and why."""

    match: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    reason: str = ""


@frozen
class Addresses:
    """IP addresses and networks (CIDR) that any file may hold."""

    allowed: tuple[str, ...] = ()


@frozen
class ChecksPolicy:
    """Settings of the checker. A rule is named by its code, the start of one, its name or its family."""

    ignore: tuple[str, ...] = ()
    grades: Mapping[str, Grade] = field(default_factory=dict)
    paths: tuple[PathChecks, ...] = ()
    addresses: Addresses = field(default_factory=Addresses)
