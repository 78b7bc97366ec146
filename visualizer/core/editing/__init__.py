"""A network as it is typed: what is wrong with it, and the nearest that can be."""
