"""Confidential testimony: sealed with a key that is not on this server, kept apart, deleted on its day (docs/testimony.md)."""
