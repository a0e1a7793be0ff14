"""The rules of Charnière: pure values and functions. No clock, no chance, no disk, no network, no sentence for people."""
