"""The interpretation: what candidates stand for, with evidence in the record."""
