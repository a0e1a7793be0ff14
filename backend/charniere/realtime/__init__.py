"""Open documents, alive: rooms, connections, the protocol between them and the browser."""
