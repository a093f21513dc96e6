"""Independent coding: several people judge the same things alone, then what they said is laid side by side. Pure.

`deciding`, `seeing` and `agreeing` know neither positions nor editors: whatever is coded is a unit, whoever codes is a coder, and what
they say is a value. `cells` and `publishing` hold the rules for boxes of a comparison.
"""
