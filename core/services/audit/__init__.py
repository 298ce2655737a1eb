"""The audit trail as a service: deeds left by all who change the store, listed and verified."""
