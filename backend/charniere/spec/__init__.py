"""From the wall to the CRM: boards in, a specification out, every line with its notes. Pure: no clock, no disk."""
