"""What is kept on disk, and the only SQL. No rule of the board, no sentence for people."""
