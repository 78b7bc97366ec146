"""Files on disk, written whole or not at all: weights, runs, networks, drawings, preferences."""
