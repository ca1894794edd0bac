"""A case put to the solver: every fact, known or not, as the plain evaluator has it."""

from exportctl.case.case import AtLeast
from exportctl.case.item import Composition
from exportctl.decide.element import main_element
from exportctl.fork import settle
from exportctl.kleene import YES
from exportctl.proof.given import Flag, Number, Word, Words, real
from exportctl.proof.mention import BY
from exportctl.proof.truth import negated


class NotSaid(Exception):  # noqa: N818 - no fault
    """The shipments of the solver have no such thing."""


def stated(argument, exam, world):
    """Return formulas that hold in exactly one case: that of an examination, with every question answered."""
    subjects = subjects_of(exam)
    found = [*day(argument, exam), *answers(argument, world), *tree(argument, exam)]
    for (place, path), given in list(argument.facts.made.items()):
        subject = subjects.get(place)
        if path == "share":
            found += share(exam, subject, given, world)
        elif subject is not None:
            name = path if place == "transfer" else path.partition(".")[2]
            raw = subject.facts.get(name)
            found += made(given, raw, subject.facts.get("form")) if isinstance(raw, Composition) else fact(given, raw)
    for place in (owner for party in argument.shipment.parties for owner in party.owners):
        found.append(place.exists if place.name in subjects else negated(place.exists))
    return found


def subjects_of(exam):
    found = {"transfer": exam.transfer}
    for party in exam.parties:
        found[party.name] = party
        found |= {f"{party.name}.owners[{n}]": owner for n, owner in enumerate(party.children)}
        if len(party.children) > 2:
            raise NotSaid
    if exam.root is not None:
        found |= {subject.name: subject for subject in (exam.root, *exam.root.children)}
        if len(exam.root.children) > 1 or any(child.children for child in exam.root.children):
            raise NotSaid
    return found


def day(argument, exam):
    turning = [day for day in argument.calendar.turning if day <= exam.case.on]
    if not turning:
        raise NotSaid
    return [argument.calendar.is_(max(turning))]


def answers(argument, world):
    readings = [argument.answers.taken(name, world[f"reading:{name}"]) for name in argument.answers.readings]
    law = [works if world[f"law:{n}"] == "in_force" else negated(works) for n, works in argument.answers.law.items()]
    lines = [
        line if world[f"unseen:{code}"] == "listed" else negated(line) for code, line in argument.answers.lines.items()
    ]
    return [*readings, *law, *lines]


def tree(argument, exam):
    root, shipment = exam.root, argument.shipment
    if root is None:
        return [shipment.nothing_crosses]
    broken, complete = bool(root.children), root.item.components_complete
    return [
        negated(shipment.nothing_crosses),
        shipment.root.broken_down if broken else negated(shipment.root.broken_down),
        shipment.root.listed_all if complete else negated(shipment.root.listed_all),
    ]


def share(exam, subject, given, world):
    if subject is None or subject.kind != "item" or not isinstance(given, Number):
        return []
    found = settle(exam.look("share.cn_part1", subject), world)
    low, high = (0, 1) if found is None else (found.low, 1 if found.high is None else found.high)
    return [given.low == real(low), given.high == real(high)]


def fact(given, raw):
    """Return that a fact of the solver is what the evaluator has; raw is None where it is not known."""
    if raw is None:
        return [negated(given.known)]
    known = [given.known]
    if isinstance(given, Word):
        if raw not in given.is_:
            raise NotSaid
        return [*known, given.is_[raw]]
    if isinstance(given, Words):
        return known + words(given, raw)
    if isinstance(given, Flag):
        return [*known, *([] if isinstance(raw, tuple) else [given.value if raw else negated(given.value)])]
    if isinstance(given, Number):
        if raw.high is None:
            raise NotSaid
        return [*known, given.low == real(raw.low), given.high == real(raw.high)]
    raise NotSaid


def words(given, raw):
    names = {name if isinstance(name, str) else name[0] + (f"{BY}{name[1]}" if name[1] else "") for name in raw}
    if isinstance(raw, AtLeast) or not names <= given.has.keys():
        raise NotSaid
    return [has if name in names else negated(has) for name, has in given.has.items()]


def made(given, raw, form):
    if raw.perhaps or not raw.percent.keys() <= given.present.keys():
        raise NotSaid
    main = main_element(form, raw)
    found = [given.known]
    for element, there in given.present.items():
        percent = raw.percent.get(element, 0)
        found.append(there if percent != 0 else negated(there))
        gone = element in raw.percent and percent == 0
        found.append(given.absent[element] if gone else negated(given.absent[element]))
    for element, mainly in given.main.items():
        found.append(mainly if main.known.get(element) is YES else negated(mainly))
    return found
