"""Results as figures: the only room that knows a chart library."""
