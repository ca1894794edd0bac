"""Places on the file systems that Spark knows: local, HDFS, object stores."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession

HIDDEN = ("_", ".")
PATTERN = re.compile(r"([\[\]{}*?\\])")


@dataclass(frozen=True)
class Place:
    """A file or folder by its address."""

    spark: SparkSession
    address: str

    @property
    def _path(self) -> Any:
        return self.spark._jvm.org.apache.hadoop.fs.Path(self.address)  # noqa: SLF001 - the only way to Hadoop's files

    @property
    def _files(self) -> Any:
        return self._path.getFileSystem(self.spark._jsc.hadoopConfiguration())  # noqa: SLF001 - as above

    @property
    def real(self) -> str:
        """Its whole address, whichever way it was written; on a disk without links."""
        files = self._files
        whole = self._path.makeQualified(files.getUri(), files.getWorkingDirectory())
        uri = whole.toUri()
        return f"file:{os.path.realpath(uri.getPath())}" if uri.getScheme() == "file" else str(whole.toString())

    @property
    def literal(self) -> str:
        """Its address for a reader that takes patterns, none of whose signs is meant as one if it is there as it is."""
        return PATTERN.sub(r"\\\1", self.address) if self.exists() else self.address

    @property
    def named(self) -> list[Place]:
        """The files and folders that the address names, as a pattern if nothing has it as it is."""
        if self.exists():
            return [self]
        return [Place(self.spark, str(one.getPath().toString())) for one in self._files.globStatus(self._path) or ()]

    @property
    def size(self) -> int:
        """How many bytes lie there, in all files of a folder and in all that a pattern names."""
        return sum(one.length for one in self.named)

    @property
    def length(self) -> int:
        """How many bytes lie at this one address, in all files of a folder."""
        return int(self._files.getContentSummary(self._path).getLength())

    @property
    def hidden(self) -> bool:
        """Whether Spark overlooks it when it reads: a file that begins with `_` or `.`."""
        return str(self._path.getName()).startswith(HIDDEN) and not self._files.getFileStatus(self._path).isDirectory()

    def folders(self) -> Iterator[Place]:
        """Yield the folders in a folder that are none of Spark's own; nothing for a file."""
        for one in self._files.listStatus(self._path):
            path = one.getPath()
            if one.isDirectory() and not str(path.getName()).startswith(HIDDEN):
                yield Place(self.spark, str(path.toString()))

    def holds(self, other: Place) -> bool:
        """Return whether the other place is this one or lies inside it."""
        return f"{other.real}/".startswith(f"{self.real}/")

    @property
    def free(self) -> int:
        """How many bytes its file system can still take; a store without a limit has a very large number.

        Of a disk, Hadoop would count what is kept for its administrator too.
        """
        if self._files.getUri().getScheme() == "file":
            return shutil.disk_usage(self._path.toUri().getPath()).free
        return int(self._files.getStatus(self._path).getRemaining())

    def exists(self) -> bool:
        """Return whether something has this address."""
        return bool(self._files.exists(self._path))

    def make(self) -> bool:
        """Make a folder, with those it stands in; return whether that went well."""
        return bool(self._files.mkdirs(self._path))

    def discard(self) -> None:
        """Throw away what is there, if anything is."""
        self._files.delete(self._path, True)  # noqa: FBT003 - as Hadoop has it

    def move(self, to: Place) -> None:
        """Give what is there another address.

        Raises:
            OSError: the file system does not do it.
        """
        if not self._files.rename(self._path, to._path):
            raise OSError(f"{self.address} cannot be renamed to {to.address}")

    def write(self, text: str) -> None:
        """Write a text there, in UTF-8, over what is there."""
        files = self._files
        files.setWriteChecksum(False)
        stream = files.create(self._path, True)  # noqa: FBT003
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()
            files.setWriteChecksum(True)
