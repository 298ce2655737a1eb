"""The page of strategy plans: KPIs, months, the printed table, changes and versions."""
