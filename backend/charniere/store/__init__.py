"""Everything that is kept, and the only SQL."""
