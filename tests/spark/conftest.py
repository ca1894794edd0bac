import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

BLOCK = 30_000


@pytest.fixture(scope="session")
def spark():
    """Two executors in processes of their own, and files in blocks of `BLOCK` bytes."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra brings it

    settings = {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.files.maxPartitionBytes": str(BLOCK), "spark.sql.files.openCostInBytes": "0",
        "spark.sql.shuffle.partitions": "2", "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
        "spark.ui.showConsoleProgress": "false", "spark.deploy.appIdPattern": f"app-%s-%04d-{os.getpid()}",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        found = SparkSession.builder.master("local-cluster[2,1,1024]").config(map=settings).getOrCreate()
    found.sparkContext.setLogLevel("OFF")
    own = Path(find_spec("pyspark").origin).parent / "work" / found.sparkContext.applicationId
    yield found
    found.stop()
    shutil.rmtree(own, ignore_errors=True)
