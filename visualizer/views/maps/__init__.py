"""The network's maps: panel and stage, their order, badges and captions."""
