"""Files out: what leaves Charnière, the same bytes for the same board, with an explicit list of what a format cannot carry."""
