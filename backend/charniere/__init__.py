"""Charnière: customer journeys drawn together, and the CRM specification that comes out of them."""

__version__ = "0.1.0"
