"""The talk as it is prepared: the list of its stops, and the words of each."""
