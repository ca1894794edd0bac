"""The case of a conversation as a file: what was answered, and `null` for what was said to be unknown."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import parse, read_text


class _Writer(yaml.SafeDumper):
    """Writes plain YAML that reads back as the same case."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _decimal(writer: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    return writer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Writer.add_representer(Decimal, _decimal)


def written(data: Mapping[str, Any]) -> str:
    """Return a case as YAML."""
    text = yaml.dump(dict(data), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=120)
    return re.sub(r"^'on':", "on:", text, flags=re.MULTILINE)


def save(data: Mapping[str, Any], path: Path) -> None:
    """Write a case to a file, whole or not at all.

    Raises:
        Refused: the file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(written(data))
        Path(name).replace(path)
    except OSError as error:
        raise Refused([Problem(str(path), "", f"cannot be written: {error.strerror}")]) from None


def load(path: Path) -> dict[str, Any]:
    """Return the case in a file, to go on from.

    Raises:
        Refused: it cannot be read, is not YAML, holds several cases, or a shipment of several lines.
    """
    if path.suffix == ".json":
        raise Refused([Problem(str(path), "", "a case to go on from is YAML", "give a file that ends in .yaml")])
    documents = parse(read_text(path), str(path))
    if len(documents) != 1:
        raise Refused([Problem(str(path), "", f"holds {len(documents)} cases; questions are about one")])
    (document,) = documents
    if not isinstance(document.data, dict):
        raise Refused([document.problem((), "a case is a mapping of title, transfer, item, …")])
    if isinstance(document.data.get("item"), list):
        raise Refused([document.problem(("item",), "several lines; questions are about one")])
    return {key: value for key, value in document.data.items() if key != "expect"}
