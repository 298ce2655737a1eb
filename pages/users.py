"""Who signs in, and what each may do."""

from components.users import page as users
from core.services.people.store import people_store

users.show(people_store())
