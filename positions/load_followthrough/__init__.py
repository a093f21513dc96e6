"""From an entry of a loaded file or a form to rows of follow-through, and back: one module for each noun."""
