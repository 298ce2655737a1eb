"""Records: rows of a printed document as read or as stored, held against one another."""
