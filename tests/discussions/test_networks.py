"""Which addresses are counted together."""

import pytest

from discussions.networks import network_mark


def mark(address: str) -> str:
    return network_mark(address, "secret")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.2.254"),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff"),
        ("2001:db8:0:1::1", "2001:0DB8:0000:0001::2"),
        ("::ffff:192.0.2.1", "192.0.2.7"),
        ("", "nonsense"),
    ],
)
def test_neighbours_share_a_mark(one, other):
    assert mark(one) == mark(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.3.1"),
        ("2001:db8:0:1::1", "2001:db8:0:2::1"),
        ("::ffff:192.0.2.1", "::ffff:198.51.100.1"),
    ],
)
def test_strangers_do_not_share_one(one, other):
    assert mark(one) != mark(other)


def test_a_mark_does_not_tell_the_address():
    assert mark("192.0.2.1") != network_mark("192.0.2.1", "another secret")
