import datetime
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from exportctl.command.rule_chart import ASCII, DRAWN, Chart
from exportctl.command.rule_law import Law, today
from exportctl.command.rule_outline import write
from exportctl.command.rule_phrase import PHRASES
from exportctl.command.rule_show import shown
from exportctl.command.rule_timeline import print_timeline
from exportctl.law.read import rules_folder, shipped_book
from exportctl.law.timeline import Window, courses

BOOK = shipped_book()
DAY = datetime.date(2025, 10, 20)
LAW = Law(BOOK, DAY, None, {})
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "FORCE_COLOR")}


def run(*arguments, **environment):
    command = [sys.executable, "-m", "exportctl", "rules", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env={**ENVIRONMENT, **environment}
    )


def said(*arguments):
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    return done.stdout


def in_words(name, lang="en", law=LAW):
    out = io.StringIO()
    write(shown(law, name, lang), Console(file=out, width=500))
    return out.getvalue()


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(rules_folder(), tmp_path / "rules"))


# ---- help


@pytest.mark.parametrize("command", ["list", "show", "check", "timeline"])
def test_every_command_explains_itself_with_examples(command):
    text = said(command, "--help")
    assert "Examples:" in text
    assert f"exportctl rules {command}" in text


def test_phrases_have_the_same_blanks_in_both_languages():
    for key, text in PHRASES.items():
        assert {part.split("}")[0] for part in text.en.split("{")[1:]} == {
            part.split("}")[0] for part in text.zh.split("{")[1:]
        }, key


# ---- list


def test_every_rule_is_one_line_in_a_pipe():
    lines = said("list").splitlines()
    assert [line.split()[0] for line in lines[1:-2]] == sorted(BOOK.rules)


def test_a_rule_is_listed_with_its_kind_state_evidence_provision_and_title():
    line = next(
        line for line in said("list", "--on", "2025-10-20").splitlines() if line.startswith("mofcom-2025-61.art-1-3")
    )
    columns = [part.strip() for part in line.split("  ") if part.strip()]
    rule = BOOK.rules["mofcom-2025-61.art-1-3"]
    assert columns == [rule.id, "control", "in force", "confirmed", rule.provision.en, rule.title.en]


def test_the_law_is_listed_as_it_stood_on_the_day():
    states = {
        rule["id"]: rule["law"] for rule in json.loads(said("list", "--on", "2025-10-20", "--format", "json"))["rules"]
    }
    assert states["mofcom-2025-61.art-1-1"] == "not_yet_effective"
    assert states["mofcom-2025-61.art-1-3"] == "in_force"
    earlier = json.loads(said("list", "--on", "2025-10-08", "--format", "json"))
    assert {rule["law"] for rule in earlier["rules"] if rule["instrument"] == "mofcom-2025-61"} == {"not_issued"}


def test_what_was_not_known_is_not_issued():
    found = json.loads(said("list", "--on", "2025-11-20", "--known-on", "2025-11-01", "--format", "json"))
    assert {rule["law"] for rule in found["rules"] if rule["id"] == "mofcom-2025-61.art-1-3"} == {"in_force"}


def test_a_reading_decides_the_last_day_of_a_suspension():
    choice = ("--reading", "last-day-of-suspension=not-included")
    for given, state in (((), "suspended"), (choice, "unverified")):
        found = json.loads(said("list", "--on", "2026-11-10", "--format", "json", *given))
        assert {rule["law"] for rule in found["rules"] if rule["instrument"] == "mofcom-2025-62"} == {state}


def test_rules_are_picked_by_kind_and_instrument():
    found = json.loads(said("list", "--kind", "review", "--instrument", "mofcom-2025-61", "--format", "json"))
    assert {(rule["kind"], rule["instrument"]) for rule in found["rules"]} == {("review", "mofcom-2025-61")}
    assert said("list", "--kind", "exemption", "--instrument", "mofcom-gac-2025-18").splitlines()[-1] == "rules: none"


def test_the_counts_add_up():
    last = said("list", "--on", "2025-10-20").splitlines()[-1]
    kinds, states = last.split("; law on 2025-10-20: ")
    assert last.startswith(f"rules: {len(BOOK.rules)} (")
    for part in (kinds.partition("(")[2].rstrip(")"), states):
        assert sum(int(word) for word in part.replace(",", "").split() if word.isdigit()) == len(BOOK.rules)


def test_json_carries_both_languages_and_where_the_rule_stands():
    found = json.loads(said("list", "--format", "json", "--instrument", "mofcom-gac-2025-18"))
    (rule,) = found["rules"]
    assert set(rule["title"]) == set(rule["provision"]) == set(rule["law_note"]) == {"en", "zh"}
    assert rule["place"] == BOOK.places["mofcom-gac-2025-18.list"]
    assert found["on"] == today().isoformat()
    assert found["rulebook"]["sha256"] == BOOK.sha256


def test_the_list_speaks_chinese():
    text = said("list", "--lang", "zh", "--on", "2025-10-20")
    assert {line.split()[1] for line in text.splitlines() if line.startswith("mofcom-2025-61.")} == {
        "管制",
        "审查",
        "豁免",
        "义务",
    }
    assert BOOK.rules["mofcom-2025-61.art-1-1"].title.zh in text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("list", "--instrument", "mofcom-gac-2025-181"), "mofcom-gac-2025-18`?"),
        (("list", "--kind", "advice"), "exemption"),
        (("list", "--on", "soon"), "soon"),
        (("timeline", "--instrument", "decree-7"), "decree-7"),
        (("timeline", "--from", "2026-02-03", "--to", "2026-02-02"), "2026-02-02"),
        (("show",), "ID"),
    ],
)
def test_wrong_usage_says_what_was_wrong(arguments, problem):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert problem in done.stderr


# ---- show


def test_a_rule_is_shown_with_all_there_is_to_it():
    text = said("show", "mofcom-2025-61.art-1-1", "--on", "2025-10-20")
    rule, act = BOOK.rules["mofcom-2025-61.art-1-1"], BOOK.instruments["mofcom-2025-61"]
    squeezed = " ".join(text.split())
    assert text.startswith(f"{rule.id}\n  {rule.title.en}\n  {rule.title.zh}\n")
    for clause in rule.when.walk():
        assert f"「{clause.words}」" in text if clause.words else clause.kind == "all"
        assert clause.fact is None or clause.fact in text
    assert "each item in the tree" in text
    assert "share.cn_part1" in text
    assert "at least min_share = 0.001 (0.1 %)" in squeezed
    assert "min_share = 0.001 (0.1 %) from 2025-10-09 「价值比例达到0.1%及以上」" in squeezed
    assert "denominator = nearest" in text
    assert "through item.tested_part_2_node" in squeezed
    assert "last-day-of-suspension = included" in text
    assert all(name in text for name in rule.then.duties)
    assert "mofcom-2025-61.art-5-humanitarian" in text
    assert "mofcom-2025-61.art-4-logic" in text
    assert "Law on 2025-10-20: issued and not yet in effect" in text
    assert "from 2025-12-01" in text
    assert "from 2025-11-07 to 2026-11-10" in text
    assert all(source.url in text for source in BOOK.sources_of(act.id))
    assert BOOK.places[rule.id] in text


def test_combinations_are_a_tree():
    lines = in_words("mofcom-gac-2025-18.list").splitlines()
    start = lines.index("When")
    assert lines[start + 1] == "  all of"
    assert lines[start + 2].startswith("    「实施出口管制」")
    assert lines[start + 3].startswith("      transfer.leaves_china")
    assert lines[start + 4] == "    any of"
    inside = next(line for line in lines if "at any depth" in line)
    assert inside.startswith("      for anything inside it")
    assert "only where incorporated is read as looked-through" in inside


def test_a_fixed_reading_is_shown_as_it_is_taken():
    fixed = Law(BOOK, DAY, None, {"denominator": "exported"})
    assert "denominator = exported" in in_words("mofcom-2025-61.art-1-1", law=fixed)


def test_an_exemption_shows_what_it_lifts_and_what_lifts_it():
    text = in_words("mofcom-2025-61.art-5-humanitarian")
    assert "\nLifts\n  mofcom-2025-61.art-1-1" in text
    assert "\nLifted by\n  mofcom-2025-61.art-2-listed" in text
    assert "only where humanitarian-over-refusal is read as refusal-prevails" in text


def test_a_review_says_whose_state_it_has():
    text = in_words("mofcom-2025-61.art-4-logic")
    assert "it has the state of the provision it reviews" in text
    assert "\nReviews\n  mofcom-2025-61.art-1-1" in text


def test_an_answer_that_says_generally_is_presumed():
    assert '"generally" only' in in_words("faq-18.rotor-stator")


def test_a_code_is_shown_with_its_list_names_numbers_and_tests():
    text = said("show", "1C905.a.1")
    entry = BOOK.entries["1C905.a.1"][0]
    for part in (entry.row.item.en, entry.row.item.zh, *entry.row.hs, entry.listing.id, "an official control code"):
        assert part in text
    assert "item.form is metal" in text
    assert "mofcom-gac-2025-18.list" in text


def test_a_form_note_is_written_out():
    entry = BOOK.entries["1C905.a.4"][0]
    assert entry.listing.notes[entry.row.form_note].en in in_words("1C905.a.4")


def test_our_own_codes_say_that_they_are_ours():
    assert "our reference, no official code was seen" in in_words("61-P2-I-4")


def test_an_empty_code_names_the_list_that_leaves_it_empty():
    listing = BOOK.lists["mofcom-gac-2025-57.items"]
    text = in_words(listing.reserved[0])
    assert "a code printed without an item" in text
    assert listing.id in text


def test_a_list_and_a_group_of_it_show_their_rows():
    rows = BOOK.lists["mofcom-2025-61.annex-1.part-2"].rows
    whole, group = in_words("mofcom-2025-61.annex-1.part-2"), in_words("mofcom-2025-61.annex-1.part-2.targets")
    assert all(f"\n  {row.code} " in whole for row in rows)
    assert all((f"\n  {row.code} " in group) == ("targets" in row.groups) for row in rows)


def test_an_instrument_shows_its_rules_and_dates():
    text = in_words("mofcom-2025-61")
    for part in ("Issued: 2025-10-09", "art-1-1, art-1-2", "from 2025-12-01", "the other provisions"):
        assert part in text
    assert all(name in text for name, rule in BOOK.rules.items() if rule.instrument == "mofcom-2025-61")


def test_a_reading_shows_its_choices_and_who_holds_them():
    text = in_words("denominator")
    for name, choice in BOOK.readings["denominator"].choices.items():
        assert f"{name}: {choice.meaning.en}" in text
        assert choice.held_by in text
    assert "item.tested_part_2_node" in text


def test_a_duty_shows_what_brings_it():
    text = in_words("humanitarian-report")
    assert BOOK.duties["humanitarian-report"].text.en in text
    assert "\nBrought by\n  mofcom-2025-61.art-5-humanitarian" in text


def test_a_fact_shows_its_question_values_and_who_asks():
    text = in_words("item.kind")
    assert BOOK.vocabulary.facts["item.kind"].question.en in text
    assert "rotor-assembly (转子组件)" in text
    assert "faq-18.rotor-stator" in text


def test_a_derived_fact_shows_what_it_is_worked_out_from():
    text = in_words("party.listed")
    assert "for any of its owners" in text
    assert "owner.share at least 50" in text
    assert "ownership = direct-single" in text


def test_a_fact_of_one_party_shows_who_asks_it_of_either():
    assert "mofcom-2025-61.art-2-military" in in_words("parties.end_user.military")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_with_an_id_can_be_shown(lang):
    codes = {row.code for listing in BOOK.lists.values() for row in listing.rows}
    facts = {*BOOK.vocabulary.facts, *BOOK.vocabulary.derived}
    parts = (BOOK.rules, BOOK.instruments, BOOK.lists, BOOK.entries, BOOK.readings, BOOK.duties, codes, facts)
    for name in {name for part in parts for name in part}:
        text = in_words(name, lang)
        assert text.startswith(name)
        assert "{" not in text


def test_an_unknown_id_is_one_line_with_the_nearest():
    done = run("show", "mofcom-2025-61.art-1-4")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("unknown id `mofcom-2025-61.art-1-4`; did you mean `mofcom-2025-61.art-1-")
    assert done.stderr.count("\n") == 1


def test_an_id_in_the_wrong_case_is_found():
    assert "did you mean `1C905.a.4`?" in run("show", "1c905.A.4").stderr


def test_words_of_a_rule_book_are_never_markup(copied):
    path = copied / "cn" / "mofcom-2025-61" / "art-1-3.yaml"
    path.write_text(
        path.read_text("utf-8").replace("en: Annex 1 item of", 'en: "[red]Annex[/red] [bold"\n#', 1), "utf-8"
    )
    for command in (("show", "mofcom-2025-61.art-1-3"), ("list",)):
        assert "[red]Annex[/red] [bold" in said(*command, "--rules", str(copied))


# ---- check


def test_a_sound_rule_book_is_one_line_of_counts():
    (line,) = said("check").splitlines()
    rows = sum(len(listing.rows) for listing in BOOK.lists.values())
    for part in (f"{len(BOOK.rules)} rules", f"{rows} list rows", f"{len(BOOK.instruments)} instruments"):
        assert part in line
    assert f"{len(BOOK.readings)} readings" in line
    assert line.endswith(BOOK.sha256[:12])


def test_every_problem_of_a_rule_book_is_told(copied):
    for name, was, now in (
        ("mofcom-2025-61/art-1-3", "kind: control", "kind: controll"),
        ("mofcom-2025-62/art-6-scope", "at: transfer", "att: transfer"),
    ):
        path = copied / "cn" / f"{name}.yaml"
        path.write_text(path.read_text("utf-8").replace(was, now, 1), "utf-8")
    done = run("check", "--rules", str(copied))
    assert (done.returncode, done.stdout) == (1, "")
    assert "rules/cn/mofcom-2025-61/art-1-3.yaml:5: kind: `controll`" in done.stderr
    assert "unknown key `att`" in done.stderr
    assert "hint: did you mean `at`?" in done.stderr
    assert "determination" not in done.stderr


def test_a_folder_without_rules_is_no_traceback(tmp_path):
    done = run("check", "--rules", str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "vocabulary.yaml" in done.stderr


# ---- timeline


def chart(width=120, drawn=False, marked=datetime.date(2026, 1, 15), lang="en", **ends):
    window = Window(
        ends.get("first", datetime.date(2025, 4, 1)), ends.get("last", datetime.date(2027, 2, 28)), LAW.world
    )
    found = courses(BOOK, window, ends.get("instrument"))
    return Chart(found, window, marked, marked.isoformat(), lang, width, drawn)


def state_in(line, drawn_chart, day):
    glyphs = {glyph: state for state, glyph in ASCII.items()}
    indent = len(line) - -(-((drawn_chart.window.last - drawn_chart.window.first).days + 1) // drawn_chart.days)
    return glyphs[line[indent + (day - drawn_chart.window.first).days // drawn_chart.days]]


def test_the_chart_fits_its_width_and_keeps_its_lines_in_step():
    for width in (100, 120, 200):
        made = chart(width)
        bars = [line.plain for line in made.lines()][3:]
        assert len(bars) == len(made.courses)
        assert len({len(bar) for bar in bars}) == 1
        assert len(bars[0]) <= width
    assert chart(200).days == 7


def test_a_character_shows_the_last_of_its_days():
    made = chart(200)
    bars = [line.plain for line in made.lines()][3:]
    for bar, course in zip(bars, made.courses, strict=True):
        for number in range(100):
            first = made.window.first + datetime.timedelta(7 * number)
            last = min(first + datetime.timedelta(6), made.window.last)
            assert state_in(bar, made, first) == course.on(last).state


def test_the_axis_names_months_and_years_where_they_begin():
    made = chart(200)
    years, months, mark, bar = [line.plain for line in made.lines()][:4]
    indent = len(bar) - 100
    for text, year, month in (("2026", 2026, 1), ("2027", 2027, 1)):
        at = indent + (datetime.date(year, month, 1) - made.window.first).days // 7
        assert years[at : at + 4] == text
    at = indent + (datetime.date(2025, 10, 1) - made.window.first).days // 7
    assert months[at : at + 2] == "10"
    assert mark.rstrip().endswith("v")
    assert mark.index("v") == indent + (datetime.date(2026, 1, 15) - made.window.first).days // 7


def test_months_on_a_narrow_axis_keep_apart():
    for width in (52, 60, 80, 100):
        months = [line.plain for line in chart(width).lines()][1].split()
        assert all(len(month) == 2 for month in months)


def test_a_mark_near_the_left_end_stands_to_the_right_of_its_arrow():
    alone = chart(marked=datetime.date(2025, 4, 2), lang="zh", instrument="mofcom-gac-2025-18")
    marks = [
        [line.plain for line in replace(alone, mark=mark).lines()][2] for mark in ("2 April", "2 April, of all days")
    ]
    assert [mark.strip() for mark in marks] == ["2 April v", "v 2 April, of all days"]
    assert marks[0].index("v") == marks[1].index("v")
    assert len(list(chart(marked=datetime.date(2024, 1, 1)).lines())) == 2 + len(chart().courses)


def test_ten_thousand_years_are_still_a_chart():
    assert len(list(chart(first=datetime.date.min, last=datetime.date.max).lines())) == 3 + len(chart().courses)


def test_in_a_pipe_the_chart_is_plain_ascii():
    text = said("timeline", "--on", "2026-01-15")
    above = text.split("one character is")[0]
    assert above.isascii()
    assert max(map(len, text.splitlines())) <= 120
    assert "2026-01-15 v" in above
    assert "today" not in above


def test_in_a_terminal_the_chart_is_drawn_in_colours():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, color_system="standard", width=120, legacy_windows=False)
    window = Window(datetime.date(2025, 4, 1), datetime.date(2027, 2, 28), LAW.world)
    print_timeline(LAW, window, courses(LAW.book, window), 0, "en", console)
    if console.encoding.lower().startswith("utf"):
        assert all(glyph in out.getvalue() for glyph in DRAWN.values())
    assert "\x1b[34m" in out.getvalue()


def test_today_is_marked():
    assert f"today {today()}" in said("timeline", "--from", today().isoformat(), "--to", "2099-12-31")


def test_every_change_has_its_exact_day_and_reason():
    text = said("timeline", "--instrument", "mofcom-2025-61")
    assert "No. 18 of 2025" not in text
    for part in (
        "to 2025-10-08 not issued yet",
        "from 2025-10-09 issued and not yet in effect: No. 61 of 2025 issued 2025-10-09, takes effect 2025-12-01",
        "from 2025-10-09 in force",
        "from 2025-11-07 suspended: suspended from 2025-11-07 to 2026-11-10 by No. 70 of 2025",
        "from 2026-11-11 not verified",
        "a review has the state of the provision it reviews: Article 2",
        "last-day-of-suspension = included",
    ):
        assert part in text


def test_the_timeline_follows_the_reading_of_the_last_day():
    given = ("--reading", "last-day-of-suspension=not-included", "--instrument", "mofcom-2025-62")
    assert "from 2026-11-10 not verified" in said("timeline", *given)


def test_the_timeline_knows_only_what_was_known():
    text = said("timeline", "--known-on", "2025-11-01", "--instrument", "mofcom-2025-61")
    assert "suspended:" not in text
    assert "from 2025-12-01 in force" in text


def test_the_timeline_speaks_chinese():
    text = said("timeline", "--lang", "zh")
    assert "暂停实施" in text
    assert "2025年第61号" in text
    assert "自2026-11-11 未经核实" in text


def test_acts_that_only_came_into_force_are_left_out_unless_all_are_wanted():
    short, full = run("timeline"), run("timeline", "--all")
    assert "more acts have no rule of their own" in short.stdout
    assert "Licence catalogue for 2026" not in short.stdout
    assert "Licence catalogue for 2026" in full.stdout
    for act in ("No. 18 of 2025", "No. 61 of 2025", "No. 21 of 2025"):
        assert act in short.stdout
