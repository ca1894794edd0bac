"""Which case field the heading of a column means: one exact list for bills of materials and for shipment tables."""

from exportctl.case.headings.alias import IGNORED, STRUCTURE, Meaning, bom_field, bom_fields, case_path, plain
from exportctl.case.headings.propose import proposal

__all__ = ["IGNORED", "STRUCTURE", "Meaning", "bom_field", "bom_fields", "case_path", "plain", "proposal"]
