"""Live documents: one room per open document, one connection per socket, one hub that knows the rooms."""
