"""Tells whether a touchpoint is phrased by the customer (« je »), and how it could be. Pure: no I/O past its tables.

Public: `assess`, `Assessment`, `Reason`, `Verdict`, `MAX_LENGTH`. Never decides to change a text by itself.
"""

from .assessment import MAX_LENGTH, Assessment, Reason, Verdict, assess

__all__ = ["MAX_LENGTH", "Assessment", "Reason", "Verdict", "assess"]
