import 'pay-checkout';
import 'pay-checkout/element';
import 'pay-checkout/server';
import 'pay-checkout/testing';
import './made-up.js';
