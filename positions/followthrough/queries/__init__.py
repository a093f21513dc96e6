"""Every question asked of follow-through, a function each; frozen values out, a constant number of statements."""
