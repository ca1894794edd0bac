"""Cases made by hand, so that every way in which rules, lifts and reviews combine is reached; facts can be left out."""

import copy
import datetime
import json

from hypothesis import strategies as st

from exportctl.case.read import read_cases
from exportctl.strict_yaml import parse, parse_json

DAYS = [
    datetime.date(2025, 10, 20),
    datetime.date(2026, 1, 15),
    datetime.date(2026, 11, 10),
    datetime.date(2026, 12, 1),
]

TEXT = """
title: Japanese magnet with Chinese dysprosium
transfer: {kind: goods, from: JP, to: KR}
parties:
  exporter: {country: JP, chinese_person: no}
  end_user: {country: KR, military: no, lists: [], owners: []}
end_use: {purposes: [civil]}
item:
  form: magnet
  magnet: NdFeB
  elements: {Nd: 29, Dy: 2.5, Fe: 67, B: 1}
  composition: complete
  made_in: JP
  origin: JP
  chinese_technology: [magnet-making]
  value: 1000
  currency: USD
  components:
    - {form: metal, elements: {Dy: 100}, composition: complete, origin: CN, value: 1.00}
    - {form: oxide, elements: {Tb: 80}, composition: complete, origin: CN, value: 0.40}
    - {form: alloy, elements: {Nd: 30, Fe: 70}, composition: complete, origin: CN, value: 400}
---
title: Chinese magnet sold on to a listed military hospital
transfer: {kind: goods, from: JP, to: KR}
parties:
  importer: {country: KR, military: yes, lists: [watch-list], owners: []}
  end_user: {country: KR, military: no, lists: [], owners: [{share: 50, lists: [control-list]}]}
end_use: {purposes: [disaster-relief]}
item:
  form: magnet
  magnet: NdFeB
  elements: {Nd: 29, Dy: 2.5, Fe: 67, B: 1}
  composition: complete
  made_in: CN
  origin: CN
  chinese_technology: [magnet-making]
  components: []
---
title: Relief without a listed party
transfer: {kind: goods, from: JP, to: KR}
parties:
  end_user: {country: KR, military: no, lists: [], owners: []}
end_use: {purposes: [emergency-medical]}
item:
  form: magnet
  magnet: NdFeB
  elements: {Nd: 29, Dy: 2.5, Fe: 67, B: 1}
  composition: complete
  made_in: JP
  origin: CN
  chinese_technology: [magnet-making]
  components: []
---
title: Magnet made with Chinese technology and no Chinese rare earth
transfer: {kind: goods, from: DE, to: US}
parties:
  end_user: {country: US, military: no, lists: [], owners: []}
end_use: {purposes: [civil]}
item:
  form: magnet
  magnet: NdFeB
  elements: {Nd: 29, Tb: 2.5, Fe: 67, B: 1}
  composition: complete
  made_in: DE
  origin: DE
  chinese_technology: [magnet-making]
  components:
    - {form: metal, elements: {Tb: 100}, composition: complete, origin: AU, value: 7}
    - {form: alloy, elements: {Nd: 30, Fe: 70}, composition: complete, origin: AU, value: 5}
---
title: Chips
transfer: {kind: goods, from: HK, to: KR}
parties:
  end_user: {country: KR, military: no, lists: [], owners: []}
end_use:
  purposes: [logic-chips, memory-chips, semiconductor-equipment, ai-research]
  logic_nm: 14
  memory_layers: 256
  ai_military_potential: yes
item:
  form: magnet
  magnet: NdFeB
  elements: {Nd: 29, Tb: 2.5, Fe: 67, B: 1}
  composition: complete
  made_in: JP
  origin: CN
  chinese_technology: []
  components: []
---
title: Rotor from China
transfer: {kind: goods, from: CN, to: DE}
parties:
  end_user: {country: DE, military: no, lists: [], owners: []}
end_use: {purposes: [civil]}
item:
  form: assembly
  kind: rotor-assembly
  made_in: CN
  origin: CN
  components:
    - form: magnet
      magnet: NdFeB
      elements: {Nd: 29, Dy: 2.5, Ho: 1, Fe: 66, B: 1}
      composition: complete
      origin: CN
---
title: Technology from China for a plant abroad
transfer: {kind: technology, from: CN, to: DE, provided_in_china_to_foreigner: yes}
parties:
  exporter: {country: CN, chinese_person: yes, knows_overseas_rare_earth_use: yes}
  end_user: {country: DE, military: no, lists: [], owners: []}
end_use: {purposes: [rare-earth-processing-abroad]}
technology:
  activities: [magnet-making, production-line]
  public_domain: no
  basic_research: no
  ordinary_patent_application: no
---
title: Published technology
transfer: {kind: technology, from: CN, to: DE}
parties:
  exporter: {country: CN, chinese_person: yes, knows_overseas_rare_earth_use: no}
end_use: {purposes: [civil]}
technology: {activities: [recycling], public_domain: yes, basic_research: no, ordinary_patent_application: no}
---
title: Dysprosium from China
transfer: {kind: goods, from: CN, to: US}
parties:
  end_user: {country: US, military: yes, lists: [], owners: []}
end_use: {purposes: [civil]}
item: {form: metal, kind: other, elements: {Dy: 99}, composition: complete, made_in: CN, origin: CN}
"""


def used_for(data, **end_use):
    """Return the data of a case with another end use."""
    return {**data, "title": f"{data['title']} for {end_use}", "end_use": end_use}


def given_to(data, **end_user):
    """Return the data of a case with another end user, and for relief."""
    relief = used_for(data, purposes=["public-health-emergency"])
    return {**relief, "title": f"{data['title']} to {end_user}", "parties": {"end_user": end_user}}


def every_case():
    """Return the data of every case; those with one purpose or one mark of the end user tell the reviews apart."""
    written = [document.data for document in parse(TEXT, "made")]
    chips = next(data for data in written if data["title"] == "Chips")
    purposes = ["logic-chips", "memory-chips", "semiconductor-equipment", "ai-research", "wmd", "terrorism", "military"]
    used = [
        used_for(chips, purposes=[purpose], logic_nm=nm, memory_layers=layers, ai_military_potential=True)
        for purpose in purposes
        for nm, layers in ((14, 255), (15, 256))
    ]
    relief = next(data for data in written if data["title"].startswith("Relief"))
    given = [
        given_to(relief, military=True, lists=[], owners=[]),
        given_to(relief, military=False, lists=["control-list"], owners=[]),
        given_to(relief, military=False, lists=[], owners=[{"share": 50, "lists": ["watch-list"]}]),
        given_to(relief, lists=[], owners=[]),
        used_for(relief, purposes=["disaster-relief", "terrorism"]),
        used_for(relief, purposes=["civil"]),
    ]
    return [*written, *used, *given]


DATA = every_case()


def case_of(data, day, book):
    """Return a case from the data of a file, on a day."""
    text = json.dumps({**data, "on": day.isoformat()}, default=str)
    return read_cases(parse_json(text, "made"), book)[0]


def made_cases(book):
    """Return every case on every day."""
    return [case_of(data, day, book) for data in DATA for day in DAYS]


def paths(data, path=()):
    """Yield the path of every fact in a case."""
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in steps:
        yield (*path, step)
        yield from paths(inner, (*path, step))


def without(data, gone):
    """Return the data of a case without what stands at some paths."""
    data = copy.deepcopy(data)
    for path in sorted(gone, key=str, reverse=True):
        around = data
        for step in path[:-1]:
            around = around.get(step) if isinstance(around, dict) else around[step] if step < len(around) else None
            if not isinstance(around, dict | list):
                break
        else:
            leave_out(around, path[-1])
    return data


def leave_out(around, step):
    """Take one entry out of a mapping or a list, if it is still there."""
    if isinstance(around, dict):
        around.pop(step, None)
    elif step < len(around):
        del around[step]


@st.composite
def leaky(draw):
    """Make the data of a case with facts left out, and a day."""
    data = draw(st.sampled_from(DATA))
    gone = draw(st.sets(st.sampled_from([path for path in paths(data) if path != ("title",)]), max_size=8))
    return without(data, gone), draw(st.sampled_from(DAYS))
