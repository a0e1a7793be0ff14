"""The demonstration: an invented project, its board, its people."""

from charniere.demo.board import Participant, load, participants

__all__ = ["Participant", "load", "participants"]
