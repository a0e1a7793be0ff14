"""Files and other boards, turned into one edit with a report of every row."""
