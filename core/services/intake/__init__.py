"""A dropped file from bytes to scores and problems by cell; nothing is stored."""
