"""The audit trail: a deed for every change of the store, chained by hash, never changed."""
