"""The window around the pages: menus, rail, run bar, dialogs, notices."""
