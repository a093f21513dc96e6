"""The app: HTTP, command line and wiring around the record (transcripts) and the interpretation (positions)."""
