"""Independent coding: several people judge the same things alone, then what they said is laid side by side. Pure."""
