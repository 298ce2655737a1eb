"""Reports as Word documents, from a template that an office may replace."""
