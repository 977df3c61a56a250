from django.urls import path

from . import calls, views

urlpatterns = [
    path("", views.show_products),
    path("orders", views.place_order),
    path("orders/<reference>", views.show_order),
    # The two calls of `npx pay-checkout serve`.
    path("pay/order", calls.answer_order),
    path("pay/outcome", calls.receive_outcome),
]
