"""The closed vocabularies of follow-through, a module a noun: each code beside the English words a reader sees and what it means."""

from positions.followthrough.vocabulary import acts, commitments, documents, fidelity, figures, programs, requests

NOUNS = (acts, commitments, documents, fidelity, figures, programs, requests)
