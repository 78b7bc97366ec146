"""The network's maps: strip, panel and stage, their order, badges and captions."""
