"""The ground floor: jobs in the background, signals, files, notices; it imports no other room."""
