"""Cases as Hypothesis makes them: raw, as a file would hold them, near the thresholds, with facts left out."""

from hypothesis import strategies as st

places = st.sampled_from(["CN", "JP", "KR", "DE", "HK", "VN"])
yes_no = st.booleans()
lists = st.lists(st.sampled_from(["control-list", "watch-list", "unreliable-entity"]), max_size=2, unique=True)
amounts = st.sampled_from(["0.999999", "1", "1.000001", "2.5", "40", "333.33", "999", "1000", "12000"])
activities = ["mining", "smelting-separation", "metal-smelting", "magnet-making", "recycling"]
purposes = st.lists(
    st.sampled_from(
        ["civil", "wmd", "terrorism", "military", "military-potential", "logic-chips", "memory-chips",
         "semiconductor-equipment", "ai-research", "emergency-medical", "disaster-relief",
         "rare-earth-processing-abroad"]
    ),
    min_size=1,
    max_size=2,
    unique=True,
)  # fmt: skip
dates = st.sampled_from(
    ["2025-04-03", "2025-04-04", "2025-10-08", "2025-10-09", "2025-10-20", "2025-11-06", "2025-11-07", "2025-11-08",
     "2025-11-30", "2025-12-01", "2026-01-15", "2026-11-09", "2026-11-10", "2026-11-11", "2027-02-01"]
)  # fmt: skip
forms = st.sampled_from(
    ["metal", "alloy", "oxide", "compound", "mixture", "target", "magnet", "powder", "crystal", "phosphor", "part",
     "component", "assembly", "finished-product", "equipment", "other"]
)  # fmt: skip
elements = st.dictionaries(
    st.sampled_from(["Nd", "Fe", "B", "Dy", "Tb", "Sm", "Co", "Gd", "Y", "Ho", "Eu"]),
    st.sampled_from([None, 0, "0.5", "2.5", "8"]),
    max_size=4,
)
owners = st.lists(
    st.fixed_dictionaries({"share": st.sampled_from(["49.9", "50", "25", "30"])}, optional={"lists": lists}), max_size=3
)


def some(facts):
    """Return a block in which any fact may be missing."""
    return st.fixed_dictionaries({}, optional=facts)


party = some({"country": places, "military": yes_no, "lists": lists, "owners": owners})
leaf_facts = {
    "form": forms,
    "kind": st.sampled_from(["rotor-assembly", "motor", "sensor", "phosphor-powder", "other"]),
    "magnet": st.sampled_from(["SmCo", "NdFeB", "other"]),
    "elements": elements,
    "composition": st.sampled_from(["complete", "partial"]),
    "made_in": places,
    "origin": places,
    "chinese_technology": st.lists(st.sampled_from(activities), max_size=2, unique=True),
    "value": amounts,
    "quantity": st.sampled_from([None, 1, 2, 24]),
    "cn_part1_value": amounts,
}


def items(depth=2):
    """Return items with components down to a depth."""
    facts = dict(leaf_facts)
    if depth:
        facts["components"] = st.lists(items(depth - 1), max_size=3)
        facts["components_complete"] = yes_no
    return some(facts)


cases = some(
    {
        "transfer": some(
            {
                "kind": st.sampled_from(["goods", "technology", "service"]),
                "from": places,
                "to": places,
                "provided_in_china_to_foreigner": yes_no,
            }
        ),
        "parties": some(
            {
                "exporter": some(
                    {"country": places, "chinese_person": yes_no, "knows_overseas_rare_earth_use": yes_no}
                ),
                "importer": party,
                "end_user": party,
            }
        ),
        "end_use": some(
            {
                "purposes": purposes,
                "logic_nm": st.sampled_from([14, 15]),
                "memory_layers": st.sampled_from([255, 256]),
                "ai_military_potential": yes_no,
            }
        ),
        "technology": some(
            {
                "activities": st.lists(
                    st.sampled_from([*activities, "production-line", "other"]), max_size=2, unique=True
                ),
                "public_domain": yes_no,
                "basic_research": yes_no,
            }
        ),
        "item": items(),
    }
)
dated = st.builds(lambda case, day: {**case, "on": day, "title": "generated"}, cases, dates)
