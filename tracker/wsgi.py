"""The application as a server imports it."""

from tracker import create_app

app = create_app()
