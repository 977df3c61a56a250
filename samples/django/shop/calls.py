"""The two calls of `npx pay-checkout serve`."""

import logging

from django.db import transaction
from django.http import JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from .models import Order, Payment
from .signature import signed_call

logger = logging.getLogger(__name__)


@signed_call
def answer_order(request, call):
    """Answers the order that is to be paid. The amount comes from here, never from the page."""
    # A page may name an order of its own visitor only. Notifications and returns have no visitor, and `serve` names the reference.
    if call["endpoint"] in ("token", "outcome"):
        found = Order.objects.filter(reference=call.get("order"), visitor=request.session.get("visitor"))
    else:
        found = Order.objects.filter(reference=call["reference"])
    order = found.first()
    if order is None:
        return JsonResponse({"message": "This visitor has no such order."}, status=404)
    return JsonResponse(
        {
            "reference": order.reference,
            "amount": order.amount,
            "currency": order.currency,
            "buyer": order.buyer,
            "settled": order.settled,
            "instructions": order.instructions,
            "openedAt": order.opened_at,
        }
    )


@signed_call
def receive_outcome(request, call):
    """Stores what became of a payment. The same call may arrive several times, late, and in any order."""
    if call["outcome"] == "forged":  # not the payment of this order, so it replaces none
        alert_staff("This is not the payment of the order", call)
    else:
        with transaction.atomic():
            order = Order.objects.select_for_update().filter(reference=call["payment"]["order"]).first()
            if order is None:
                alert_staff("A payment of an unknown order", call)
            else:
                apply_outcome(order, call)
    return JsonResponse({"stored": True})


def apply_outcome(order, call):
    if "id" in call["payment"] and not store_payment(order, call):
        return
    if call["outcome"] == "paid":
        mark_as_paid(order, call)
    elif call["outcome"] in ("refunded", "reversed"):
        mark_as_returned(order, call)
    elif call.get("reason") in ("price", "partial", "stale", "unknown-state"):
        alert_staff("Check this payment by hand", call)
    # `declined` needs nothing: the shopper may try again. Capture an `authorized` payment before you ship.


def store_payment(order, call):
    """Stores the outcome of the payment, and returns whether it counts."""
    decided_at = parse_datetime(call["decidedAt"])
    known = order.payments.filter(payment_id=call["payment"]["id"]).first()
    was_returned = known is not None and known.outcome in ("refunded", "reversed")
    # An older outcome does not undo a newer one. But a late `paid` counts unless the money has gone back since.
    if known is not None and decided_at < known.decided_at and (call["outcome"] != "paid" or was_returned):
        return False
    Payment.objects.update_or_create(
        order=order,
        payment_id=call["payment"]["id"],
        defaults={
            "outcome": call["outcome"],
            "reason": call.get("reason"),
            "payment": call["payment"],
            "details": call["details"],
            "decided_at": decided_at,
        },
    )
    return True


def mark_as_paid(order, call):
    """Fulfils the order, once. Only `paid` does that."""
    if order.paid_by is None:
        order.paid_by = call["payment"]["id"]
        order.save()
        logger.info("Fulfil order %s", order.reference)  # in your shop, in the same transaction
    elif order.paid_by != call["payment"]["id"]:
        alert_staff("Refund this second payment", call)


def mark_as_returned(order, call):
    """Opens the order again if the money of the payment that paid it has gone back."""
    if order.paid_by is not None and order.paid_by == call["payment"].get("id"):
        order.paid_by = None
        order.opened_at = timezone.now()  # the old receipt does not pay the order again
        order.save()
        alert_staff("Stop the delivery", call)


def alert_staff(what, call):
    """Reports a payment without the rest of the call, which contains personal data."""
    logger.critical("%s: %s %s %s", what, call["outcome"], call.get("reason"), call["payment"])
