"""A form as data, and what cells, titles and problems are."""
