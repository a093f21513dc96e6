"""The record: what was said, by which voice, in which file."""
