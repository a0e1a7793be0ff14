"""From boards to a CRM specification, each item traced to its notes."""
