"""The program: `exportctl`, or `python -m exportctl`."""

from exportctl.command.interrupt import heed_ctrl_c


def run() -> None:
    """Run the command line; Ctrl-C ends it with status 130, also while the commands load."""
    heed_ctrl_c()
    from exportctl.command.app import run as run_commands  # noqa: PLC0415

    run_commands()


if __name__ == "__main__":
    run()
