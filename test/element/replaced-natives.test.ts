import { expect } from '@open-wc/testing';
import { until } from '../support/clock.js';
import { openHostilePage, reported, type HostilePage } from '../support/hostile-page.js';

const replacements: [what: string, code: string][] = [
  ['an enumerable method on Object.prototype', 'Object.prototype.each = function () {};'],
  ['an enumerable method on Array.prototype', 'Array.prototype.remove = function () {};'],
  ["Prototype's Array.prototype.toJSON", "Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };"],
  ['Object.prototype.toJSON', "Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value: () => 'an object' });"],
  ['`var URL`', "var URL = 'https://shop.example.com/tienda/';"],
  ['`const URL`', "const URL = 'https://shop.example.com/tienda/';"],
  ['classes Request, Response and Headers of its own', 'class Request {} class Response {} class Headers {}'],
  ['functions Request, Response and Headers of its own', 'function Request() {} function Response() {} function Headers() {}'],
  ["a library's Event", 'window.Event = function (event) { this.event = event; };'],
  ['an AbortController of its own', 'window.AbortController = class { signal = {}; abort() {} };'],
  ['a Promise without `finally`', 'window.Promise = class extends Promise {}; Promise.prototype.finally = undefined;'],
  ['a MutationObserver of its own', 'window.MutationObserver = class { observe() {} };'],
  ['a JSON of its own', 'window.JSON = { encode() {} };'],
  ['`var performance`', 'var performance = 95;'],
  // The development build of lit calls `assert`.
  ['a console without `error`', 'window.console = { log() {}, warn() {}, assert() {} };'],
  ['no timers', 'window.setTimeout = undefined;'],
];

describe('a page that has replaced natives', () => {
  let page: HostilePage;
  afterEach(() => page.close());

  for (const [what, code] of replacements) {
    for (const when of ['before', 'after'] as const) {
      it(`takes a payment with ${what}, ${when} our script`, async () => {
        page = await openHostilePage({ [when]: code });
        page.pay();
        await until(() => page.element.status === 'succeeded', 'a payment');
        expect(page.element.state).to.include({ confirmed: true, outcome: 'paid' });
        expect(page.events).to.deep.equal(['pay-loading', 'pay-initializing', 'pay-ready', 'pay-confirming', 'pay-succeeded']);
        expect(page.outcomeRequest).to.deep.equal(reported);
      });

      it(`ends an unconfirmed payment in a state with ${what}, ${when} our script`, async () => {
        page = await openHostilePage({ [when]: code, outcome: '<html>' });
        page.pay();
        await until(() => page.element.status === 'pending', 'the end of a payment');
        expect(page.element.state).to.have.nested.property('error.reason', 'shape');
      });
    }
  }

  for (const code of ['class Request {}', 'class Request { constructor(url) { this.url = url; } }']) {
    it(`gives \`requestOutcome\` a request of the platform, although the page has \`${code}\``, async () => {
      page = await openHostilePage({ before: code });
      const methods: string[] = [];
      page.element.requestOutcome = (request) => (methods.push(request.method), Promise.resolve({ outcome: 'paid' }));
      page.pay();
      await until(() => page.element.status === 'succeeded', 'a payment');
      expect(methods).to.deep.equal(['POST']);
    });
  }
});
