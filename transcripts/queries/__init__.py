"""Every question asked of the record's tables, one module per noun; the answers are frozen dataclasses.

What a source's publishing right forbids never leaves this package: see `records.shown`.
"""
