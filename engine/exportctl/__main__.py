"""`python -m exportctl`."""

from exportctl.command.app import run

if __name__ == "__main__":
    run()
