// A merchant's backend. It runs where lit is not installed.
import 'pay-checkout/server';
