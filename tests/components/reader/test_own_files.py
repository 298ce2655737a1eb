"""A file made for a view goes with it: nothing of a session that ended is left to fetch."""

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage


def test_a_file_is_gone_once_no_session_shows_it() -> None:
    storage = MemoryMediaFileStorage("/media")
    manager = MediaFileManager(storage)
    address = manager.add(b"figures", "text/csv", "here", "a.csv", is_for_static_download=True)
    name = address.rpartition("/")[2]
    assert storage.get_file(name).content == b"figures"
    manager.clear_session_refs()
    # Whoever presses in the last moment still has it; the next view to end takes it away.
    for _ in range(2):
        manager.remove_orphaned_files()
    with pytest.raises(MediaFileStorageError):
        storage.get_file(name)
