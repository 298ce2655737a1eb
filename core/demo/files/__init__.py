"""The files the invented facilities send, with the mistakes people make."""
