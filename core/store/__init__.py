"""The store: tables, units of work, one repository for each aggregate, migrations, backup."""
