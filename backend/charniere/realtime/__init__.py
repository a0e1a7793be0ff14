"""Live documents: rooms, the connections in them, the hub that opens and closes rooms. No SQL, no rule of a board."""
