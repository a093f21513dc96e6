"""Importing as a conversation: a draft is begun with files, asked about page by page, and stored by the worker process.

`answers` is what an editor has said so far, `keeping` writes it and `drafts` tells it, `seeing` works out what a page shows,
`carrying` stores.
"""
