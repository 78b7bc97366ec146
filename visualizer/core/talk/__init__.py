"""A talk: stops, their words, and the Markdown that they are written in. No Qt, no files."""
