"""What the renderer draws, made fit to be read: small, the same each time, for people who do not see it, in the reader's colours.

The renderer labels every axis and every mark for assistive technology, which then reads out hundreds of them. Here a picture is
one image with a title and a description; what a mark stands for becomes its tooltip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal
from xml.etree import ElementTree as ET  # what is read is our own renderer's

from incidentbook.charts import theme

_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]{2,}(?:e-?[0-9]+)?")
_DROPPED = ("role", "class", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription")
_BRACES = re.compile("[{}]")  # a site's templates read these
_COLOUR = re.compile('"#[0-9a-fA-F]+"')
_VARIABLES = {f'"{found.light}"': f'"var(--ib-chart-{role},{found.light})"' for role, found in theme.PALETTE.items()}


def tag(name: str) -> str:
    """Return the name of an element of SVG as ElementTree has it."""
    return f"{{{_SVG}}}{name}"


def reduced(drawn: str, name: str) -> ET.Element:
    """Return the root of a picture without what nobody needs.

    Args:
        drawn: SVG as vl-convert writes it.
        name: makes the ids of the picture's parts its own among those of a page.

    """
    root = ET.fromstring(drawn)  # noqa: S314 - as above
    _clean(root)
    _named(root, name)
    for child in root:
        if child.tag == tag("rect") and child.get("fill") == "transparent":
            root.remove(child)
            break
    return root


def dress(root: ET.Element, name: str, title: str, description: str, least: float = 0) -> ET.Element:
    """Return the root of a picture with its title and description, so that it is one image to whoever does not see it.

    Args:
        root: of the picture, with its width and height.
        name: makes the ids of the picture's parts its own among those of a page.
        title: what it is.
        description: what it shows.
        least: the least width of the picture, in pixels.

    """
    size = {name: float(root.get(name, "0")) for name in ("width", "height")}
    size["width"] = max(size["width"], least)
    attributes = {"viewBox": "0 0 {width:g} {height:g}".format_map(size), **{name: f"{size[name]:g}" for name in size}}
    root.attrib.clear()
    root.attrib.update(
        {
            "class": "ib-chart",
            **attributes,
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "font-family": theme.FONTS,
            "overflow": "visible",
        }
    )
    for index, (part, text) in enumerate((("title", title), ("desc", description))):
        told = ET.Element(tag(part), {"id": f"{name}-{part}"})
        told.text = text
        root.insert(index, told)
    return root


def alone(root: ET.Element) -> str:
    """Return the picture as a file of its own, on a ground: who shows it may have a white page and prefer the dark."""
    ground = {"width": "100%", "height": "100%", "fill": theme.colour("ground")}
    root.insert(2, ET.Element(tag("rect"), ground))
    return f"{suited(root)}\n"


def suited(root: ET.Element) -> str:
    """Return the picture in the colours of a dark ground where the reader prefers those."""
    style = ET.Element(tag("style"))
    rules = "".join(
        f'.ib-chart [{where}="{found.light}"]{{{where}:{found.dark}}}'
        for found in theme.PALETTE.values()
        for where in ("fill", "stroke")
    )
    style.text = f"@media (prefers-color-scheme:dark){{{rules}}}"
    root.insert(2, style)
    return _written(root)


def inline(root: ET.Element) -> str:
    """Return the picture as a part of a page, on one line: its colours are the page's variables ``--ib-chart-<role>``.

    Where the page has none of these, they are those of a light ground.
    """
    text = _COLOUR.sub(lambda match: _VARIABLES.get(match[0], match[0]), _written(root))
    head, mark, body = text.partition(">")
    return head + mark + _BRACES.sub(lambda match: f"&#{ord(match[0])};", body).replace("\n", " ")


def paper(root: ET.Element) -> str:
    """Return the picture for print: colours of a light ground, no style, and the font of the text around it."""
    root.set("font-family", "Libertinus Serif")
    return _written(root)


Form = Literal["file", "page", "report", "paper"]
FORMS: Mapping[Form, Callable[[ET.Element], str]] = MappingProxyType(
    {"file": alone, "page": inline, "report": suited, "paper": paper}
)


def _written(root: ET.Element) -> str:
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")


def _clean(parent: ET.Element) -> None:
    """Take away what shows nothing, and groups that do nothing; what a mark stands for becomes its tooltip."""
    kept: list[ET.Element] = []
    for child in parent:
        if _shows_nothing(child):
            continue
        told = child.get("aria-label") if child.get("role") == "graphics-symbol" and not len(child) else None
        _clean(child)
        for name in _DROPPED:
            child.attrib.pop(name, None)
        if child.get("opacity") == "1":
            del child.attrib["opacity"]
        for name, value in child.attrib.items():
            if name in ("d", "transform", "x", "y", "x2", "y2", "width", "height"):
                child.set(name, _NUMBER.sub(_rounded, value))
        child.attrib.pop("font-family", None)
        if told:
            tip = ET.SubElement(child, tag("title"))
            tip.text = told
        idle = child.tag == tag("g") and (not child.attrib or child.get("transform") == "translate(0,0)")
        if idle and set(child.attrib) <= {"transform"}:
            kept.extend(child)
        elif len(child) or child.tag != tag("g"):
            kept.append(child)
    parent[:] = kept


def _shows_nothing(item: ET.Element) -> bool:
    if item.get("display") == "none" or item.get("opacity") == "0":
        return True
    if item.tag != tag("path"):
        return False
    unseen = not any(item.get(name) not in (None, "none", "transparent") for name in ("fill", "stroke"))
    return not item.get("d") or (unseen and item.get("class") in ("background", "foreground"))


def _rounded(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _named(root: ET.Element, name: str) -> None:
    """Give every id of the picture the name of the picture in front, and every use of one."""
    ids = {item.get("id", "") for item in root.iter() if item.get("id")}
    for item in root.iter():
        for key, value in item.attrib.items():
            if key == "id":
                item.set(key, f"{name}-{value}")
            elif value.startswith("url(#") and value[5:-1] in ids:
                item.set(key, f"url(#{name}-{value[5:-1]})")
