"""The ground: files, signals, jobs in the background, words for errors; nothing of ours below."""
