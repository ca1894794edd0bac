"""Rule books to compare: a folder, a wheel, or a revision of a git repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from exportctl.law.book import RuleBook
from exportctl.law.read import read_book
from exportctl.problem import Problem, Refused

FOLDERS = ("rules", "seeds")


@contextmanager
def version(name: str) -> Iterator[RuleBook]:
    """Return the rule book a name stands for: a folder of rules or around them, a `.whl` file, or a git revision.

    Raises:
        Refused: there is no such thing, or it holds no well-formed rule book.
    """
    path = Path(name)
    if path.is_dir():
        yield read_book(path if (path / "vocabulary.yaml").exists() else path / "rules")
        return
    with TemporaryDirectory() as folder:
        if path.suffix == ".whl":
            _unpack_wheel(path, Path(folder))
        else:
            _unpack_revision(name, Path(folder))
        yield read_book(Path(folder) / "rules")


def _unpack_wheel(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as wheel:
            for name in wheel.namelist():
                inner = name.partition("/")[2]
                if inner.partition("/")[0] in FOLDERS and ".." not in inner:
                    _write(folder / inner, wheel.read(name))
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused([Problem(str(path), "", f"cannot be read as a wheel: {error}")]) from None


def _unpack_revision(name: str, folder: Path) -> None:
    if name.startswith("-"):
        raise Refused([Problem(name, "", "no folder, wheel or git revision")])
    for part in FOLDERS:
        done = subprocess.run(  # noqa: S603 - a revision is no option, see above
            ["git", "archive", "--format=tar", name, part],  # noqa: S607 - git as the user has it
            capture_output=True,
            check=False,
        )
        if done.returncode and part == "rules":
            said = done.stderr.decode(errors="replace").strip().splitlines()
            hint = "name a folder with rules, a .whl file, or a revision of the git repository you are in"
            raise Refused([Problem(name, "", f"no folder, wheel or git revision: {said[-1] if said else ''}", hint)])
        if not done.returncode:
            with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
                archive.extractall(folder, filter="data")


def _write(path: Path, content: bytes) -> None:
    if not path.name:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
