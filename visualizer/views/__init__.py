"""The window: one file a panel, drawn from Scenes and History."""
