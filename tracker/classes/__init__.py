"""Classes at the edge: the seat a browser holds, and the worker that erases what is due."""
