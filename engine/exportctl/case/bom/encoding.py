"""From the bytes of a text table to its text, in whatever encoding the system that wrote it uses."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from exportctl.problem import Problem, Refused

CANDIDATES = ("gb18030", "cp932", "cp1252")
LARGEST_TABLE = 200_000_000
LOOKED_AT = 400_000
HEADER_LINES = 40
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CELL_ENDS = re.compile(r"[,;\t|\r\n\"]")


@dataclass(frozen=True)
class Text:
    """The text of a file and the encoding it was read in."""

    text: str
    encoding: str


def read_decoded(path: Path, known: Callable[[str], bool], encoding: str | None = None) -> Text:
    """Return the text of a table file. `known` says whether a cell is a known heading.

    In this order: the encoding that was given; the mark at the beginning of the file; UTF-8; of GB18030, Shift-JIS and
    Windows-1252 the one in which most headings are known words; the one that charset-normalizer finds plausible
    alone. Where two stay as plausible the file is refused.

    Raises:
        Refused: the file cannot be read, is empty, too large or binary, or its encoding is open.
    """
    data = _bytes(path)
    name = encoding or next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        if encoding or name != "utf-8":
            hint = "leave out `--encoding` to have it found" if encoding else "save the file again"
            raise Refused([Problem(str(path), "", f"not {name} text: {_reason(error)}", hint)]) from None
        name = _found(data, known, path)
        text = data.decode(name)
    if "\0" in text:
        raise Refused([Problem(str(path), "", "this is a binary file")])
    if not text.strip():
        raise Refused([Problem(str(path), "", "the file is empty")])
    return Text(text, name)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refused([Problem(str(path), "", "this is a folder, not a file")])
        if path.stat().st_size > LARGEST_TABLE:
            text = f"larger than {LARGEST_TABLE // 1_000_000} MB"
            raise Refused([Problem(str(path), "", text, "split the file")])
        return path.read_bytes()
    except OSError as error:
        raise Refused([Problem(str(path), "", f"cannot be read: {error.strerror}")]) from None


def _reason(error: UnicodeDecodeError | LookupError) -> str:
    return f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "no such encoding"


def _found(data: bytes, known: Callable[[str], bool], path: Path) -> str:
    """Return the one plausible encoding of text that is not UTF-8."""
    if b"\0" in data[:LOOKED_AT]:
        raise Refused([Problem(str(path), "", "this is a binary file")])
    readable = [name for name in CANDIDATES if _decodes(data, name)]
    score = {name: _known_words(data, name, known) for name in readable}
    best = [name for name in readable if score[name] == max(score.values())]
    if len(best) == 1:
        return best[0]
    plausible = _plausible(data, best, path)
    if len(plausible) == 1:
        return plausible[0]
    choices = " or ".join(plausible or best) or "none that is known"
    hint = "say which with `--encoding NAME`, or save the file as UTF-8"
    raise Refused([Problem(str(path), "", f"the text is not UTF-8; its encoding may be {choices}", hint)])


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _known_words(data: bytes, name: str, known: Callable[[str], bool]) -> int:
    """Return how many cells of the first lines are known headings outside ASCII."""
    lines = data[:LOOKED_AT].decode(name, "ignore").splitlines()[:HEADER_LINES]
    return sum(known(cell) for line in lines for cell in _CELL_ENDS.split(line) if not cell.isascii())


def _plausible(data: bytes, names: list[str], path: Path) -> list[str]:
    """Return the encodings in which the text is least like noise."""
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415
    except ImportError:
        hint = "say which with `--encoding NAME`, save the file as UTF-8, or install `exportctl[files]`"
        raise Refused([Problem(str(path), "", "the text is not UTF-8", hint)]) from None
    sample = data[: data.rfind(b"\n", 0, LOOKED_AT) + 1] if len(data) > LOOKED_AT else data
    found = {
        match.encoding: match.chaos for match in from_bytes(sample, cp_isolation=names, preemptive_behaviour=False)
    }
    least = min(found.values(), default=0.0)
    return [name for name in names if name in found and found[name] <= least]
