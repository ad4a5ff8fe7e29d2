"""A secret.

What it checks
    Every file, comments included: it holds no private key, no token of a form that its issuer has made recognisable (clouds, code
    hosts, chat, payment and mail providers, JSON web tokens), no password in the address of a service, and no value behind
    `password=` and the like that looks like a real one. Placeholders (`$TOKEN`, `<token>`, `****`) are left alone. The forms are
    those of the library detect-secrets; nothing is sent anywhere to try a secret out.

Why it matters
    Git keeps what it has seen: a secret in a record is known to everybody who may read the repository, today and later.

Bad example
    # incidents/2025/INC-2025-001.yml
    investigation:
      evidence:
        - {id: e1, kind: log, text: "connect postgres://booking:Gr4phite-Lake@db-2/main: timed out"}

Good example
    # incidents/2025/INC-2025-001.yml
    investigation:
      evidence:
        - {id: e1, kind: log, text: "connect postgres://booking:$PASSWORD@db-2/main: timed out"}
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _scan

CODE = "IB901"
NAME = "secret"
SUMMARY = "A file holds a secret"
GRADE = Grade.ERROR
# One of these is in every secret that is looked for. Plain words first, as they cost next to nothing; then the lines in question
# alone are shown to detect-secrets, which is slow to load.
_WORDS = (
    *b"A3T ABIA ACCA AKIA ASIA AccountKey= ghp_ gho_ ghu_ ghs_ ghr_ glpat- gldt- glft- glsoat- glrt- glcbt- glimt-".split(),
    *b"glptt- glagent- gloas- GR1348941 eyJ _authToken T3BlbkFJ PuTTY-User-Key-File pypi-Ag SG. xox hooks.slack.com".split(),
    *b"sq0csp- k_live_".split(),
    b"PRIVATE KEY",
)
_WORDS_OF_ANY_CASE = tuple(
    b"password passwd passphrase secret apikey api_key api-key token discord telegram twilio mailchimp".split()
)
_LOGIN = re.compile(rb"://[^/\s]{0,200}@")
_DETECTORS = {  # what detect-secrets calls them; those by entropy or by a keyword alone are wrong too often in prose
    "aws": ("AWSKeyDetector", "a key of AWS"),
    "azure_storage_key": ("AzureStorageKeyDetector", "a key of Azure Storage"),
    "basic_auth": ("BasicAuthDetector", "a password in an address"),
    "discord": ("DiscordBotTokenDetector", "a token of Discord"),
    "github_token": ("GitHubTokenDetector", "a token of GitHub"),
    "gitlab_token": ("GitLabTokenDetector", "a token of GitLab"),
    "jwt": ("JwtTokenDetector", "a JSON web token"),
    "mailchimp": ("MailchimpDetector", "a key of Mailchimp"),
    "npm": ("NpmDetector", "a token of npm"),
    "openai": ("OpenAIDetector", "a key of OpenAI"),
    "private_key": ("PrivateKeyDetector", "a private key"),
    "pypi_token": ("PypiTokenDetector", "a token of PyPI"),
    "sendgrid": ("SendGridDetector", "a key of SendGrid"),
    "slack": ("SlackDetector", "a token of Slack"),
    "square_oauth": ("SquareOAuthDetector", "a secret of Square"),
    "stripe": ("StripeDetector", "a key of Stripe"),
    "telegram_token": ("TelegramBotTokenDetector", "a token of Telegram"),
    "twilio": ("TwilioKeyDetector", "a key of Twilio"),
}
# Patterns that take the square of a line which repeats what they begin with: by module, how they begin, and what a run of them
# is made of. Where the first beginning in a run leads to nothing, no later one does.
_SQUARE = {
    "jwt": ("eyJ", re.compile(r"[\w=-]+", re.ASCII)),
    "npm": ("//", re.compile(r".+")),
    "openai": ("sk-", re.compile(r"[\w-]+", re.ASCII)),
}
_KEYWORD = (
    r"(?:pass(?:word|wd|phrase)|secret(?:[_-]?key)?|api[_-]?key|(?:access|auth|bearer)[_-]?token)['\"]?[ \t]*[=:]"
)
_ASSIGNS = re.compile(_KEYWORD)
_ASSIGNED = re.compile(
    rf"{_KEYWORD}[ \t]*['\"]?"
    r"(?P<value>[^\s'\",;<>(){}\[\]$*`]{8,200})",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\A[<{]|x{4,}|\.{3}|…|redacted|example|changeme|placeholder|your[_-]|removed|hidden|%\w", re.IGNORECASE
)
# The token itself, of what detect-secrets returns: for npm, that is all that the line holds from the token on.
_TOKEN = re.compile(r"BEGIN [A-Z0-9 ]+|[^\s'\"]+")
_KINDS_OF_CHARACTERS = (re.compile("[a-z]"), re.compile("[A-Z]"), re.compile("[0-9]"), re.compile("[^A-Za-z0-9]"))
_RUN = b"a" * 20
_OF_RUNS = b"_-+/="
_AS_RUN = bytes(97 if chr(byte).isalnum() or byte > 127 or byte in _OF_RUNS else byte for byte in range(256))  # noqa: PLR2004
_FEWEST = 3  # kinds of characters that tell a password from a word
# Characters of a line that are looked at together, and of a word that they end in: some patterns of detect-secrets take the
# square of what they are shown. No secret is longer, and none shorter than the overlap is cut in two.
_PIECE, _OVERLAP, _WORD = 1000, 200, 2000
_REST_OF_WORD = re.compile(rf"\S{{0,{_WORD}}}")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every secret, one for each place; the message does not repeat it."""
    del context
    text = entry.document.text
    data = text.encode(errors="surrogatepass")  # words are found in bytes five times as fast
    for first, last in sorted(_lines(data)):
        line, done = data[first:last].decode(errors="surrogatepass"), 0
        for begin, end in _pieces(line):
            seen: list[re.Match[str]] = []
            for value, what in dict.fromkeys(_secrets(line[begin:end])):
                start = len(data[:first].decode(errors="surrogatepass"))
                # Of some tokens the library returns the beginning only.
                pattern = re.compile(rf"{re.escape(value)}\w*(?:-\w+)*")
                match = pattern.search(text, start + max(begin, done), start + end)
                if match is not None and not any(_overlap(match, other) for other in seen):
                    seen.append(match)
                    hint = "Take it out and replace the secret itself: what Git has seen stays in its history."
                    yield _scan.hit(entry, match, f"This is {what} by its form: {_scan.veiled(match[0])}", hint)
            done = max((done, *(match.end() - start for match in seen)))


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of a line, of a long one those of pieces that overlap."""
    begin = end = 0
    while end < len(line):
        rest = _REST_OF_WORD.match(line, min(begin + _PIECE, len(line)))
        end = rest.end() if rest else len(line)
        yield begin, end
        begin = end - _OVERLAP


def _lines(data: bytes) -> set[tuple[int, int]]:
    """Return start and end of the lines that hold one of the words, in bytes."""
    places = [*_places(data, _WORDS), *_places(data.lower(), _WORDS_OF_ANY_CASE)]
    if b"@" in data and b"://" in data:
        places += _logins(data)
    return {(data.rfind(b"\n", 0, place) + 1, _end(data, place)) for place in places}


def _logins(data: bytes) -> Iterator[int]:
    match = _LOGIN.search(data)
    while match is not None:
        yield match.start()
        match = _LOGIN.search(data, _end(data, match.end()))


def _places(data: bytes, words: Iterable[bytes]) -> Iterator[int]:
    """Yield where each of ``words`` stands, once a line."""
    for word in words:
        place = data.find(word)
        while place >= 0:
            yield place
            place = data.find(word, _end(data, place))


def _secrets(line: str) -> Iterator[tuple[str, str]]:
    """Yield every secret of a line and what it is."""
    for find, what in _detectors() if _may_hold_a_token(line) else ():
        values = sorted(find(line))
        tokens = (token for value in values for token in _TOKEN.findall(value)[:1])
        yield from ((token, what) for token in tokens if not _PLACEHOLDER.search(token))
    for match in _ASSIGNED.finditer(line) if _ASSIGNS.search(line.lower()) else ():
        kinds = sum(kind.search(match["value"]) is not None for kind in _KINDS_OF_CHARACTERS)
        if kinds >= _FEWEST and not _PLACEHOLDER.search(match["value"]) and "://" not in match["value"]:
            yield match["value"], "a password or a key"


def _may_hold_a_token(line: str) -> bool:
    """Whether a line holds the least of what detect-secrets knows: 20 characters in a run, or the sign of a key or a login."""
    data = line.encode(errors="surrogatepass")
    return _RUN in data.translate(_AS_RUN) or b"PRIVATE KEY" in data or _LOGIN.search(data) is not None


@functools.cache
def _detectors() -> tuple[tuple[Callable[[str], Iterable[str]], str], ...]:
    """Load them: slow, as detect-secrets brings a client for the network along, which nothing here uses."""
    return tuple((_values(module, name), what) for module, (name, what) in _DETECTORS.items())


def _values(module: str, name: str) -> Callable[[str], Iterable[str]]:
    """Return what finds all secrets of a kind in a line."""
    detector = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name)()
    find: Callable[[str], Iterable[str]] = detector.analyze_string
    if module not in _SQUARE:
        return find
    (pattern,), (head, run) = detector.denylist, _SQUARE[module]
    return lambda line: (value for stretch in _stretches(line, pattern, head, run) for value in find(stretch))


def _stretches(line: str, pattern: re.Pattern[str], head: str, run: re.Pattern[str]) -> Iterator[str]:
    """Yield the matches of ``pattern`` in linear time."""
    found = run.search(line)
    while found is not None:
        start = line.find(head, *found.span())
        match = pattern.match(line, start) if start >= 0 else None
        if match is not None:
            yield match[0]
        found = run.search(line, match.end() if match else found.end())


def _end(data: bytes, offset: int) -> int:
    found = data.find(b"\n", offset)
    return len(data) if found < 0 else found


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
