"""Opening a database: units of work, failures, migrations, settings."""
