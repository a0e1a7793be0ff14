"""Who is asking: accounts, sessions, invitations, the Origin check."""
