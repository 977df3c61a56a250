import { expect } from '@open-wc/testing';
import { restore, stub, type SinonFakeTimers } from 'sinon';
import { findFailure, type CheckoutError } from '../../src/state/errors.js';
import { selectTexts } from '../../src/messages/locales.js';
import type { ProviderName } from '../../src/testing/providers.js';
import { fakeClock, until } from '../support/clock.js';
import { everythingIn } from '../support/endpoint.js';
import { reportsContentType, tellsBlocksFirst, tellsStatus } from '../support/engine.js';
import { countLiving, type Living } from '../support/leaks.js';
import { failingProviderOf } from './failing-providers.js';
import { cellsOf, expectedOf, partsOf, titleOf, type Cell, type Expected } from './matrix.js';
import { forbidden } from './page-policy.js';
import { byProvider } from './provider-failures.js';
import type { ScriptFault } from './script-faults.js';
import { scriptError, Stage } from './stage.js';

const locales = ['es', 'en', 'pt'];
/** Milliseconds between two timers that are still waited for. */
const longest = 120_000;
/** Milliseconds by which a timer of 0 ms may be late. */
const jitter = 20;

const leakedListeners = byProvider(({ leakedListeners: own, remains }) => [...own, ...(remains?.listeners ?? [])]);
const leftElements = byProvider(({ remains }) => remains?.elements ?? ':not(*)');

/** The fault matrix of one provider, a test a cell. */
export function describeFailures(provider: ProviderName): void {
  describe(`the fault matrix of ${provider}`, () => {
    let clock: SinonFakeTimers;
    let living: Living;
    let stage: Stage;
    let thrown: unknown[];
    const { onerror } = window;
    const onRejection = ({ reason }: PromiseRejectionEvent) => thrown.push(reason);

    beforeEach(() => {
      thrown = [];
      // Before mocha, which takes a script's error for the test's.
      window.onerror = (...[, , , , error]) => thrown.push(error) > 0;
      addEventListener('unhandledrejection', onRejection);
      performance.clearResourceTimings();
      stub(Math, 'random').returns(1);
      clock = fakeClock();
    });

    afterEach(() => {
      stage.end();
      living.end();
      clock.restore();
      restore();
      window.onerror = onerror;
      removeEventListener('unhandledrejection', onRejection);
    });

    for (const [n, cell] of cellsOf(provider).entries()) {
      const expected = expectedOf(cell, { tellsStatus, reportsContentType, tellsBlocksFirst });
      it(titleOf(cell, expected), async () => {
        const locale = locales[n % locales.length]!;
        const before = standing();
        living = countLiving();
        stage = new Stage(cell);
        await stage.begin(locale);
        await reach(stage, expected);
        await isAsExpected(stage, expected, cell.script);
        isToldToShopper(stage, expected, locale);
        if (stage.error) isToldToDeveloper(stage, stage.error, expected, hostOf(cell));
        await recovers(stage, expected);
        await leavesNothing(stage, before, living, provider);
        const own = cell.script.runs === 'throws' ? [scriptError] : [];
        expect(thrown.map(String)).to.deep.equal(own);
      });
    }
  });
}

/** Everything that may have been put beside our element. */
function standing(): unknown[] {
  const { adoptedStyleSheets, body, head } = document;
  return [...head.children, ...body.children, ...adoptedStyleSheets, body.style.cssText, window.onload];
}

const comes = (stage: Stage, ...statuses: string[]) =>
  until(
    () => statuses.includes(stage.element.status),
    () => `${statuses.join(' or ')}, it is ${stage.element.status}: ${stage.error?.message}`,
    longest,
  );

async function reach(stage: Stage, { status }: Expected): Promise<void> {
  await comes(stage, 'ready', 'failed');
  if (status === 'ready' || stage.element.status === 'failed') return;
  stage.pay();
  await comes(stage, 'succeeded', 'pending', 'failed');
}

async function isAsExpected(stage: Stage, expected: Expected, { served }: ScriptFault): Promise<void> {
  const { element, error, entered, requests } = stage;
  const [code, reason] = expected.says ? partsOf(expected.says) : [];
  expect([element.status, error?.code, error?.reason, error?.retryable ?? false]).to.deep.equal([
    expected.status,
    code,
    reason,
    expected.retryable,
  ]);
  expect(entered.get(element.status)).to.be.closeTo(expected.after, jitter);
  expect(element.state.attempt).to.equal(expected.attempts);
  // What hangs may be on its way to the server still.
  const scripts = await stage.script.requests(served === 'hang' ? expected.requests.script : 0);
  expect({ ...requests, script: scripts.length }).to.deep.equal(expected.requests);
  expect(stage.states.filter((state) => state === element.status)).to.have.length(1);
  if (expected.status === 'failed') expect(element.childElementCount).to.equal(0);
  // No tag of a script that failed, and no more than one of what is still on its way.
  expect(stage.script.tags.length).to.be.at.most(code === 'asset' ? 0 : 1);
}

function isToldToShopper({ element, error }: Stage, { status, retryable }: Expected, locale: string): void {
  const texts = selectTexts(locale, {});
  const shown = (selector: string) => {
    const part = element.shadowRoot!.querySelector<HTMLElement>(selector);
    return part?.checkVisibility() ? part.textContent.trim() : undefined;
  };
  if (status === 'failed') {
    const { text } = findFailure(error!.code, error!.reason);
    expect(shown('[part=message].failed')).to.equal(texts[text === 'unreachable' && !retryable ? 'misconfigured' : text]);
  }
  if (status === 'pending') expect(shown('[part=message].pending')).to.equal(texts.pending);
  expect(shown('[part=retry]')).to.equal(status === 'failed' && retryable ? texts.retry : undefined);
}

function isToldToDeveloper({ secrets }: Stage, error: CheckoutError, { blocks }: Expected, host: string): void {
  expect(error.message).to.match(/^\S.{20,}[.?]$/);
  const advice = `The page's Content-Security-Policy blocks ${host}: add it to \`${blocks}\`.`;
  if (blocks) expect(error.message).to.equal(advice);
  else expect(error.message).to.not.contain('Content-Security-Policy');
  for (const secret of secrets) expect(everythingIn(error)).to.not.contain(secret);
}

/** Where a policy forbids something, what it forbids. */
function hostOf(cell: Cell): string {
  const { token, script } = cell;
  if (script.blocks) return forbidden;
  return token.blocks ? new URL(token.address!(location.origin)).origin : failingProviderOf(cell).host;
}

/** Everything is mended, and the shopper tries again. */
async function recovers(stage: Stage, { status, retryable }: Expected): Promise<void> {
  await stage.mend();
  if (status !== 'succeeded') await payAgain(stage, status === 'failed' && retryable);
  expect(stage.element.state).to.have.property('confirmed', true);
  expect(stage.script.runs).to.equal(stage.runs);
}

async function payAgain(stage: Stage, byButton: boolean): Promise<void> {
  if (byButton) stage.element.shadowRoot!.querySelector<HTMLElement>('[part=retry]')!.click();
  else if (stage.element.status !== 'ready') stage.element.retry();
  await comes(stage, 'ready');
  stage.pay();
  await comes(stage, 'succeeded');
}

async function leavesNothing({ element, script }: Stage, before: unknown[], living: Living, provider: ProviderName): Promise<void> {
  element.remove();
  await until(() => true, 'quiet', 0);
  // What was loaded stays.
  const known: unknown[] = [...before, ...script.tags];
  expect(
    standing()
      .filter((one) => !known.includes(one) && !(one instanceof Element && one.matches(leftElements[provider])))
      .map(String),
  ).to.deep.equal([]);
  expect(script.tags).to.have.length(1);
  expect(element.childElementCount).to.equal(0);
  expect(living.listeners.filter((type) => !leakedListeners[provider].includes(type))).to.deep.equal([]);
  expect(living.observers).to.deep.equal([]);
}
