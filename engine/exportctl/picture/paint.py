"""A drawing as SVG: boxes, lines and words, escaped; nothing in it reaches out to a network."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from exportctl.harmless import harmless

SVG = "http://www.w3.org/2000/svg"
WIDE = 0x2E80
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STYLE = """
text{font:13px system-ui,"Segoe UI","Noto Sans","Noto Sans SC","Noto Sans CJK SC","PingFang SC",sans-serif;fill:#1d2733}
.big{font-size:20px;font-weight:700}.mid{font-size:15px;font-weight:600}.small{font-size:11.5px;fill:#51606f}
.on{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}.inv{fill:#fff}.end{text-anchor:end}.centre{text-anchor:middle}
.box{stroke:#fff;stroke-width:1.5}.listed{stroke:#1d2733;stroke-width:2.2}.hinted{stroke:#b3202c;stroke-width:2.2}
.counts{fill:#b3202c}.may{fill:url(#hatch)}.holds{fill:#f3b6b0}.may_hold{fill:url(#faint)}.none{fill:#d5dee7}
.yes{fill:#b3202c}.unknown{fill:url(#hatch)}.no{fill:#3d6f9e}
.line{stroke:#1d2733;stroke-width:2;stroke-dasharray:5 4}.grid{stroke:#dbe2e9;stroke-width:1}
"""


class Drawing:
    """An SVG that grows downwards."""

    def __init__(self, width: int, title: str) -> None:
        self.width = width
        self.root = ET.Element("svg", {"xmlns": SVG, "width": str(width), "role": "img"})
        ET.SubElement(self.root, "title").text = clean(title)
        ET.SubElement(self.root, "style").text = STYLE
        defs = ET.SubElement(self.root, "defs")
        _hatch(defs, "hatch", "#fff6e0", "#e0a93c")
        _hatch(defs, "faint", "#f7f5ee", "#e3d3ac")
        ET.SubElement(self.root, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})

    def box(
        self, x: float, y: float, width: float, height: float, style: str, title: str = "", round_: int = 2
    ) -> None:
        """Draw a box; `title` is what hovering over it says."""
        at = {"x": _n(x), "y": _n(y), "width": _n(max(width, 0.5)), "height": _n(max(height, 0.5)), "rx": str(round_)}
        found = ET.SubElement(self.root, "rect", {**at, "class": style})
        if title:
            ET.SubElement(found, "title").text = clean(title)

    def line(self, x1: float, y1: float, x2: float, y2: float, style: str) -> None:
        """Draw a line."""
        ET.SubElement(self.root, "line", {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2), "class": style})

    def text(self, x: float, y: float, text: str, style: str = "", width: float = 0) -> None:
        """Write words; with `width`, no more of them than fit."""
        shown = fitting(text, width) if width else clean(text)
        if shown:
            ET.SubElement(
                self.root, "text", {"x": _n(x), "y": _n(y), **({"class": style} if style else {})}
            ).text = shown

    def svg(self, height: float) -> str:
        """Return the drawing."""
        self.root.set("height", _n(height))
        self.root.set("viewBox", f"0 0 {self.width} {_n(height)}")
        return ET.tostring(self.root, encoding="unicode")


def clean(text: str) -> str:
    """Return a text without what XML or a reader cannot bear."""
    return _NOT_XML.sub("", harmless(text))


def fitting(text: str, width: float) -> str:
    """Return as much of a text as fits into a width, with an ellipsis where it was cut."""
    shown, used = "", 0.0
    for letter in clean(text):
        used += 13.2 if ord(letter) >= WIDE else 7.1
        if used > width:
            return shown[:-1].rstrip() + "…" if len(shown) > 2 else ""  # noqa: PLR2004 - two letters say nothing
        shown += letter
    return shown


def _hatch(defs: ET.Element, name: str, ground: str, stripe: str) -> None:
    pattern = ET.SubElement(
        defs,
        "pattern",
        {"id": name, "width": "7", "height": "7", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"},
    )
    ET.SubElement(pattern, "rect", {"width": "7", "height": "7", "fill": ground})
    ET.SubElement(pattern, "rect", {"width": "2.4", "height": "7", "fill": stripe})


def _n(value: float) -> str:
    return f"{float(value):.1f}".removesuffix(".0")
