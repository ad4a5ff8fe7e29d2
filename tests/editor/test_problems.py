"""What the editor underlines: the right words, with a sentence that helps, and the same verdicts as `inc check`."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from editor.conftest import RECORD, Show, front
from editor.lsp import LanguageServer
from incidentbook import resources, schema, source, yaml12
from kb import ROOT

REVIEW = """\
incidents: [INC-2025-001]
status: draft
action_items:
  - id: AI-2025-001-1
    title: Fix the script
    status: proposed
"""
PLAYBOOK = """\
id: availability/failover
title: Failover
type: availability
owner: sre
status: active
triggers: [No writes]
steps:
  - {id: look, actor: operations-lead, action: Look}
"""
A_TIME = "Write a time on a day that exists as 2025-01-15T02:30:00Z"
A_SLUG = "Use a slug: small letters"
SOUND = {"incident": RECORD, "postmortem": REVIEW, "playbook": PLAYBOOK}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a sound text: what stands there instead of what, and what is shown (line, words, start of message)."""

    kind: str
    sound: str
    wrong: str
    shown: list[tuple[int, str, str]]

    @property
    def text(self) -> str:
        """The text with the mistake."""
        before, after = SOUND[self.kind].split(self.sound)
        return before + self.wrong + after


MISTAKES = [
    Mistake("incident", "declared", "decalred", [(4, "decalred", 'Value is not accepted. Valid values: "declared", ')]),
    Mistake("incident", "sev1", "SEV1", [(5, "SEV1", 'Value is not accepted. Valid values: "sev1", ')]),
    Mistake("incident", "title: No bookings\n", "", [(2, "i", 'Missing property "title".')]),
    Mistake("incident", "declared", "identified",
     [(2, "i", 'Missing property "services".'), (2, "i", 'Missing property "type".')]),
    Mistake("incident", "declared", "merged", [(2, "i", 'Missing property "links".')]),
    Mistake("incident", "title:", "titl: x\ntitle:", [(3, "titl", "Property titl is not allowed.")]),
    Mistake("incident", "title:", "title: x\ntitle:", [(4, "title: No bookings", "Map keys must be unique")]),
    Mistake("incident", "15T02:30:00Z", "15T02:30", [(7, "2025-01-15T02:30", A_TIME)]),
    Mistake("incident", "2025-01-15T02:30:00Z", "2025-02-30T02:30:00Z", [(7, "2025-02-30T02:30:00Z", A_TIME)]),
    Mistake("incident", "2025-01-15T02:30:00Z", "{at: about two}", [(7, "about two", A_TIME)]),
    Mistake("incident", "2025-01-15T02:30:00Z", "{earliest: 2025-01-15T02:30:00Z}", [(7, "started", 'Missing property "at".')]),
    Mistake("incident", "title:", "services: [Public API]\ntitle:", [(3, "Public API", A_SLUG)]),
    Mistake("incident", "title:", "exercise: yes\ntitle:", [(3, "yes", 'Incorrect type. Expected "boolean".')]),
    Mistake("incident", "title:", "timeline: [{id: t1, at: 2025-01-15T02:30:00Z, text: 🚨🚨, kind: alrt}]\ntitle:",
     [(3, "alrt", 'Value is not accepted. Valid values: "alert", ')]),
    Mistake("incident", "title:", "field_disclosure: {a b: internal}\ntitle:", [(3, "a b", "Write the path of the field")]),
    Mistake("postmortem", "draft", "drafted", [(3, "drafted", 'Value is not accepted. Valid values: "draft", ')]),
    Mistake("postmortem", "draft", "skipped", [(2, "i", 'Missing property "skip_reason".')]),
    Mistake("postmortem", "proposed", "in-progress",
     [(5, "i", 'Missing property "due".'), (5, "i", 'Missing property "owner".')]),
    Mistake("playbook", "type: availability", "type: outage", [(4, "outage", "Value is not accepted.")]),
    Mistake("playbook", "id: look, ", "", [(9, "{", 'Missing property "id".')]),
]  # fmt: skip
# Of a policy file of this repository: what stands in it, and what stands there instead, which is what is underlined.
POLICY = {
    "actions": ("evidence_required: true", "often"),
    "checks": ("paths: []", "everywhere"),
    "communications": ("[support]", "support"),
    "escalation": ("after: 0m", "at once"),
    "factors": ("category: change", "chance"),
    "knowledge-base": ("default_disclosure: internal", "secret"),
    "maturity": ("target: 4", "high"),
    "metrics": ("from: started", "begun"),
    "obligations": ("calendar: elapsed", "lunar"),
    "rotation": ("type: weekly", "wekly"),
    "services": ("tier: 1", "first"),
    "severities": ("postmortem: required", "requird"),
}
NEEDY = [kind for kind in POLICY if resources.schema(kind).get("required")]


Opened = Callable[[str, str], str]


@pytest.fixture(scope="module")
def opened(show: Show) -> Opened:
    """Return the URI of a text; all texts of this module are opened at once, since the server waits a while before each."""
    texts = [*SOUND.items(), *((mistake.kind, mistake.text) for mistake in MISTAKES)]
    texts += [
        (kind, text) for kind in POLICY for text in (misspelt(kind)[0], *(beheaded(kind)[:1] if kind in NEEDY else ()))
    ]
    uris = {(kind, text): show(kind, text) for kind, text in texts}
    return lambda kind, text: uris[kind, text]


def misspelt(kind: str) -> tuple[str, int, str]:
    """Return a policy file with a wrong value, and the line and words of it."""
    sound, wrong = POLICY[kind]
    before, after = policy(kind).split(sound, maxsplit=1)
    key, colon, _ = sound.rpartition(": ")
    return f"{before}{key}{colon}{wrong}{after}", before.count("\n") + 2, wrong


def beheaded(kind: str) -> tuple[str, str]:
    """Return a policy file without a key that it needs, and the key."""
    needed = resources.schema(kind)["required"][0]
    return re.sub(rf"^{needed}:", f"x-{needed}:", policy(kind), count=1, flags=re.MULTILINE), needed


def policy(kind: str) -> str:
    return (ROOT / "policy" / f"{kind}.yml").read_text(encoding="utf-8").partition("\n")[2]


@pytest.mark.parametrize("kind", SOUND)
def test_what_is_sound_is_left_alone(kind: str, opened: Opened, server: LanguageServer) -> None:
    assert schema.valid(kind, source.load(SOUND[kind]).value)
    assert server.diagnostics(opened(kind, SOUND[kind])) == []


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda mistake: f"{mistake.kind}: {mistake.wrong.strip() or mistake.sound}"
)
def test_a_mistake_is_underlined_and_explained(mistake: Mistake, opened: Opened, server: LanguageServer) -> None:
    found = server.diagnostics(opened(mistake.kind, mistake.text))
    assert [(problem.line, problem.marked) for problem in found] == [where[:2] for where in mistake.shown]
    for problem, (_, _, start) in zip(found, mistake.shown, strict=True):
        assert problem.message.startswith(start)


def test_every_policy_file_has_a_planted_mistake() -> None:
    assert set(POLICY) | set(SOUND) == set(resources.schema_names())


@pytest.mark.parametrize("kind", POLICY)
def test_a_wrong_value_in_a_policy_file_is_underlined(kind: str, opened: Opened, server: LanguageServer) -> None:
    text, line, wrong = misspelt(kind)
    assert [(found.line, found.marked) for found in server.diagnostics(opened(kind, text))] == [(line, wrong)]


@pytest.mark.parametrize("kind", NEEDY)
def test_a_key_that_a_policy_file_lacks_is_named(kind: str, opened: Opened, server: LanguageServer) -> None:
    text, key = beheaded(kind)
    assert [found.message for found in server.diagnostics(opened(kind, text))] == [f'Missing property "{key}".']


def test_what_is_typed_is_judged_anew(show: Show, server: LanguageServer) -> None:
    uri = show("incident", RECORD.replace("sev1", "sev"))
    assert [problem.marked for problem in server.diagnostics(uri)] == ["sev"]
    server.change(uri, RECORD)
    assert server.diagnostics(uri) == []


def test_words_that_older_yaml_reads_as_something_else_stay_words(show: Show, server: LanguageServer) -> None:
    own = "title: no\nsummary: 02:30\nresolution: on\n"
    assert server.diagnostics(show("incident", RECORD.replace("title: No bookings\n", own))) == []


@pytest.mark.parametrize("kind", ["incident", "postmortem", "severities"])
def test_editor_and_check_never_disagree_on_what_is_accepted(kind: str, show: Show, server: LanguageServer) -> None:
    path = {"incident": "incidents/2025/INC-2025-001.yml", "postmortem": "postmortems/2025/INC-2025-001.md"}
    whole = source.load(front((ROOT / path.get(kind, f"policy/{kind}.yml")).read_text(encoding="utf-8"))).value
    cases = [(show(kind, yaml12.dump(value)), value, what) for value, what in damaged(whole)]
    verdicts = [schema.valid(kind, value) for _, value, _ in cases]
    assert set(verdicts) == {True, False}
    for (uri, _, what), verdict in zip(cases, verdicts, strict=True):
        assert (server.diagnostics(uri) == []) is verdict, what


def damaged(whole: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield copies of a value, its lists cut to their first entry, each with one thing left out or replaced by other words."""
    whole = shortened(whole)
    for path, plain in places(whole):
        *parents, last = path
        for how in ["left out", "other words"] if plain else ["left out"]:
            value = copy.deepcopy(whole)
            inner = value
            for step in parents:
                inner = inner[step]
            if how == "left out":
                del inner[last]
            else:
                inner[last] = "Other words"
            yield value, (*path, how)


def shortened(value: Any) -> Any:
    """Return a value with nothing but the first entry of every list."""
    if isinstance(value, dict):
        return {key: shortened(inner) for key, inner in value.items()}
    return [shortened(inner) for inner in value[:1]] if isinstance(value, list) else value


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """Yield the path of every value inside another, and whether it holds none itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, deeper in inner:
        yield (*path, step), not isinstance(deeper, dict | list)
        yield from places(deeper, (*path, step))
