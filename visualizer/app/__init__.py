"""The application: options, start, the window's life, log, figures."""
