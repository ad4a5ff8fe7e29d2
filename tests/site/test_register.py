"""The index of incidents: what a row and the form say, and how lean they are."""

from __future__ import annotations

import gzip
import re

import kb
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare

NOW = kb.at("2025-03-15")


def index(*incidents: kb.Plain, **more: object) -> str:
    """Return the content of the index page."""
    found = pages_of(prepare(kb.repo(*incidents, **more), NOW, Disclosure.RESTRICTED))  # type: ignore[arg-type]
    return next(page.content for page in found if page.path == "incidents/index.md")


def test_services_and_factors_of_a_row_are_the_places_of_their_options() -> None:
    content = index(
        kb.incident(1, services=["web", "api"]),
        kb.incident(2, services=["api"]),
        postmortems=[{"incidents": ["INC-2025-001"], "causes": {"nodes": [{"id": "a", "factor": "drift"}]}}],
        services={"services": {"api": {"name": "Zebra"}, "web": {"name": "Antelope"}}},
    )
    assert (
        '<option value="">Any</option><option value="web">Antelope</option><option value="api">Zebra</option>'
        in content
    )
    assert '<tr data-s="0 1" data-f="0">' in content
    assert '<tr data-s="1"><th scope="row"><a href="INC-2025-002/">Incident 2</a>' in content


def test_the_form_offers_only_what_there_is() -> None:
    content = index(kb.incident(1, severity="sev1"), kb.incident(2, severity="sev3", type="security"))
    form = content.partition("<form")[2].partition("</form>")[0]
    assert re.findall(r'name="severity" value="(\w+)"', form) == ["sev1", "sev3"]
    assert '<option value="security">Security</option>' in form
    assert "capacity" not in form
    assert 'name="factor"' not in form
    assert '<option value="2025-Q1">' in form
    assert 'data-now="2025-03-15"' in form


def test_every_field_has_a_label_and_the_count_is_announced() -> None:
    content = index(kb.incident(1), kb.incident(2, severity="sev1"))
    ids = set(re.findall(r'<(?:input|select) id="([\w-]+)"', content))
    assert ids == set(re.findall(r'<label for="([\w-]+)"', content))
    assert 'role="status" aria-live="polite"' in content


def test_a_hidden_incident_leaves_no_option_behind() -> None:
    repo = kb.repo(
        kb.incident(1, disclosure="public"),
        kb.incident(2, disclosure="restricted", services=["secret-service"], severity="sev1", type="data-loss"),
    )
    content = next(
        page.content for page in pages_of(prepare(repo, NOW, Disclosure.PUBLIC)) if page.path == "incidents/index.md"
    )
    assert "secret-service" not in content
    assert "sev1" not in content
    assert "data-loss" not in content


def test_a_row_of_thousands_costs_few_bytes_on_the_wire() -> None:
    content = index(*(kb.incident(number, f"2025-01-{number % 28 + 1:02}T00:00:00Z") for number in range(1, 1001)))
    assert content.count("<tr>") + content.count("<tr data-") == 1001
    assert len(gzip.compress(content.encode(), 9)) < 30 * 1000  # 5,000 in 150 KB, titles of their own not counted


def test_an_empty_index_says_how_to_begin() -> None:
    content = index()
    assert "<table" not in content
    assert "<form" not in content
    assert "`inc start`" in content
