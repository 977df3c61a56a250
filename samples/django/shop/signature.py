import hashlib
import hmac
import json
import re
import time
from functools import wraps

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


def signed_call(view):
    """Passes the call to the view, or answers 401 if `pay-checkout serve` did not sign it.

    `serve` has no CSRF token. The exemption is safe, because no page of another site can sign a call.
    """

    @csrf_exempt
    @require_POST
    @wraps(view)
    def verify(request):
        header = request.headers.get("Pay-Checkout-Signature", "")
        if not is_signed(request.body, header, settings.PAY_BACKEND_SECRET):
            return JsonResponse({"message": "The signature does not match, or is older than 300 seconds."}, status=401)
        return view(request, json.loads(request.body))

    return verify


def is_signed(body: bytes, header: str, secret: str, now=None) -> bool:
    """Whether `pay-checkout serve` signed this body, at most 300 seconds ago."""
    sent = re.match(r"t=([0-9]{1,12}),", header)
    if len(secret) < 32 or not sent or abs((now or time.time()) - int(sent[1])) > 300:
        return False
    text = sent[1].encode() + b"." + body
    expected = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    signatures = re.findall(r",v1=([0-9a-f]{64})", header)
    return any(hmac.compare_digest(expected, one) for one in signatures)
