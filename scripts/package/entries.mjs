// Server-side rendering imports everything, and must not stumble over what only a browser has.
import 'pay-checkout';
import 'pay-checkout/element';
import 'pay-checkout/provider';
import 'pay-checkout/react';
import 'pay-checkout/jsx';
import 'pay-checkout/vue';
import 'pay-checkout/server';
import 'pay-checkout/testing';
