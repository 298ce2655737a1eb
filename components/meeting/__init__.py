"""Meetings on the page: the list, the agenda, the slide that is shown, what is taken away."""
