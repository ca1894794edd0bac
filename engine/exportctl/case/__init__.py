"""A case: the facts of one hypothetical shipment or technology transfer."""
