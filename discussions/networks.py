"""Where a request comes from, as far as counting needs to know. Pure."""

import hmac
from hashlib import sha256
from ipaddress import ip_address, ip_network

IPV4_PREFIX = 24
IPV6_PREFIX = 64  # what one household or office gets


def network_mark(address: str, secret: str) -> str:
    """A mark for the network of an address, from which nobody can tell the address.

    Neighbours share it, so that changing the last digits does not help. An address
    that cannot be read shares the mark of all such.
    """
    try:
        found = ip_address(address)
        # A server that listens for both kinds may tell the one as the other.
        found = getattr(found, "ipv4_mapped", None) or found
        prefix = IPV4_PREFIX if found.version == 4 else IPV6_PREFIX
        name = str(ip_network((found, prefix), strict=False))
    except ValueError:
        name = "unknown"
    return hmac.new(secret.encode(), name.encode(), sha256).hexdigest()[:32]
