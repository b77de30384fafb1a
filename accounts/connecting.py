"""The page between ours and a provider's: form-action 'self' allows no redirect."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.providers import enabled_or_404

LONGEST_ADDRESS = 2000


def connecting_page(
    request: HttpRequest,
    provider_id: str,
    next_url: str,
    process: str = AuthProcess.LOGIN,
) -> HttpResponse:
    """Lead on to a provider, with a link and by itself.

    What proves later that it is the same visit is kept in the session. Raises
    Http404 for a provider that is off or unknown.
    """
    named = enabled_or_404(provider_id)
    provider = get_adapter().get_provider(request, provider_id)
    next_url = our_own(next_url)
    leaving = provider.redirect(request, process=process, next_url=next_url)
    context = {"provider": named, "address": leaving.url, "next": next_url}
    return render(request, "accounts/connecting.html", context)


def our_own(address: str) -> str:
    """The address if it is one of this site's and can be followed; "" if not."""
    is_plain = len(address) <= LONGEST_ADDRESS and address.isprintable()
    return address if is_plain and get_account_adapter().is_safe_url(address) else ""
