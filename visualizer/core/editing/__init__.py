"""A network as it is typed: its problems, and the nearest network that can be."""
