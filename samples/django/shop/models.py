import secrets

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

PRICES = {
    "payme": {"amount": 1050, "currency": "PEN"},  # S/ 10.50
    "izipay": {"amount": 1050, "currency": "PEN"},
    "micuentaweb": {"amount": 1050, "currency": "PEN"},
    "payroc": {"amount": 300, "currency": "USD"},  # US$ 3.00
}


def create_reference():
    return f"A-{secrets.token_hex(4)}"


class Order(models.Model):
    reference = models.CharField(max_length=16, unique=True, default=create_reference)
    visitor = models.CharField(max_length=32)
    provider = models.CharField(max_length=16)
    amount = models.IntegerField()  # minor units
    currency = models.CharField(max_length=3)
    buyer = models.JSONField()  # what the shopper typed
    paid_by = models.CharField(max_length=255, null=True)  # the `payment.id` that paid it
    opened_at = models.DateTimeField(null=True)  # when it was opened again after a refund

    @property
    def price(self):
        return f"{self.currency} {self.amount / 100:.2f}"

    @property
    def settled(self):
        """What the order needs no further payment for, if anything."""
        if self.paid_by is not None:
            return "paid"
        if self.payments.filter(outcome="authorized").exists():
            return "authorized"
        return "pending" if self.pending_payments else None

    @property
    def pending_payments(self):
        """The payments that keep the order from being paid again."""
        return [known for known in self.payments.all() if known.is_pending]

    @property
    def instructions(self):
        """How the shopper completes a payment that is pending, such as a QR code, while that is possible."""
        for known in self.pending_payments:
            if known.instructions and not known.has_expired:
                return known.instructions
        return None


class Payment(models.Model):
    """The latest outcome of one payment. An order can have several."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    payment_id = models.CharField(max_length=255)
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=32, null=True)
    payment = models.JSONField()  # for refunds: pass it to the operations of `serve`
    details = models.JSONField()  # for receipts
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "payment_id"], name="one_row_for_each_payment")]

    @property
    def is_pending(self):
        """Whether the shopper may still complete the payment, or your staff must decide about it."""
        if self.outcome != "pending":
            return False
        if self.reason is None:
            return not self.has_expired
        return self.reason in ("price", "partial")  # not `unanswered`, for example: the shopper may try again

    @property
    def instructions(self):
        return self.details.get("instructions") or {}

    @property
    def has_expired(self):
        expires_at = self.instructions.get("expiresAt")  # not every provider reports an expiry
        return expires_at is not None and parse_datetime(expires_at) <= timezone.now()
