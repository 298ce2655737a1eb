"""The outbox: who is told that figures are due, by e-mail or a webhook; off until it is set up."""
