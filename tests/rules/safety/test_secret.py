"""IB901 by itself: each form of a secret, and each place in a file, found once."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook import source
from incidentbook.entry import Entry
from incidentbook.rules.safety import card_number, secret
from incidentbook.span import Span

NO_CONTEXT: Any = None
# In parts, so that no scanner takes this file for a leak.
KEY = "AKIA" + "Q3EGRFVLM5TZW2XB"
PASSWORD = "Gr4phite" + "-Lake"
HASH = "0f1e2d3c4b5a6978" * 2
FORMS = [
    ("a key of AWS", KEY),
    ("a key of Azure Storage", "AccountKey" + "=" + "aB3/" * 22),
    ("a token of Discord", "M" + "aB3d" * 6 + "." + "aB3dE6" + "." + "aB3" * 9),
    ("a token of GitHub", "gho" + "_" + "aB3d" * 9),
    ("a token of GitLab", "glpat" + "-" + "aB3d" * 5),
    ("a JSON web token", "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxIn0." + "aB3d" * 10),
    ("a key of Mailchimp", HASH + "-us1"),
    ("a token of npm", "npm" + "_" + "aB3d" * 9),
    ("a key of OpenAI", "sk-" + "aB3d" * 5 + "T3BlbkFJ" + "aB3d" * 5),
    ("a private key", "BEGIN OPENSSH " + "PRIVATE KEY"),
    ("a private key", "PuTTY-User-" + "Key-File-2"),
    ("a token of PyPI", "pypi-AgENdGVzdC5weXBpLm9yZw" + "aB3d" * 18),
    ("a key of SendGrid", "SG." + "aB3d" * 5 + "aB" + "." + "aB3d" * 10 + "aB3"),
    ("a token of Slack", "xoxb" + "-1234567890-" + "abcdefghij"),
    ("a token of Slack", "https://hooks.slack.com" + "/services/T01/B02/" + "aB3d" * 6),
    ("a secret of Square", "sq0csp" + "-" + "aB3d" * 10 + "aB3"),
    ("a key of Stripe", "sk" + "_live_" + "aB3d" * 6),
    ("a token of Telegram", "123456789:" + "aB3dE" * 7),
    ("a key of Twilio", "SK" + HASH),
]
Found = list[tuple[int, int, str]]


def hits(text: str) -> Found:
    """Return line, column and kind of every hit, in their order."""
    entry = Entry("a.yml", "incident", source.load(text), None)
    spans = [(hit.at.span, hit.message) for hit in secret.check(entry, NO_CONTEXT)]
    return [(at.line, at.column, said.split(" by its form")[0].removeprefix("This is ")) for at, said in spans if at]


@pytest.mark.parametrize(("what", "token"), FORMS)
def test_a_form_that_its_issuer_has_made_recognisable(what: str, token: str) -> None:
    before = "Telegram, Twilio, Discord, Mailchimp: //npm.harbourline.example/:_authToken=" + " " * ("npm" not in token)
    (hit,) = secret.check(Entry("a.yml", "incident", source.load(f"text: '{before}{token}' # x\n"), None), NO_CONTEXT)
    start = len("text: '") + len(before) + 1
    assert hit.message == f"This is {what} by its form: {token[:2]}…{token[-2:]}"
    assert hit.at.span is not None
    assert (hit.at.span.column, hit.at.span.end_column) == (start, start + len(token))


@pytest.mark.parametrize(
    "first", [f"key: {KEY}", f"password: {PASSWORD}", f"at: postgres://booking:{PASSWORD}@db-2/main"]
)
def test_each_line_is_looked_at_once(first: str) -> None:
    column = first.index(KEY if KEY in first else PASSWORD) + 1
    found = hits(f"{first}\nx: ä\n{first}\n{first}\n\n{first}")  # the last line has no end
    assert [(line, at) for line, at, _ in found] == [(line, column) for line in (1, 3, 4, 6)]


def test_lines_are_found_by_words_and_by_logins_alike() -> None:
    assert hits(f"{KEY}: x\n") == [(1, 1, "a key of AWS")]
    text = f"ä: ö, {KEY}\nb: postgres://booking:{PASSWORD}@db-2/main\nc: api_key={PASSWORD}1\n"
    assert hits(text) == [(1, 7, "a key of AWS"), (2, 23, "a password in an address"), (3, 12, "a password or a key")]


def test_two_secrets_of_a_line_are_two_and_one_of_two_kinds_is_one() -> None:
    assert hits(f"x: {KEY}, password={PASSWORD}\n") == [(1, 4, "a key of AWS"), (1, 35, "a password or a key")]
    assert hits(f"x: password={PASSWORD}, {KEY}\n") == [(1, 28, "a key of AWS"), (1, 13, "a password or a key")]
    assert hits(f"x: password={KEY}-x\n") == [(1, 13, "a key of AWS")]


@pytest.mark.parametrize("words", range(480, 504))
def test_in_a_long_line_a_secret_is_found_wherever_the_line_is_cut(words: int) -> None:
    start = f"x: {'a ' * words}"
    assert hits(f"# {'-' * 3000}\n{start}{KEY} {'b ' * 600}{KEY} c\ny: {KEY}\n") == [
        (2, len(start) + 1, "a key of AWS"),
        (2, len(start) + 1222, "a key of AWS"),
        (3, 4, "a key of AWS"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "postgres://booking:changeme@db-2/main", "postgres://booking:$PASSWORD@db-2/main", "postgres://booking:****@db-2/main",
        "postgres://booking:<password>@db-2/main", "postgres://booking:{password}@db-2/main", "password: your_Password1",
        "password: Xxxx1234-", "password: https://vault.harbourline.test/1A", "password: lower-case-only", "password: Sh0rt-1",
    ],
)  # fmt: skip
def test_what_stands_for_a_secret_is_none(text: str) -> None:
    assert hits(f"# {text}\n") == []


def test_half_of_a_surrogate_pair_hides_nothing() -> None:
    """An editor may send one; no file can hold it."""
    assert hits(f"a: \ud83d\nb: \ud83d {KEY}\n") == [(2, 6, "a key of AWS")]
    entry = Entry("a.yml", "incident", source.load("a: \ud83d 4539148803436467\n"), None)
    assert [hit.at.span for hit in card_number.check(entry, NO_CONTEXT)] == [Span(1, 6, 1, 22)]
