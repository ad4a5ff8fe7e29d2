"""Looks and scripts of the theme are put together, the general part first, and nothing of them stands beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook.site import assets


@pytest.mark.parametrize("ending", assets.ENDINGS)
def test_a_build_has_one_file_of_each_with_every_part_in_it(built: Callable[[str], Path], ending: str) -> None:
    site = built("public")
    text = (site / assets.address(ending)).read_text(encoding="utf-8")
    parts = assets.parts(ending)
    assert parts
    assert all(part in text for part in parts.values())
    assert [path.name for path in (site / "assets").glob(f"*{ending}")] == [f"incidentbook{ending}"]
    assert f"assets/incidentbook{ending}" in (site / "index.html").read_text(encoding="utf-8")


def test_the_general_part_comes_first() -> None:
    assert next(iter(assets.parts(".css"))) == "assets/incidentbook.css"
