"""`inc comms`: drafts for each audience, what is sent and recorded, and what no audience may read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from comms.server import listening
from incidentbook import repository
from incidentbook.comms import outbox, sending
from incidentbook.comms.audience import LEVELS
from incidentbook.comms.message import PHASES
from incidentbook.records.incident import Incident
from kb import Inc, Result, write

NOW = "2025-01-15T03:00:00Z"
PATH = "incidents/2025/INC-2025-001.yml"
CANARY = "the vault keys were seen in a log"
FILES: dict[str, Any] = {
    "policy/knowledge-base.yml": {
        "name": "Test",
        "organisation": "Harbourline",
        "as_of": NOW,
        "default_disclosure": "internal",
    },
    "policy/communications.yml": {
        "channels": {
            "chat": {"name": "Chat", "audience": ["responders", "support"], "kind": "slack"},
            "status-page": {"name": "Page", "audience": ["public", "customers"], "kind": "statuspage"},
            "hook": {"name": "Hook", "audience": ["public"], "kind": "webhook"},
            "phone": {"name": "Phone", "audience": ["executives"]},
        },
        "cadence": {"sev1": {"every": "30m", "audiences": ["public", "customers"]}},
    },
    "policy/services.yml": {"services": {"checkout": {"name": "Checkout", "team": "platform"}}},
    PATH: {
        "id": "INC-2025-001",
        "title": "Checkout answers with errors",
        "status": "investigating",
        "severity": "sev1",
        "disclosure": "public",
        "services": ["checkout"],
        "milestones": {"started": "2025-01-15T02:50:00Z"},
        "timeline": [
            {"id": "t1", "at": "2025-01-15T02:51:00Z", "text": "Errors rise quickly"},
            {"id": "t2", "at": "2025-01-15T02:52:00Z", "text": CANARY, "private": True},
            {
                "id": "t3",
                "at": "2025-01-15T02:53:00Z",
                "text": "Partner systems answer with errors too",
                "disclosure": "internal",
            },
        ],
    },
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("INC_CURRENT", "INC_SLACK_URL", "INC_WEBHOOK_URL", "INC_HOOK_URL", "INC_STATUSPAGE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sending, "_pause", lambda _: 0.0)
    return write(tmp_path / "kb", FILES)


def read(root: Path) -> Incident:
    found = repository.load(root).incident("INC-2025-001")
    assert found is not None
    return found


def level(root: Path, word: str) -> None:
    path = root / PATH
    path.write_text(
        path.read_text(encoding="utf-8").replace("disclosure: public", f"disclosure: {word}", 1), encoding="utf-8"
    )


def ok(result: Result) -> str:
    assert result.status == 0, result.err
    return result.out


def refused(result: Result) -> str:
    assert result.status in (1, 2), result.out
    return " ".join(result.err.split())


def test_a_draft_says_what_the_audience_needs(inc: Inc, root: Path) -> None:
    said = inc("comms", "draft", "public", root=root)
    assert said.out == (
        "Checkout: we are investigating\n\n"
        "We are investigating a problem with Checkout that began at 02:50 UTC.\n\n"
        "We will write again by 03:30 UTC.\n"
    )
    assert said.err == "\nnext update by 03:30:00 UTC\n"
    assert "communications" not in (root / PATH).read_text(encoding="utf-8")


@pytest.mark.parametrize("audience", list(LEVELS))
@pytest.mark.parametrize("phase", PHASES)
def test_no_draft_tells_an_audience_what_it_may_not_know(inc: Inc, root: Path, audience: str, phase: str) -> None:
    draft = json.loads(ok(inc("comms", "draft", audience, "--phase", phase, "--json", root=root)))
    assert draft["subject"] and draft["text"]  # noqa: PT018 - both are there
    assert (CANARY in draft["text"]) is (audience == "responders")


def test_an_own_template_comes_before_the_one_that_ships(inc: Inc, root: Path) -> None:
    write(root, {"policy/templates/public/update.j2": "{{ id }}\nOurs, since {{ started }}\n"})
    assert ok(inc("comms", "draft", "customers", "--phase", "update", root=root)).startswith(
        "INC-2025-001\n\nOurs, since 02:50 UTC"
    )
    listed = ok(inc("comms", "templates", root=root))
    assert "  update        policy/templates/public/update.j2\n" in listed
    assert listed.count("ships with incidentbook") == 29


def test_templates_that_ship_can_be_taken_over(inc: Inc, root: Path) -> None:
    write(root, {"policy/templates/public/update.j2": "mine\n"})
    assert "ships" not in ok(inc("comms", "templates", "--write", root=root))
    assert (root / "policy/templates/public/update.j2").read_text(encoding="utf-8") == "mine\n"
    assert (root / "policy/templates/regulator/resolved.j2").is_file()
    assert inc("check", root=root).out.count("policy/templates") == 0


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ titel }}", "policy/templates/public/update.j2:1: 'titel' is undefined"),
        ("a\n{% if %}", "policy/templates/public/update.j2:2: Expected an expression"),
        ("{{ ''.__class__.__mro__ }}", "access to attribute '__class__' of 'str' object is unsafe"),
        ('{% include "../../knowledge-base.yml" %}', "There is no template ../../knowledge-base.yml"),
        ("{{ 1 / 0 }}", "division by zero"),
        ('{% include "public/update.j2" %}', "recursion"),
        ("{{ range(9999999) | list }}", "Range too big"),
        ("{{ 'a' * 10 ** 12 }}", "that is too large"),
        ("{{ 'a' * 999999999 }}", "that is too large"),
        ("   ", "gives no text"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(inc: Inc, root: Path, template: str, said: str) -> None:
    write(root, {"policy/templates/public/update.j2": template})
    assert said in refused(inc("comms", "draft", "public", "--phase", "update", root=root))


@pytest.mark.parametrize(
    ("audience", "text", "names"),
    [
        ("public", f"Note that {CANARY}.", "timeline[1].text"),
        ("executives", CANARY.upper(), "timeline[1].text"),
        ("public", "We see that partner systems answer with  errors too", "timeline[2].text"),
        ("customers", "Partner systems: answer, with errors - too!", "timeline[2].text"),
        ("executives", "Partner systems answer with errors too", ""),
        ("responders", CANARY, ""),
        ("public", "Checkout answers with errors", ""),
    ],
)
def test_a_text_that_says_more_than_the_audience_may_know_is_refused(
    inc: Inc, root: Path, audience: str, text: str, names: str
) -> None:
    result = inc("comms", "sent", audience, text, root=root)
    assert bool(read(root).communications) is (not names), result.err
    if names:
        assert f"The message repeats `{names}`, which {audience} may not know" in refused(result)


def test_of_an_internal_record_the_public_is_told_in_other_words_only(inc: Inc, root: Path) -> None:
    level(root, "internal")
    assert "INC-2025-001 is narrower than public" in refused(inc("comms", "draft", "public", root=root))
    assert "repeats `title`" in refused(inc("comms", "sent", "public", "Checkout answers with errors", root=root))
    ok(inc("comms", "sent", "public", "Some payments do not go through", root=root))
    ok(inc("comms", "sent", "public", "Some payments do not go through yet", root=root))


def test_of_a_restricted_record_only_responders_are_told(inc: Inc, root: Path) -> None:
    level(root, "restricted")
    for audience in LEVELS:
        result = inc("comms", "sent", audience, "All is well", root=root)
        assert (result.status == 0) is (audience == "responders"), result.err
    assert "INC-2025-001 is restricted" in refused(inc("comms", "draft", "regulator", "--phase", "update", root=root))


def test_what_was_sent_stands_in_the_order_of_time_and_sets_the_next_update(inc: Inc, root: Path) -> None:
    said = ok(
        inc("comms", "sent", "public", "Second", "--channel", "status-page", "--at", "-1m", "--next", "1h", root=root)
    )
    assert "  02:59:00 UTC  told public by status-page: Second\n" in said
    assert "  03:59:00 UTC  tell public or customers how it stands (in 59 min)\n" in said
    ok(inc("comms", "sent", "public", "First", "--at", "-5m", "--next", "none", "--phase", "update", root=root))
    plain = [
        (sent.text, sent.phase, sent.next_update and sent.next_update.written) for sent in read(root).communications
    ]
    assert plain == [("First", "update", None), ("Second", "investigating", "2025-01-15T03:59:00Z")]


def test_a_channel_that_does_not_reach_the_audience_is_refused(inc: Inc, root: Path) -> None:
    assert "phone reaches executives, and not public" in refused(
        inc("comms", "sent", "public", "x", "--channel", "phone", root=root)
    )
    assert "Did you mean 'chat'?" in refused(inc("comms", "sent", "support", "x", "--channel", "chta", root=root))
    assert "No channel that messages can be sent to reaches executives" in refused(
        inc("comms", "send", "executives", root=root)
    )
    assert "phone is manual: people send there" in refused(
        inc("comms", "send", "executives", "--channel", "phone", root=root)
    )


def test_without_an_address_the_payload_is_shown_and_nothing_written(inc: Inc, root: Path) -> None:
    result = inc("comms", "send", "responders", root=root)
    assert result.out.startswith("POST (the address of the channel)\n{")
    assert result.err == "nothing was sent: INC_SLACK_URL or INC_CHAT_URL would say where to\n"
    assert read(root).communications == ()


def test_a_message_is_sent_once_and_recorded_once(inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(500, "drop") as server:
        monkeypatch.setenv("INC_WEBHOOK_URL", server.url)
        said = ok(inc("comms", "send", "public", "--channel", "hook", "--text", "We are on it", root=root))
    assert "sent to public over hook (127.0.0.1)" in said
    assert "secret" not in said
    (entry,) = read(root).communications
    assert (entry.text, entry.channel, entry.phase) == ("We are on it", "hook", "investigating")
    assert {asked.key for asked in server.asked} == {entry.id}
    assert outbox.pending(root) == []


def test_what_is_not_known_to_be_sent_is_sent_again_with_the_same_key(
    inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(*[503] * 5) as server:
        monkeypatch.setenv("INC_HOOK_URL", server.url)
        result = inc("comms", "send", "public", "--channel", "hook", "--text", "We are on it", root=root)
        assert (result.status, "`inc comms send --retry` sends it again" in result.err) == (1, True)
        assert read(root).communications == ()
        assert "Nobody knows whether an earlier message over hook was sent" in refused(
            inc("comms", "send", "public", "--channel", "hook", "--text", "Still on it", root=root)
        )
        ok(inc("comms", "send", "--retry", root=root))
    assert len({asked.key for asked in server.asked}) == 1
    assert [entry.text for entry in read(root).communications] == ["We are on it"]
    assert inc("comms", "send", "--retry", root=root).err == "Nothing waits to be sent.\n"


def test_an_end_between_recording_and_forgetting_is_no_second_message(
    inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening() as server:
        monkeypatch.setenv("INC_HOOK_URL", server.url)
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "forget", lambda *_: None)
            ok(inc("comms", "send", "public", "--channel", "hook", "--text", "We are on it", root=root))
        assert len(outbox.pending(root)) == 1
        ok(inc("comms", "send", "--retry", root=root))
        assert len(server.asked) == 1
    assert len(read(root).communications) == 1
    assert outbox.pending(root) == []


def test_what_waits_can_be_dropped(inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(403) as server:
        monkeypatch.setenv("INC_HOOK_URL", server.url)
        assert "HTTP 403" in refused(inc("comms", "send", "public", "--channel", "hook", "--text", "No", root=root))
        assert "forgot the message of 03:00:00 UTC over hook" in ok(inc("comms", "send", "--drop", root=root))
    assert outbox.pending(root) == []


def test_a_status_page_gets_one_incident_and_then_updates(
    inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(id="b8vxq2") as server:
        monkeypatch.setenv("INC_STATUSPAGE_URL", server.url)
        monkeypatch.setenv("INC_STATUSPAGE_TOKEN", "t0ken")
        ok(inc("comms", "send", "public", root=root))
        ok(inc("comms", "send", "public", "--phase", "identified", root=root))
    assert [(asked.method, asked.path) for asked in server.asked] == [
        ("POST", "/hook/secret/incidents"),
        ("PATCH", "/hook/secret/incidents/b8vxq2"),
    ]
    assert [entry.ref for entry in read(root).communications] == ["b8vxq2", ""]
    assert inc("check", PATH, root=root).out.count("error") == 0


def test_what_responders_were_told_is_for_them_alone(inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as server:
        monkeypatch.setenv("INC_SLACK_URL", server.url)
        ok(inc("comms", "send", "responders", root=root))
    (entry,) = read(root).communications
    assert CANARY in entry.text
    assert entry.disclosure == "restricted"
    assert CANARY not in ok(inc("report", "INC-2025-001", "--audience", "public", root=root))
    assert "may not know" in refused(inc("comms", "sent", "executives", CANARY, root=root))
    assert "IB908" not in inc("check", PATH, root=root).out


def test_one_that_cannot_be_sent_does_not_hold_up_the_others(
    inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(400, 400) as server:
        for variable, channel, audience in (("INC_CHAT_URL", "chat", "support"), ("INC_HOOK_URL", "hook", "public")):
            monkeypatch.setenv(variable, server.url)
            refused(inc("comms", "send", audience, "--channel", channel, "--text", f"For {audience}", root=root))
        monkeypatch.delenv("INC_CHAT_URL")
        said = refused(inc("comms", "send", "--retry", root=root))
    assert (
        "Not sent: Checkout answers with errors (chat: INC_SLACK_URL or INC_CHAT_URL would say where to send it)"
        in said
    )
    assert [message.channel for message in outbox.pending(root)] == ["chat"]
    assert [entry.text for entry in read(root).communications] == ["For public"]


@pytest.mark.parametrize(("said", "audience"), [("status-page", "public"), ("stakeholders", "executives")])
def test_audiences_have_the_names_that_people_use(inc: Inc, root: Path, said: str, audience: str) -> None:
    ok(inc("comms", "sent", said, "We know of it", root=root))
    assert read(root).communications[0].audience == audience
    assert "'nobody' is none of responders, executives" in refused(inc("comms", "sent", "nobody", "x", root=root))


def test_a_template_outside_its_folder_is_none(inc: Inc, root: Path) -> None:
    folder = root / "policy/templates/public"
    folder.mkdir(parents=True)
    (folder / "update.j2").symlink_to(root / "policy/knowledge-base.yml")
    assert "There is no template public/update.j2" in refused(
        inc("comms", "draft", "public", "--phase", "update", root=root)
    )


def test_what_has_become_narrower_meanwhile_is_not_sent(inc: Inc, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(400) as server:
        monkeypatch.setenv("INC_HOOK_URL", server.url)
        refused(inc("comms", "send", "public", "--channel", "hook", "--text", "We know of it", root=root))
        level(root, "restricted")
        assert "INC-2025-001 is restricted" in refused(inc("comms", "send", "--retry", root=root))
        assert len(server.asked) == 1
