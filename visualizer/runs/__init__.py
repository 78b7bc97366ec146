"""Training runs: start and rest, moments in time, the list of runs, keeping and reading."""
