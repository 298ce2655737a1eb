"""The page of claims: defects, ageing, money at risk, denials, completeness, visits, new files."""
