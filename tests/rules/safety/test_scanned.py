"""IB901 to IB905: secrets, addresses and numbers, wherever in a file they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
KEY = "AKIA" + "Q3EGRFVLM5TZW2XB"  # in two halves, so that no scanner takes this file for a leak


def codes(found: list[str]) -> list[str]:
    return [line.split()[1] for line in found]


@pytest.fixture
def told(said: Said, base: Base) -> Callable[[str], list[str]]:
    """Put a text into the first entry of the timeline; it starts in line 19, column 60."""

    def run(text: str) -> list[str]:
        return said({RECORD: base(RECORD, "text: Every request ends in an error", f'text: "{text}"')})

    return run


Told = Callable[[str], list[str]]
AT = f"{RECORD}:19:"
SHOWN = 60


@pytest.mark.parametrize(
    ("before", "secret", "message"),
    [
        ("The script ran with ", KEY, "a key of AWS by its form: AK…XB"),
        ("token ", "ghp_" + "a1B2" * 9, "a token of GitHub by its form: gh…B2"),
        ("It read postgres://booking:", "Gr4phite-Lake", "a password in an address by its form: Gr…ke"),
        ("-----BEGIN ", "RSA PRIVATE KEY", ""),
        ("password=", "Gr4phiteLake", "a password or a key by its form: Gr…ke"),
        ("api_key: ", "9fK2mQ7xW4", "a password or a key by its form: 9f…W4"),
    ],
)
def test_a_secret(told: Told, before: str, secret: str, message: str) -> None:
    after = "@db-2/main" if "://" in before else "-----" if "BEGIN" in before else " in the log"
    (found,) = told(f"{before}{secret}{after}")
    assert "IB901 This is " in found
    assert message in found
    assert secret not in found
    if message:
        assert found.startswith(f"{AT}{SHOWN + len(before)} ")


@pytest.mark.parametrize(
    "text",
    [
        "password=$PASSWORD", "password: <the one in the vault>", "password=********", "token: the one of the week",
        "secret: exampleExample1", "It read postgres://booking:$PASSWORD@db-2/main", "The token AKIA was cut off",
        "password reset: customers could not log in", "See https://git.harbourline.example/a/b@c", "The secret: patience",
        "passwords: 12345678 accounts were reset",
    ],
)  # fmt: skip
def test_no_secret(told: Told, text: str) -> None:
    assert told(text) == []


def test_a_secret_in_a_comment_and_in_a_body(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD) + f"# the key was {KEY}\n"}) == [
        f"{RECORD}:27:15 IB901 This is a key of AWS by its form: AK…XB"
    ]
    assert codes(said({POSTMORTEM: base(POSTMORTEM) + f"\n    export KEY={KEY}\n"})) == ["IB901"]


def test_imports_are_looked_at_too(said: Said, base: Base) -> None:
    origin = f'provenance: {{source: statuspage, id: abc, original: {{body: "key {KEY}, mail jane.doe@mail.com"}}}}\n'
    assert codes(said({RECORD: base(RECORD) + origin})) == ["IB901", "IB902"]


@pytest.mark.parametrize("address", ["jane.doe@mail.com", "j.doe+x@mail.co.uk", "<jdoe@mail.org>"])
def test_an_address_of_a_person(told: Told, address: str) -> None:
    (found,) = told(f"Ask {address} first")
    start = SHOWN + 4 + address.startswith("<")
    domain = address.strip("<>").split("@")[1]
    assert found == f"{AT}{start} IB902 This is an e-mail address at {domain}, by its form that of a person"


@pytest.mark.parametrize(
    "text",
    [
        "Write to support@mail.com", "from noreply@mail.com", "security-team@mail.com", "jane@harbourline.example",
        "jane@example.com", "git@git.mail.com:team/repository", "patched left-pad@1.2.3", "ssh root@db-1.internal.mail.com",
        "logo@2x.png", "unit backup@daily.service", "https://jane@mail.com/x", "@jane-team was paged",
    ],
)  # fmt: skip
def test_no_address_of_a_person(told: Told, text: str) -> None:
    assert codes([line for line in told(text) if "IB902" in line]) == []


def test_what_a_team_gives_out_is_left_alone(said: Said, base: Base) -> None:
    policy = "policy/knowledge-base.yml"
    team = 'platform: {name: Platform, contact: "jane.doe@mail.com, +49 30 9018 2047"}'
    assert said({policy: base(policy, "platform: {name: Platform}", team)}) == []


@pytest.mark.parametrize(
    "number",
    [
        "+49 30 9018 2047",
        "+14155552671",
        "(415) 555-2671",
        "415-555-2671",
        "415.555.2671",
        "+44 (20) 7946 1234",
        "+372 512 345",
        "+49 30 9018 2047 123",
    ],
)
def test_a_telephone_number(told: Told, number: str) -> None:
    shown = f"{number[:2]}…{number[-2:]}"
    assert told(f"Call {number}, then wait") == [
        f"{AT}{SHOWN + 5} IB903 This is a telephone number by its form: {shown}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(415) 555-0123", "at 2025-01-15 02:30 +00:00", "+1000 requests a second", "415-555-267100", "in 2024-100-2000 steps",
        "https://tickets.harbourline.example/415-555-2671", "id 4155552671", "offset +0100", "1.415.555.26710",
        "rows: +12 345 678", "+49 30 9018 2047 1234",
    ],
)  # fmt: skip
def test_no_telephone_number(told: Told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "number", ["4539 1488 0343 6467", "4539148803436467", "4539-1488-0343-6467", "3782 822463 10013", "30123456789043"]
)
def test_the_number_of_a_card(told: Told, number: str) -> None:
    assert told(f"Card {number} was charged twice") == [
        f"{AT}{SHOWN + 5} IB904 This is the number of a payment card by its form and check digit: {number[:2]}…{number[-2:]}"
    ]


@pytest.mark.parametrize(
    "number",
    [
        "4111 1111 1111 1111",  # published for tests
        "4539 1488 0343 6468",  # a wrong check digit
        "9539148803436467",  # no issuer
        "45391488034364670",  # too long
        "https://tickets.harbourline.example/4539148803436467",
        "0.4539148803436467",
    ],
)
def test_no_number_of_a_card(told: Told, number: str) -> None:
    assert told(f"Card {number} was charged twice") == []


def test_digits_in_an_id_are_nobody_s(said: Said, base: Base) -> None:
    origin = 'provenance: {source: statuspage, id: "4539148803436467"}\n'
    assert said({RECORD: base(RECORD) + origin}) == []


def test_an_address_that_its_source_has_published(said: Said, base: Base) -> None:
    text = base(RECORD, "text: Every request ends in an error", "text: Requests from 81.2.69.142 fail")
    assert codes(said({RECORD: text})) == ["IB905"]
    assert said({RECORD: text + "provenance: {source: statuspage, id: abc}\n"}) == []


@pytest.mark.parametrize("address", ["81.2.69.142", "81.2.69.142/32", "2a00:1450:4001:82b::200e", "2a0b:face::1"])
def test_a_public_address(told: Told, address: str) -> None:
    assert told(f"Requests from {address} fail") == [f"{AT}{SHOWN + 14} IB905 This is a public IP address: {address}"]


def test_addresses_of_both_kinds(told: Told) -> None:
    assert codes(told("Requests from 81.2.69.142 and 2a0b:face::1 fail")) == ["IB905", "IB905"]


def test_an_address_in_an_address_on_the_web_is_nobody_s(said: Said, base: Base) -> None:
    link = "links: {external: [{url: https://81.2.69.142/status}]}\n"
    assert [line for line in said({RECORD: base(RECORD) + link}) if "IB905" in line] == []


def test_addresses_that_policy_allows(said: Said, base: Base) -> None:
    text = base(RECORD, "text: Every request ends in an error", "text: 81.2.70.142 and 81.2.69.142 fail")
    checks = "addresses: {allowed: [office, 81.2.69.1/24]}\n"
    found = [line for line in said({RECORD: text, "policy/checks.yml": checks}) if "IB905" in line]
    assert found == [f"{AT}{SHOWN - 1} IB905 This is a public IP address: 81.2.70.142"]


@pytest.mark.parametrize(
    "text",
    [
        "10.2.69.142", "192.168.0.1", "127.0.0.1", "203.0.113.9", "2001:db8::1", "81.2.69.0/24", "8.8.8.8", "1.1.1.1",
        "version 81.2.69.142", "v81.2.69.142", "Chrome 91.2.69.142", "81.2.69.142.5", "81.2.69.300", "lib-81.2.69.142",
        "169.254.169.254", "2025-01-15 02:30:00", "2600 of 2601: done", "100.64.0.1",
    ],
)  # fmt: skip
def test_no_public_address(told: Told, text: str) -> None:
    assert told(f"Seen: {text}") == []
