import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { actionLabels, controlLabels, errorLabels, outcomeLabels, refundLabels } from '../../../demo/merchant/labels.js';
import { merchantTexts, translateForMerchant } from '../../../demo/merchant/texts.js';

const marked = [...readFileSync('demo/merchant/index.html', 'utf8').matchAll(/\[\[(.+?)\]\]/g)].map(([, text]) => text!);
const card = ['page', 'payment-card'].map((name) => readFileSync(`demo/merchant/${name}.ts`, 'utf8')).join('\n');
const used = [...card.matchAll(/\bt\('(.+?)'\)/g), ...card.matchAll(/^ {4}\['(.+?)', /gm)].map(([, text]) => text!);
const labels = [outcomeLabels, controlLabels, errorLabels, refundLabels].flatMap((table) => Object.values(table));
const names = Object.values(actionLabels).flatMap(({ button, name }) => [button, name]);

describe("the texts of the merchant's page", () => {
  it.each([...new Set([...marked, ...used, ...labels, ...names])])('have a translation of "%s"', (spanish) => {
    expect(merchantTexts).toContain(spanish);
    expect(translateForMerchant(spanish, 'es-PE')).toBe(spanish);
  });
});
