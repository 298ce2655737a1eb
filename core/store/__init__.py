"""The database: tables, units of work, a repository for each aggregate, migrations, backup."""
