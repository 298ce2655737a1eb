"""Files that were sent: find one, compare, download, take back, have it count again."""

from components.uploads import page as uploads
from core.services.stores import open_store

uploads.show(open_store())
