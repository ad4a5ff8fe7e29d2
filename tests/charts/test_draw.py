"""Pictures: valid Vega-Lite, small and accessible SVG in the reader's colours, and the same bytes each time."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import ValidationError

from chart_data import LEVELS, knowledge_base, scope, twelve
from incidentbook import charts
from incidentbook.charts import draw, theme
from incidentbook.charts.data import Data
from kb import ROOT

NAMES = list(charts.registry())
SVG = "{http://www.w3.org/2000/svg}"
FORMS: list[draw.Form] = ["file", "page", "report", "paper"]


def data(name: str, **more: Any) -> Data:
    made = charts.gather(name, scope(knowledge_base(*twelve()), levels=LEVELS, **more))
    assert made.refused == ""
    return made


@pytest.fixture(scope="module")
def drawn() -> Callable[[str, draw.Form], str]:
    """Draw each chart once in each form."""
    kept: dict[tuple[str, str], str] = {}

    def of(name: str, form: draw.Form) -> str:
        if (name, form) not in kept:
            kept[name, form] = draw.to_svg(data(name), form=form)
        return kept[name, form]

    return of


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("framed", [True, False])
def test_it_is_valid_vega_lite(name: str, *, framed: bool) -> None:
    import altair as alt  # noqa: PLC0415 - a third of a second

    made = draw.specification(data(name), framed=framed)
    assert alt.Chart.from_dict(made, validate=True)
    if name == NAMES[0]:
        with pytest.raises(ValidationError):
            alt.Chart.from_dict({**made, "config": {"axis": {"labelColour": "red"}}}, validate=True)


def test_one_of_them_word_for_word(golden: Callable[[str, str], None]) -> None:
    text = json.dumps(draw.specification(data("incidents")), indent=1, sort_keys=True)
    golden("charts/incidents.vl.json", re.sub(r"vega-lite/v[0-9.]+json", "vega-lite/json", text))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_an_image_has_a_name_a_description_and_text_that_stays_text(
    drawn: Callable[[str, draw.Form], str], name: str, form: draw.Form
) -> None:
    root, shown = ET.fromstring(drawn(name, form)), data(name)  # noqa: S314 - our own
    assert root.get("role") == "img"
    named = {item.get("id"): item.text for item in root if item.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("aria-labelledby") == " ".join(str(key) for key in named)
    assert list(named.values()) == [shown.title, shown.summary]
    texts = " ".join("".join(item.itertext()) for item in root.iter(f"{SVG}text"))
    assert ("1 h" if name == "distribution" else "2024") in texts
    assert ("n = " in texts) == (form == "file")
    assert ("abc1234" in texts) == (form == "file")
    assert not [item for item in root.iter() if item.get("aria-label")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_it_runs_and_asks_for_nothing(drawn: Callable[[str, draw.Form], str], name: str, form: draw.Form) -> None:
    text = drawn(name, form)
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|@font-face|@import|href|\son\w+=|<image|<foreignObject", text)
    assert len(text) < 20_000
    ids = re.findall(r' id="([^"]*)"', text)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("ib-") for name in ids)


@pytest.mark.parametrize("name", NAMES)
def test_every_colour_is_one_of_the_palette_for_which_there_is_a_dark_one(
    drawn: Callable[[str, draw.Form], str], name: str
) -> None:
    lights = {found.light for found in theme.PALETTE.values()} | {"none"}
    found = set(re.findall(r' (?:fill|stroke)="([^"]*)"', drawn(name, "file")))
    assert found <= lights
    variables = {f"var(--ib-chart-{role},{found.light})" for role, found in theme.PALETTE.items()} | {"none"}
    assert set(re.findall(r' (?:fill|stroke)="([^"]*)"', drawn(name, "page"))) <= variables


@pytest.mark.parametrize("name", NAMES)
def test_a_part_of_a_page_is_one_line_that_no_template_reads(drawn: Callable[[str, draw.Form], str], name: str) -> None:
    text = drawn(name, "page")
    assert "\n" not in text
    assert "{" not in text.partition(">")[2]
    assert "<style" not in text
    assert "prefers-color-scheme" in drawn(name, "file")
    assert "<style" not in drawn(name, "paper")
    widths = {re.findall(r'viewBox="0 0 ([0-9.]+)', drawn(other, "page"))[0] for other in NAMES}
    assert widths == {"700"}  # so that all texts of a page have one size


def test_a_hostile_name_is_only_text(drawn: Callable[[str, draw.Form], str]) -> None:
    for form in FORMS:
        root = ET.fromstring(drawn("error-budget", form))  # noqa: S314 - our own
        assert "Public <API> & {{ 7*7 }}" in ["".join(item.itertext()) for item in root.iter(f"{SVG}text")]


def test_a_mark_says_what_it_is_when_one_points_at_it(drawn: Callable[[str, draw.Form], str]) -> None:
    root = ET.fromstring(drawn("durations", "page"))  # noqa: S314 - our own
    tips = [item.text for item in root.iter(f"{SVG}title")]
    assert tips[5] == "INC-2024-005 (SEV-1), 2024-05-10: 5 h"
    assert len(tips) == 13


def test_the_same_data_are_the_same_bytes_on_any_machine(drawn: Callable[[str, draw.Form], str]) -> None:
    code = (
        "import json, sys; from test_draw import NAMES, data, draw; "
        "json.dump({name: [draw.to_svg(data(name)), draw.to_png(data(name)).hex()] for name in NAMES}, sys.stdout)"
    )
    path = f"{ROOT / 'tests'}:{ROOT / 'tests' / 'charts'}"
    for zone, seed in (("Pacific/Auckland", "1"), ("America/St_Johns", "2")):
        alone = {
            "PYTHONPATH": path,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "HOME": "/nowhere",
            "FONTCONFIG_FILE": "/dev/null",
        }
        done = subprocess.run([sys.executable, "-c", code], env=alone, capture_output=True, text=True, check=True)
        for name, (svg, png) in json.loads(done.stdout).items():
            assert svg == drawn(name, "file") == draw.to_svg(data(name))
            assert png == draw.to_png(data(name)).hex()


def test_a_png_stands_on_a_ground_of_its_own() -> None:
    light, dark = draw.to_png(data("rate")), draw.to_png(data("rate"), dark=True)
    assert light[:8] == dark[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", light[16:24])
    assert 1200 < width < 1500
    assert 600 < height < 1000
    assert light != dark


class Kept(dict[str, bytes]):
    """A memory of results, as the cache is one."""

    def remember(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under ``key``, or make it and keep it."""
        if key not in self:
            self[key] = make()
        return self[key]


def test_what_was_drawn_once_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    memo, first = Kept(), data("durations")
    forms = [draw.to_svg(first, memo, form) for form in FORMS]
    assert len(set(forms)) == len(memo) == len(FORMS)
    monkeypatch.setattr(draw, "specification", lambda *_, **__: pytest.fail("drawn again"))
    assert [draw.to_svg(first, memo, form) for form in FORMS] == forms
    later = Data(**{**{name: getattr(first, name) for name in Data.__dataclass_fields__}, "commit": "fffffff"})
    assert [draw.to_svg(later, memo, form) for form in FORMS[1:]] == forms[1:]  # they do not name the commit
    monkeypatch.undo()
    assert "fffffff" in draw.to_svg(later, memo, "file")


def test_too_little_is_not_drawn() -> None:
    little = charts.gather("durations", scope(knowledge_base(*twelve()[:7])))
    for make in (draw.to_svg, draw.to_png, draw.specification):
        with pytest.raises(draw.NotDrawnError, match="n = 7: a control chart needs 8 points") as caught:
            make(little)  # type: ignore[operator]
        assert "--period" in caught.value.hint


def test_nothing_heavy_is_imported_until_something_is_drawn(tmp_path: Path) -> None:
    code = (
        "import sys; from incidentbook import __main__, charts; from incidentbook.charts import draw, text; charts.registry(); "
        f"root = {str(ROOT)!r}; "
        "__main__.run(['-C', root, 'metrics']); __main__.run(['-C', root, 'metrics', 'chart', 'durations']); "
        "sys.exit(sorted({'altair', 'vl_convert', 'narwhals', 'pandas'} & sys.modules.keys()).__repr__())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "[]"
