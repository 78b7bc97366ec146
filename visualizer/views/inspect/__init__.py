"""The Inspect page: what its panels are, how they share its room, and their forms on the stage."""
