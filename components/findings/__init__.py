"""The page of findings: the list, one of them with what can be done, closing a round."""
