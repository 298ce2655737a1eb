"""One dropped file as scored: assessment, finance table or theme table, with its explanations."""
