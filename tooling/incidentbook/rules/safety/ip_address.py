"""A public IP address.

What it checks
    Every file, comments included: it holds no address of a single machine on the Internet. Private, local and documentation
    ranges (RFC 1918, 5737, 3849 and the like), whole networks (`198.18.0.0/15`), well-known public resolvers and version numbers
    are left alone, as are addresses in ids and links, and the `addresses` that `policy/checks.yml` allows. So are imported
    records: their source has published them already.

Why it matters
    An address of a customer is personal data in many countries; one of your own tells an attacker where to begin.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: Requests from 81.2.69.142 fail}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: "Requests from one customer's network fail; inside, 10.2.69.142 answers"}
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.checks import ChecksPolicy
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _scan

CODE = "IB905"
NAME = "ip-address"
SUMMARY = "A file holds a public IP address"
GRADE = Grade.WARNING
_ADDRESS = re.compile(
    r"(?<![\w.:@$-])(?P<machine>(?:[1-9][0-9]{0,2})(?:\.[0-9]{1,3}){3}(?![\w-]|\.\w)|[23][0-9a-fA-F]{3}:(?:[0-9a-fA-F]{0,4}:){1,6}[0-9a-fA-F]{0,4}(?![\w:]))"
    r"(?P<network>/[0-9]{1,3}\b)?"
)
# What makes four numbers a version: a word before them, on the same line.
_VERSION = re.compile(
    r"\b(?:versions?|v|ver|releases?|released|builds?|upgrade[ds]?|update[ds]?|patch|downgraded?|chrome|firefox|safari|"
    r"android|ios|section|chapter)[ :=]{0,3}\Z",
    re.IGNORECASE,
)
_RESOLVERS = frozenset("1.1.1.1 1.0.0.1 8.8.8.8 8.8.4.4 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220".split())  # noqa: SIM905
_HOST_BITS = {4: 32, 6: 128}
_HINT = (
    "Say whose network it is, use an address of a documentation range, or allow it in policy/checks.yml (`addresses`)."
)
_BEFORE = 24  # characters before an address in which a word can make it a version


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every address of a machine on the Internet."""
    if getattr(entry.record, "provenance", None) is not None:
        return
    if not _scan.may_hold(entry, b"0.0") and not _scan.may_hold(entry, b"0000:", letters=True):
        return
    allowed = context.once(("allowed addresses",), lambda: _networks(context.policy(ChecksPolicy).addresses.allowed))
    for match in _scan.found(entry, _ADDRESS, _is_public, _scan.MACHINE_KEYS):
        address = ipaddress.ip_address(match["machine"])
        if not any(address in network for network in allowed):
            yield _scan.hit(entry, match, f"This is a public IP address: {match[0]}", _HINT)


def _networks(texts: Iterable[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Return the networks that policy allows; what is none is a finding of the schema."""
    networks = []
    for text in texts:
        try:
            networks.append(ipaddress.ip_network(text, strict=False))
        except ValueError:
            continue
    return networks


def _is_public(match: re.Match[str]) -> bool:
    """Whether it names one machine on the Internet."""
    network = match["network"]
    try:
        address = ipaddress.ip_address(match["machine"])
    except ValueError:
        return False
    if network and int(network[1:]) < _HOST_BITS[address.version]:
        return False
    version = _VERSION.search(match.string, match.start() - _BEFORE, match.start())
    return address.is_global and not address.is_multicast and match["machine"] not in _RESOLVERS and not version
