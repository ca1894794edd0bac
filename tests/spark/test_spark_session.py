"""What a session of Spark is started with, by its master."""

import sys

import pytest

pytest.importorskip("pyspark")

from exportctl.spark.session import LOOPBACK, environment


@pytest.mark.parametrize("master", ["local", "local[2]", "local[*]", "local-cluster[2,1,1024]"])
def test_a_master_on_this_machine_listens_on_loopback_and_runs_the_python_that_runs_here(master):
    assert environment(master) == {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": LOOPBACK}


@pytest.mark.parametrize("master", ["spark://head:7077", "yarn", "k8s://https://head:6443"])
def test_a_cluster_gets_neither(master):
    assert environment(master) == {}


def test_a_master_that_only_the_configuration_names_may_be_a_cluster_so_it_is_not_bound_to_loopback():
    assert environment(None) == {"PYSPARK_PYTHON": sys.executable}
