"""Pages, forms and the REST interface."""
