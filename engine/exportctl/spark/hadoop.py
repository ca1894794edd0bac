"""Places on the file systems that Spark knows: local, HDFS, object stores."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession


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
    def size(self) -> int:
        """How many bytes lie there, in all files of a folder and in all that a pattern names."""
        files, found = self._files, self._files.globStatus(self._path)
        return sum(int(files.getContentSummary(one.getPath()).getLength()) for one in found or ())

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
