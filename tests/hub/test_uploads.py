"""A file that is too long fills neither memory nor disk."""

import pytest

from hub.uploads import LongestFile


@pytest.mark.parametrize(("sent", "kept"), [(b"12345", b"12345"), (b"1234567", b"")])
def test_of_a_longer_file_only_the_size_is_kept(settings, sent, kept):
    settings.FILE_UPLOAD_LONGEST = 5
    handler = LongestFile()
    handler.new_file("image", "a.png", "image/png", len(sent))
    written = []

    for place in range(0, len(sent), 2):
        handler.receive_data_chunk(sent[place : place + 2], place)
        written.append(handler.content.getbuffer().nbytes)

    with handler.file_complete(len(sent)) as file:
        assert (file.size, file.read()) == (len(sent), kept)
    assert max(written) <= 5
