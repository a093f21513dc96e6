"""What became of what was said: commitments, programs, figures, whether a program is run as designed, what was asked of a city."""
