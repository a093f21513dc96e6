"""Who said the words between the quotation marks of a news article: marks, tokens, names, verbs, attribution. All pure."""
