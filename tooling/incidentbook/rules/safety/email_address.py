"""A person's e-mail address.

What it checks
    Every file, comments included: it holds no e-mail address. Left alone are mailboxes of a function (`support@`, `security@`,
    `noreply@` and the like), the reserved domains of examples (`.example`, `.test`, `example.com`), what stands under `contact`,
    logins at a host (`git@host:path`) and the credentials of an address on the web, which are a matter of `secret`.

Why it matters
    A record is copied, exported and published. An address in it is personal data that nobody can take back, and a name beside.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: The first report came from jane.doe@customer-mail.com}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: The first report came from a customer to support@customer-mail.com}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _scan

CODE = "IB902"
NAME = "email-address"
SUMMARY = "A file holds a person's e-mail address"
GRADE = Grade.WARNING
_ADDRESS = re.compile(
    r"(?<![\w.+%/:-])(?P<box>[A-Za-z0-9][\w.+%-]{0,63})@(?P<domain>(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})\b(?![:/@])"
)
_FUNCTION = re.compile(
    r"(?:.*[._+-])?(?:abuse|accounts?|admin|alerts?|all|billing|care|contact|customer|desk|dev|devops|dpo|email|enquiries|feedback|git|"
    r"hello|help|helpdesk|hostmaster|incidents?|info|inquiries|legal|mail|mailer-daemon|marketing|media|no-?reply|noc|"
    r"notifications?|office|on-?call|ops|operations|partners?|postmaster|press|privacy|reply|root|sales|security|service|"
    r"services|sre|status|success|support|team|test|updates?|user|webmaster)(?:[._+-].*)?",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(?:.*\.)?(?:example|invalid|localhost|test|example\.(?:com|net|org))", re.IGNORECASE)
_FILES = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|py|js|ts|go|rs|md|ya?ml|json|service|timer|socket|local)\Z", re.IGNORECASE
)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every address of a person."""
    del context
    if "@" not in entry.document.text:
        return
    for match in _scan.found(entry, _ADDRESS, _is_personal, _scan.GIVEN_OUT):
        message = f"This is an e-mail address at {match['domain']}, by its form that of a person"
        yield _scan.hit(entry, match, message, "Name the role or the team, or the mailbox of a function.")


def _is_personal(match: re.Match[str]) -> bool:
    """Whether the address is neither a function's, nor an example, nor the name of a file or a unit."""
    box, domain = match["box"], match["domain"]
    return not (_FUNCTION.fullmatch(box) or _RESERVED.fullmatch(domain) or _FILES.search(domain))
