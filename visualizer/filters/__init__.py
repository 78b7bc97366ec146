"""Filters: their responses, the inputs that drive them most, and the network without them."""
