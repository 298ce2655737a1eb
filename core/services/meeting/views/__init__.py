"""Pages as slides: a module for each kind of page, and what all of them are made of."""
