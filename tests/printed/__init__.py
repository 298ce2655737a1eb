"""Printed documents typed into their forms, as somebody who has the paper would."""
