"""The claim ledger: visits as rows, kept by month in Parquet, and what is counted from them."""
