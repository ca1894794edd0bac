"""Cases the solver makes when it is asked for one at random."""

import z3

from exportctl.proof.given import Flag, Made, Word, Words


def variables(argument):
    """Return formulas that may be asked for: whether each fact is known, and what it is."""
    found = []
    for given in argument.facts.made.values():
        found.append(given.known)
        if isinstance(given, Word):
            found += given.is_.values()
        elif isinstance(given, Words):
            found += given.has.values()
        elif isinstance(given, Made):
            found += [*given.present.values(), *given.absent.values(), *given.main.values()]
        elif isinstance(given, Flag):
            found.append(given.value)
    for word in (*argument.answers.readings.values(), argument.calendar.day):
        found += word.is_.values()
    return [formula for formula in found if not isinstance(formula, bool)]


def sample(argument, random):
    """Return a model of a random case: one rule applies or is open, and random facts hold where they can."""
    solver = z3.Solver()
    solver.set("random_seed", random.randrange(1 << 30))
    solver.add(*[law for law in argument.laws() if law is not True])
    applies = argument.applies[random.choice(sorted(argument.applies))]
    facts = random.sample(variables(argument), random.choice([3, 10, 30]))
    for wish in (
        random.choice([applies.yes, applies.open]),
        *(f if random.random() < 0.5 else z3.Not(f) for f in facts),
    ):
        solver.push()
        solver.add(wish)
        if solver.check() != z3.sat:
            solver.pop()
    assert solver.check() == z3.sat
    return solver.model()


def said(model, truth):
    """Return what the solver says of a three-valued formula in a model."""
    yes, maybe = (
        f if isinstance(f, bool) else z3.is_true(model.eval(f, model_completion=True)) for f in (truth.yes, truth.maybe)
    )
    return "yes" if yes else "unknown" if maybe else "no"
