"""Files in: a workshop held in a spreadsheet becomes a board file, with a report of everything odd.

Nothing here reads the disk or says a sentence: bytes come in, codes and parameters go out (catalogue keys `import.*`).
"""
