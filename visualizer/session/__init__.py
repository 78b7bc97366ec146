"""Everything that the window can be asked to do, without widgets or pixels."""
