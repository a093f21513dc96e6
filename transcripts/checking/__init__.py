"""Is this quotation what was said? Pasted words against the words we hold. All pure.

`spotting` finds the quotations in what was pasted, `quotation` reads one into its pieces, `places` finds the passages that may hold
it, `fitting` lays it over one of them word by word, `judging` says what that amounts to.
"""
