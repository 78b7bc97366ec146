"""The Filter view: what the selected channel answers to, and what happens without it."""
