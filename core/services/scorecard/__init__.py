"""The scorecard: areas or facilities as rows, every indicator as a column."""
