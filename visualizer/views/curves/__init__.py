"""The curves of runs, the line through time on them, and the list of runs."""
