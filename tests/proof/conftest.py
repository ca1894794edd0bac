import pytest

pytest.importorskip("z3", reason="the solver is an extra")


@pytest.fixture(scope="session")
def argument(book):
    from exportctl.proof.argue import Argument  # noqa: PLC0415

    return Argument(book)
