import secrets

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from .models import PRICES, Order

# What the shopper types in your own form.
BUYER = {
    "firstName": "Lucía",
    "lastName": "Quispe",
    "email": "lucia@example.com",
    "phone": {"countryCode": "51", "number": "987654321"},
    "address": {"line1": "Av. Arequipa 123", "city": "Lima", "state": "Lima", "country": "PE"},
}


@require_GET
def show_products(request):
    """Shows the button that places an order: `/?provider=izipay` for Izipay."""
    provider = known_provider(request.GET.get("provider", "payme"))
    return render(request, "products.html", {"provider": provider, "providers": PRICES})


@require_POST
def place_order(request):
    provider = known_provider(request.POST.get("provider"))
    # A random ID of the visitor. In a shop with accounts, use the ID of the account.
    visitor = request.session.setdefault("visitor", secrets.token_hex(16))
    order = Order.objects.create(provider=provider, visitor=visitor, buyer=BUYER, **PRICES[provider])
    return redirect(f"/orders/{order.reference}")


@require_GET
def show_order(request, reference):
    order = Order.objects.filter(reference=reference, visitor=request.session.get("visitor")).first()
    if order is None:
        raise Http404  # the same for an unknown order and for another visitor's
    instructions = order.instructions if order.settled == "pending" else None
    expires_at = instructions and parse_datetime(instructions.get("expiresAt", ""))
    page = {"order": order, "instructions": instructions, "expires_at": expires_at, **settings.PAY_PAGE}
    return render(request, "order.html", page)


def known_provider(name):
    if name not in PRICES:
        raise Http404
    return name
