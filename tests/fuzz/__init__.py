"""Hostile inputs by the thousand for every format, generated from the golden examples: `make fuzz`, or `python -m tests.fuzz`.

An input is known by (format, seed, number): the same three give the same bytes again. `walking` sends hostile forms likewise.
"""
