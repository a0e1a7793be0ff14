"""Files to take away: documents, tables, vendor configuration."""
