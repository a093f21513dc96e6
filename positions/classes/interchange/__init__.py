"""Marks and tags of an assignment in the formats of other programs: pure writers over what `reading` let through."""
