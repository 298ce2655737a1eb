"""Strategy plans of provinces: what is done and late, KPIs fed by the store, changes, takeaways."""
