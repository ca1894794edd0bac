"""A determination as one HTML page that needs nothing else: no network, no script; every word of a user is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from exportctl.decide.determination import Determination
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span, Spans, Table
from exportctl.explain.phrase import Lang, say

STYLE = """
body{margin:0 auto;max-width:1148px;padding:24px;color:#1d2733;background:#fff;
font:15px/1.5 system-ui,"Segoe UI","Noto Sans","Noto Sans SC","Noto Sans CJK SC","PingFang SC",sans-serif}
h1{font-size:22px;line-height:1.3}h2{font-size:18px;margin-top:28px;border-bottom:1px solid #dbe2e9}h3{font-size:16px}
h4,h5,h6{font-size:15px}figure{margin:16px 0;overflow-x:auto}svg{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px}th,td{border:1px solid #dbe2e9;padding:4px 8px;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f5f8;
overflow-wrap:normal;word-break:keep-all}td .yes,td .no,td .unknown{white-space:nowrap}code{font-size:.92em}
.label,.dim{color:#51606f}.strong,.value{font-weight:600}.yes{color:#1b6b3a}.no{color:#b3202c}.unknown{color:#8a5a00}
.table{overflow-x:auto}details>summary{cursor:pointer;font-weight:600;margin-top:20px}li{margin:2px 0}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
MANY = 30


def render_html(pictured: list[tuple[Determination, str]], lang: Lang) -> str:
    """Return a page with determinations, each below its picture (an SVG; empty: none)."""
    title = escape(pictured[0][0].title if pictured else "")
    body = "\n".join(_article(determination, picture, lang) for determination, picture in pictured)
    tongue = "zh-Hans" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>"
    )


def _article(determination: Determination, picture: str, lang: Lang) -> str:
    head, *rest = blocks(determination, lang)
    figure = f"<figure>{picture}</figure>" if picture else ""
    inner = "\n".join(_block(block, lang) for block in rest)
    return f"<article>\n{_block(head, lang)}\n{figure}\n{inner}\n</article>"


def _block(block: Block, lang: Lang) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_spans((block.text,))}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{_spans(block.spans)}</p>"
    if isinstance(block, Table):
        return _table(block, lang)
    tag = "ol" if block.numbered else "ul"
    return _folded(f"<{tag}>{''.join(_entries(block))}</{tag}>", len(block.lines), lang)


def _table(table: Table, lang: Lang) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
    rows = ("".join(f"<td>{_spans(cell)}</td>" for cell in row) for row in table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    whole = f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return _folded(whole, len(table.rows), lang)


def _folded(html: str, rows: int, lang: Lang) -> str:
    """Return a long list or table folded away behind how long it is."""
    if rows <= MANY:
        return html
    return f"<details><summary>{escape(say(lang, 'line.rows', many=str(rows)))}</summary>{html}</details>"


def _entries(bullets: Bullets) -> Iterator[str]:
    for line in bullets.lines:
        yield _entry(line)


def _entry(line: Line) -> str:
    below = f"<ul>{''.join(_entry(inner) for inner in line.below)}</ul>" if line.below else ""
    return f"<li>{_spans(line.spans)}{below}</li>"


def _spans(spans: Spans) -> str:
    return "".join(_span(span) for span in spans)


def _span(span: Span) -> str:
    if not span.style:
        return escape(span.text)
    tag = "code" if span.style == "code" else "span"
    style = escape(span.style.replace(".", " "))
    return f'<{tag} class="{style}">{escape(span.text)}</{tag}>'
