"""Where what comes through the open door comes from."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from discussions.networks import network_mark


def network_of(request: HttpRequest) -> str:
    """A mark for the network that a request comes from, to count by."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a server that tells no address
        address = ""
    return network_mark(address, settings.SECRET_KEY)
