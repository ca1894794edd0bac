"""XML of unknown senders: no entities, no document type, no network, bounded size and depth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exportctl.problem import Problem, Refused

LARGEST_XML = 50_000_000


def parse_xml(path: Path) -> Any:
    """Return the root element of an XML file.

    Raises:
        Refused: it cannot be read, is too large, is no XML, nests more than 256 levels deep, or has a document type,
            which is how entities and outside files come in.
    """
    try:
        from lxml import etree  # noqa: PLC0415
    except ImportError:
        raise Refused([Problem(str(path), "", "XML needs lxml", "install `exportctl[files]`")]) from None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(_bytes(path), parser).getroottree()
    except etree.XMLSyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise Refused([Problem(f"{path}{line}", "", f"not XML: {str(error.msg).splitlines()[0]}")]) from None
    if tree.docinfo.internalDTD is not None:
        hint = "a declaration needs none; remove the line `<!DOCTYPE …>`"
        raise Refused([Problem(str(path), "", "the file has a document type, which may hide entities", hint)])
    return tree.getroot()


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_XML:
            raise Refused([Problem(str(path), "", f"larger than {LARGEST_XML // 1_000_000} MB", "split the file")])
        return path.read_bytes()
    except OSError as error:
        raise Refused([Problem(str(path), "", f"cannot be read: {error.strerror}")]) from None


def name_of(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def inside(element: Any, names: frozenset[str], stop: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Yield the nearest elements with one of the names inside an element, not looking into those or into `stop`."""
    for child in element:
        if name_of(child) in names:
            yield child
        elif name_of(child) not in stop:
            yield from inside(child, names, stop)


def first(element: Any, name: str, stop: frozenset[str] = frozenset()) -> Any | None:
    """Return the first element of a name inside an element; None when there is none."""
    return next(inside(element, frozenset([name]), stop), None)
