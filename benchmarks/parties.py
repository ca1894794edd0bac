"""How long it takes to hold many names against a list of parties.

Run `python benchmarks/parties.py LIST [COUNT]`: COUNT distinct names (30 000 by default), a third of them as the list
writes them with another legal form, a third with a word added, a third made of words of the list in any order, so
that names are nearer to the list than those of customers ever are. One process, no warm-up.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from exportctl.law.read import shipped_book
from exportctl.party.listed import PartyList
from exportctl.party.read import read_party_list
from exportctl.party.search import Search, search_all

COUNT, SEED = 30_000, 20260715
FORMS = ("GmbH", "K.K.", "Co., Ltd.", "S.p.A.", "有限公司", "株式会社")
WORDS = ("Malaysia", "Trading", "Lambda", "Nordic", "Europe", "大连", "Foundry", "Optics", "West", "Logistik")


def main(path: Path, count: int) -> None:
    """Print the seconds for reading the list and for screening the names, and what came out."""
    book = shipped_book()
    started = time.perf_counter()
    search = Search(read_party_list(path, book))
    ready = time.perf_counter()
    names = asked(search.parties, count)
    before, busy = time.perf_counter(), time.process_time()
    found = search_all(search, names)
    took, busy = time.perf_counter() - before, time.process_time() - busy
    best = Counter(str(max((hit.class_ for hit in hits), default="not_found")) for hits in found.values())
    print(f"list: {len(search.parties.rows)} rows read and indexed in {ready - started:.2f} s")
    print(f"names: {len(names)} distinct in {took:.2f} s, of which {busy:.2f} s of processor time")
    print(f"found: {dict(sorted(best.items()))}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def asked(parties: PartyList, count: int) -> list[str]:
    """Return distinct names, always the same for one list."""
    pick = random.Random(SEED)  # noqa: S311 - nothing is kept secret here
    listed = [name.text for row in parties.rows for name in row.read]
    words = sorted({word for row in parties.rows for name in row.read for word in name.words})
    made: dict[str, None] = {}
    while len(made) < count:
        made[f"{pick.choice(listed)} {pick.choice(FORMS)}"] = None
        made[f"{pick.choice(listed)} {pick.choice(WORDS)} {pick.randrange(count)}"] = None
        made[" ".join(pick.sample(words, pick.choice((1, 2, 3))))] = None
    return list(made)[:count]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else COUNT)  # noqa: PLR2004
