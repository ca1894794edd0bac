"""Places on the file systems that Spark knows: local, HDFS, object stores."""

from __future__ import annotations

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
