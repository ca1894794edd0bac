from pathlib import Path

import pytest
from files_table import FILES, ROOT, row

DOCS = (ROOT / "docs/files.md").read_text("utf-8")
READ = 7


@pytest.mark.parametrize("name", FILES)
def test_the_table_of_published_files_says_what_is_read_today(book, name):
    cells = row(ROOT / name, book).strip("| ").split(" | ")
    (line,) = [line for line in DOCS.splitlines() if line.startswith(f"| {Path(name).name} |")]
    assert line.strip("| ").split(" | ")[:READ] == cells[:READ]
    assert cells[READ] == "needs_facts"
    assert int(cells[READ + 1]) > 0
