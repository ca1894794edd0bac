"""A control list and its lines in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exportctl.command.rule_act import marked, named
from exportctl.command.rule_clause import Clauses
from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets, in_both, labelled, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.command.rule_text import readings, users
from exportctl.command.rule_use import looking_up, readings_of_clause
from exportctl.explain.document import Line, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.book import Entry, RuleBook
from exportctl.law.listing import ControlList


def codes(book: RuleBook) -> dict[str, list[Entry | ControlList]]:
    """Return what each code stands for: lines that carry it or may carry it, or the list that leaves it empty."""
    found: dict[str, list[Entry | ControlList]] = {}
    for listing in book.lists.values():
        for row in listing.rows:
            for code in dict.fromkeys(filter(None, (row.code, row.alias))):
                found.setdefault(code, []).append(Entry(row, listing))
        for code in listing.reserved:
            found.setdefault(code, []).append(listing)
    return found


def code_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a control code."""
    for found in codes(law.book)[name]:
        if isinstance(found, Entry):
            yield from _entry(law, found, lang)
        else:
            yield Line((Span(name, "code"),), (plain(phrase(lang, "reserved_code")),))
            yield labelled(lang, "list", Span(found.id, "code"), brackets(lang, of(lang, found.title)))


def list_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a control list, or about one group of it."""
    listing = _list_of(law.book, name)
    yield Line((Span(name, "code"),), in_both(lang, listing.title))
    yield labelled(lang, "instrument", *named(law.book.instruments[listing.instrument], lang))
    yield labelled(lang, "file", Span(law.book.places.get(listing.id, "")))
    yield from section(lang, "looked_up_by", users(law, looking_up(law.book, {name}), lang))
    rows = [row for row in listing.rows if name in listing.names_of(row)]
    yield from section(lang, "rows", (_short(Entry(row, listing), lang) for row in rows))
    notes = listing.notes.items()
    yield from section(lang, "notes", (Line((Span(f"{key} ", "code"), Span(of(lang, text)))) for key, text in notes))
    if listing.reserved:
        yield from section(lang, "reserved", [plain(", ".join(listing.reserved))])
    yield from section(lang, "note", [plain(listing.note)] if listing.note else [])


def _list_of(book: RuleBook, name: str) -> ControlList:
    return book.lists.get(name) or book.entries[name][0].listing


def _entry(law: Law, entry: Entry, lang: Lang) -> Iterator[Line]:
    row, listing, book = entry.row, entry.listing, law.book
    whose = phrase(lang, "our_code" if row.ours else "official_code")
    yield Line((Span(row.code, "code"), brackets(lang, whose)), in_both(lang, row.item))
    yield labelled(lang, "list", Span(listing.id, "code"), brackets(lang, of(lang, listing.title)))
    yield labelled(lang, "evidence", *marked(lang, row.evidence))
    yield from (labelled(lang, label, Span(text)) for label, text in _particulars(entry, lang) if text)
    yield labelled(lang, "file", Span(book.places.get(listing.id, "")))
    yield from section(lang, "when", [Clauses(law, lang).line(row.when)])
    yield from section(lang, "readings", readings(law, readings_of_clause(book, row.code, row.when), lang))
    yield from section(lang, "looked_up_by", users(law, looking_up(book, set(listing.names_of(row))), lang))
    yield from section(lang, "note", [plain(row.note)] if row.note else [])


def _particulars(entry: Entry, lang: Lang) -> Iterable[tuple[str, str]]:
    row, listing, comma = entry.row, entry.listing, say(lang, "mark.comma")
    form = of(lang, listing.notes[row.form_note]) if row.form_note else ""
    return (
        ("groups", comma.join(f"{listing.id}.{group}" for group in row.groups)),
        ("hs", comma.join(row.hs)),
        *(("hs_earlier", f"{year}: {comma.join(numbers)}") for year, numbers in sorted(row.hs_earlier.items())),
        ("form_note", form),
        ("printed", row.printed),
        ("alias", row.alias),
    )


def _short(entry: Entry, lang: Lang) -> Line:
    row = entry.row
    numbers = f" {say(lang, 'mark.comma').join(row.hs)}" if row.hs else ""
    mark = brackets(lang, say(lang, f"evidence.{row.evidence}"))
    return Line((Span(row.code, "code"), Span(f" {of(lang, row.item)}"), Span(numbers, "dim"), mark))
