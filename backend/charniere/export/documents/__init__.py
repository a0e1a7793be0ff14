"""The documents of a specification: one outline that says everything once, one module a format that sets it."""
