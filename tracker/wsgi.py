"""The application as a server imports it."""

import gc

from tracker import create_app

YOUNG = 20_000
"""How many new objects are looked through at once for those that hold only one another: a large page makes 50,000 that do not."""

app = create_app()
gc.freeze()  # what the application is made of is never looked through again: a page waited 80 ms and more for that
gc.set_threshold(YOUNG, 20, 10)
