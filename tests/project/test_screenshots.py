"""The guide's pictures: each that is taken is shown, has a text for whoever does not see it, and is small."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from kb import ROOT

GUIDE = ROOT / "docs" / "guide"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script that takes them."""
    spec = importlib.util.spec_from_file_location("screenshots", ROOT / "scripts" / "screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_picture_is_shown_with_a_text_and_none_is_left_over(script: ModuleType) -> None:
    shown = dict(
        re.findall(r"!\[([^]]{40,})\]\(images/([\w-]+)\.webp\)", (GUIDE / "site.md").read_text(encoding="utf-8"))
    )
    assert sorted(shown.values()) == sorted(script.PICTURES)
    assert {path.stem for path in (GUIDE / "images").iterdir()} == set(script.PICTURES)


def test_pictures_are_small_enough_for_a_repository(script: ModuleType) -> None:
    for path in (GUIDE / "images").iterdir():
        assert path.stat().st_size <= script.LARGEST, path.name
        assert path.read_bytes()[8:12] == b"WEBP"
