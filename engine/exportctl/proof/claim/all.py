"""Every claim, in the order in which they are tried."""

from __future__ import annotations

from exportctl.proof.claim.conflict import consistent, proved_lifts_only
from exportctl.proof.claim.fill import bounds_hold, decided_stays
from exportctl.proof.claim.gap import met, one_state, values_covered
from exportctl.proof.claim.more import military_party, more_value, one_more_use
from exportctl.proof.claim.reach import decisive, distinct, reachable
from exportctl.proof.claim.result import Claim
from exportctl.proof.claim.stable import order_never_matters, reading_where_named, suspended_alike
from exportctl.proof.claim.sums import shares_hold

CLAIMS = (
    Claim("state", "every provision has exactly one state on every day", one_state),
    Claim("value", "every value of a choice that rules ask about is named by one of them", values_covered),
    Claim("reachable", "every rule and list row can apply", reachable),
    Claim("decisive", "every rule decides some case", decisive),
    Claim("distinct", "no rule only repeats another without naming it as related", distinct),
    Claim("consistent", "no two provisions pull one case in opposite ways without saying which goes first", consistent),
    Claim("met", "every listed item of Chinese origin meets a control", met),
    Claim("more-value", "more Chinese-origin value never makes an outcome milder", more_value),
    Claim("more-use", "one more sensitive use never makes an outcome milder", one_more_use),
    Claim("military", "a military importer or end user never makes an outcome milder", military_party),
    Claim("answer", "an answer never reverses a rule that was decided", decided_stays),
    Claim("bounds", "an answer never ends above possible, and below certain only by a lift it proves", bounds_hold),
    Claim("proof", "a scope or exemption frees nothing unless it is proved", proved_lifts_only),
    Claim("order", "the order in which rules are read never matters", order_never_matters),
    Claim("suspended", "a suspension changes nothing but the state", suspended_alike),
    Claim("reading", "each reading changes some case, and only what names it", reading_where_named),
    Claim("share", "a share of a tree of items, four levels deep, holds of the amounts as they truly are", shares_hold),
)
