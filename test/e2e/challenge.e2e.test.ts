import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { micuentawebCards } from '../../src/testing/micuentaweb/cards.js';
import { click, look } from './engines/place.js';
import { inDemo } from './in-demo.js';
import { shoppers } from './shoppers.js';
import { diagnosis, isConfirmed, reaches } from './support.js';

const { pay, number } = shoppers.micuentaweb;

const demo = inDemo();

async function payWithChallenge(card: string): Promise<Page> {
  const { page } = await demo.open(`${demo.url}shop/?provider=micuentaweb`);
  await reaches(page, 'ready');
  await pay(page, card);
  return page;
}

const press = (page: Page, action: 'authenticate' | 'close') =>
  click(page, { frame: 'iframe#krcheckout', selector: `[data-action="${action}"]` });

describe("3-D Secure in micuentaweb's form", () => {
  it('lets the payment succeed once the shopper passes it', async () => {
    const page = await payWithChallenge(micuentawebCards.challenge);
    await press(page, 'authenticate');
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });

  it('keeps the form when the bank declines, so that another card can pay', async () => {
    const page = await payWithChallenge(micuentawebCards.challengeDeclined);
    await press(page, 'authenticate');
    await pay(page, micuentawebCards.approved);
    await reaches(page, 'succeeded');
    expect((await diagnosis(page)).attempts).toBe(1);
  });

  it('is pending and keeps the form when the shopper closes it, and another payment then succeeds', async () => {
    const page = await payWithChallenge(micuentawebCards.challenge);
    await press(page, 'close');
    await reaches(page, 'pending');
    expect((await look(page, number))?.value).toBe(micuentawebCards.challenge);
    await pay(page, micuentawebCards.approved);
    await reaches(page, 'succeeded');
    expect(await isConfirmed(page)).toBe(true);
  });
});
