"""Behind figures of the books: their accounts, what moved them, bridges between months."""
