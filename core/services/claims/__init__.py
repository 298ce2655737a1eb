"""The claim ledger in use: files read and stored, figures shown and handed on, rows looked up."""
