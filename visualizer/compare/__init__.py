"""Several networks beside each other: who takes part, what was found out, two viewers linked."""
