"""Budgets measured beside a baseline in the same run: `make bench`, or `python -m tests.bench NAME …`."""
