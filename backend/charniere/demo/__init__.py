"""The demonstration: an invented project, its board, its people."""
