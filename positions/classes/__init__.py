"""Classes: who is in one, what they are given to read, their marks, what they made of them together."""
