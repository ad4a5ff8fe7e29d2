"""Of which incidents a sentence speaks, as far as the knowledge base knows their names."""

from __future__ import annotations

import pytest

from incidentbook.named_incidents import Names
from incidentbook.prose import claims
from incidentbook.repository import Repository
from incidentbook.slices import EVERYTHING, Subset
from kb import incident, repo


@pytest.fixture
def base() -> Repository:
    return repo(
        incident(1, services=["checkout"]),
        services={"services": {"web": {"name": "Web"}, "public-api": {"name": "Public API"}}},
        knowledge_base={"name": "Test", "teams": {"data": {"name": "Data Engineering"}}},
    )


def spoken_of(base: Repository, text: str) -> str:
    (claim,) = claims.find(text)
    return Names(base).subset(text, claim.start, claim.end).name(base)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("SEV-1 incidents fell by 60 %.", "SEV-1 incidents"),
        ("The number of sev1 and SEV 2 incidents fell.", "SEV-1 and SEV-2 incidents"),
        ("We had 30 % fewer severity 3 incidents.", "SEV-3 incidents"),
        ("The SEV-1 MTTR improved by 20 %.", "SEV-1 incidents"),
        ("Mean time to resolve SEV-2 incidents has gone up by 20 %.", "SEV-2 incidents"),
        ("For SEV-1s, our MTTR fell by 20 %.", "SEV-1 incidents"),
        ("In SEV-1 incidents, MTTR fell by 20 %.", "SEV-1 incidents"),
        ("MTTR fell by 20 % in Q4 for SEV-1 incidents.", "SEV-1 incidents"),
        ("Security incidents fell by 20 %.", "security incidents"),
        ("The number of security and data-loss incidents rose.", "data loss and security incidents"),
        ("MTTR of the web service fell by 20 %.", "incidents of Web"),
        ("We reduced the MTTR of the Public API by 20 %.", "incidents of Public API"),
        ("Checkout MTTR fell by 20 %.", "incidents of checkout"),
        ("MTTR of team Data Engineering fell by 20 %.", "incidents of team Data Engineering"),
        ("The MTTR of the Data Engineering team fell by 20 %.", "incidents of team Data Engineering"),
        ("MTTR of SEV-1 incidents of the web service fell.", "SEV-1 incidents of Web"),
    ],
)
def test_what_stands_beside_a_figure_names_its_incidents(base: Repository, text: str, about: str) -> None:
    assert spoken_of(base, text) == about


@pytest.mark.parametrize(
    "text",
    [
        "MTTR improved by 20 %.",
        "After the SEV-1 in March, MTTR fell.",
        "SEV-1 incidents are rare, and MTTR fell by 20 %.",
        "MTTR fell by 20 % thanks to the web service.",
        "MTTR of the payments platform fell by 20 %.",
        "Our security MTTR fell by 20 %.",
        "MTTR fell since we moved the web service.",
        "The web team's MTTR fell by 20 %.",
        "Availability improved in Q4.",
    ],
)
def test_what_stands_elsewhere_or_is_not_known_does_not(base: Repository, text: str) -> None:
    assert spoken_of(base, text) == "all incidents"


def test_a_house_without_names() -> None:
    text = "MTTR of the web service fell."
    assert Names(repo()).subset(text, 0, len(text)) == EVERYTHING


def test_several_of_a_kind_are_one_subset(base: Repository) -> None:
    text = "MTTR of web, checkout and Public API fell."
    assert Names(base).subset(text, 0, 4) == Subset((("service", ("checkout", "public-api", "web")),))


def test_names_of_any_characters() -> None:
    base = repo(services={"services": {"a": {"name": "50 % (off) *"}, "s": {"name": "\\d+"}}})
    assert Names(base).subset("MTTR of 50 % (off) * services fell.", 0, 4) == Subset((("service", ("a",)),))
    assert Names(base).subset("MTTR of \N{LATIN SMALL LETTER LONG S} fell.", 0, 4) == EVERYTHING
    assert Names(base).subset("MTTR of s fell.", 0, 4) == Subset((("service", ("s",)),))
