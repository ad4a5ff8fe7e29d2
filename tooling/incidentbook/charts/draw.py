"""Data to pictures: Vega-Lite, SVG and PNG, drawn by vl-convert without a network, and kept by what they show."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from incidentbook.charts import axes, registry, svg, theme
from incidentbook.errors import IncidentbookError
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.terminal_text import clean

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.data import Data

FORM = 1  # of the pictures: another one draws those that are kept anew
_SCALE = 2.0  # pixels of a PNG for one of the specification
_SHOWN = ("name", "title", "summary", "lines", "rows")  # of the data, in a picture without a frame
_LINE = 124  # characters of the foot


class NotDrawnError(IncidentbookError):
    """There is too little to draw."""


def specification(data: Data, *, framed: bool = True) -> dict[str, Any]:
    """Return the chart as a Vega-Lite specification.

    Args:
        data: what it shows.
        framed: with title, definition, n, window and commit in the picture, for a file that stands alone.

    Raises:
        NotDrawnError: there is too little to draw; the message says what is lacking.

    """
    if data.refused:
        raise NotDrawnError(f"The chart {data.name} is not drawn: {data.refused}", hint=data.advice)
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415 - a third of a second that only a new picture needs

    with debug_mode(
        arg=False
    ):  # tests hold charts against the schema of Vega-Lite, which takes longer than drawing them
        chart = registry()[data.name].draw(data)
        plain = (_framed(chart, data) if framed else chart).to_dict(validate=False)
    made: dict[str, Any] = _clean(axes.read_back(plain))
    made["config"] = theme.config()
    made["description"] = clean(data.summary or data.definition)
    return made


def _framed(chart: Any, data: Data) -> alt.VConcatChart:
    """Put the title and what the picture shows above a chart, and what it rests on below."""
    import altair as alt  # noqa: PLC0415 - as above

    foot = [line for text in data.foot(pictured=True) for line in _wrapped(text)]
    below = alt.TitleParams(
        foot, orient="bottom", fontSize=10.5, fontWeight="normal", color=theme.colour("quiet"), offset=12
    )
    above = alt.TitleParams(data.title, subtitle=_wrapped(data.summary))
    return alt.vconcat(chart.properties(title=above)).properties(title=below)


def to_svg(data: Data, memo: Memo = FORGETFUL, form: svg.Form = "file") -> str:
    """Return the chart as SVG.

    Args:
        data: what it shows.
        memo: keeps pictures by what they show.
        form: ``file`` stands alone and says what it rests on; the others are parts of something that says so beside them: of a
            ``page`` (in its colours, on one line), of a ``report`` (a page without such colours), or on ``paper``.

    Raises:
        NotDrawnError: there is too little to draw.

    """
    return _kept(memo, data, form, lambda: svg.FORMS[form](_dressed(data, framed=form == "file")))


def to_png(data: Data, *, dark: bool = False) -> bytes:
    """Return the chart as a PNG file, on a ground of its own. Raises NotDrawnError."""
    import vl_convert  # noqa: PLC0415 - 90 MB that only a new picture needs

    spec = specification(data)
    spec["config"]["background"] = theme.colour("ground")
    text = json.dumps(spec)
    text = theme.dark(text) if dark else text
    return vl_convert.vegalite_to_png(text, vl_version=_version(), scale=_SCALE, allowed_base_urls=[])


def _dressed(data: Data, *, framed: bool) -> ET.Element:
    import vl_convert  # noqa: PLC0415 - as above

    drawn = vl_convert.vegalite_to_svg(specification(data, framed=framed), vl_version=_version(), allowed_base_urls=[])
    told = clean(data.title), clean(data.summary or data.definition)
    name = f"ib-{data.name}"
    return svg.dress(svg.reduced(drawn, name), name, *told, least=0 if framed else theme.WHOLE)


def _version() -> str:
    """Return the Vega-Lite of the renderer that Altair writes for; its newest where it has no such one."""
    import altair as alt  # noqa: PLC0415 - as above
    import vl_convert  # noqa: PLC0415 - as above

    known: list[str] = vl_convert.get_vegalite_versions()
    wanted = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return wanted if wanted in known else known[-1]


def _kept(memo: Memo, data: Data, form: svg.Form, make: Any) -> str:
    """Return a picture that was drawn of the same data by the same tools, or draw it."""
    from importlib.metadata import version  # noqa: PLC0415 - 5 ms

    if data.refused:
        return str(make())
    tools = [version(name) for name in ("altair", "vl-convert-python")]
    shown: dict[str, object] = {**data.plain()}
    if form != "file":  # such a picture does not say what it rests on, so a new commit alone makes no new one
        shown = {name: shown[name] for name in _SHOWN}
    drawn: str = remembered(memo, f"chart {form} {FORM}", [tools, shown], make)
    return drawn


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text), _LINE)


def _clean(value: Any) -> Any:
    """Return a specification in which no text holds a character that XML does not know."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    return clean(value) if isinstance(value, str) else value
