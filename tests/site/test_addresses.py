"""Addresses within a site: what a browser makes of them from where they stand."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.site.addresses import Addresses

names = st.sampled_from(["a", "b", "incidents", "INC-2025-001"])
folders = st.lists(names, max_size=3).map(lambda parts: "".join(f"{part}/" for part in parts))
files = st.tuples(folders, st.sampled_from(["", "index.html", "feed.xml"])).map("".join)


@given(path=files, origin=files)
def test_a_relative_address_leads_from_one_file_to_the_other(path: str, origin: str) -> None:
    relative = Addresses().file(path, origin)
    assert posixpath.normpath(posixpath.join("/site", posixpath.dirname(origin), relative)) == posixpath.normpath(
        f"/site/{path}"
    )
    assert relative.endswith("/") == (not path or path.endswith("/")), "a folder is one to a browser, too"


@pytest.mark.parametrize(
    ("path", "origin", "address"),
    [
        ("incidents/one.md", "", "incidents/one/"),
        ("incidents/one.md", "incidents/two/", "../one/"),
        ("index.md", "incidents/two/", "../../"),
        ("incidents/index.md", "incidents/", "./"),
        ("incidents/one.md", "feeds/incidents.xml", "../incidents/one/"),
    ],
)
def test_a_page_is_a_folder(path: str, origin: str, address: str) -> None:
    assert Addresses().page(path, origin) == address
    assert Addresses("https://example.test/kb/").page(path, origin).startswith("https://example.test/kb/")
