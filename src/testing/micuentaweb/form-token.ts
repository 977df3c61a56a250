import type { Brand } from '../../providers/micuentaweb/contract.js';
import { asObject, tryParseJson, type Json } from '../http.js';
import { createUuid, type Mode } from './account.js';

/** By brand, the first two characters of a form token: those of test and of production (*read in the 2022 build*; which is which is a guess). */
export const tokenPrefixes: Readonly<Record<Brand, readonly [test: string, production: string]>> = {
  micuentaweb: ['26', '27'],
  payzen: ['01', '02'],
  'payzen-latam': ['04', '05'],
  'payzen-brasil': ['08', '09'],
  'payzen-india': ['28', '29'],
  lyra: ['10', '11'],
  'lyra-india': ['30', '31'],
  systempay: ['24', '25'],
  scellius: ['34', '35'],
  sogecommerce: ['06', '07'],
  'clic-and-pay': ['14', '15'],
  'cobro-inmediato': ['22', '23'],
  payty: ['36', '37'],
  osb: ['38', '39'],
};

/** The part of a form token that the page can read. */
export interface TokenContent extends Json {
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly mode: Mode;
  readonly orderId: string;
}

/** Creates a token in the form *read in the 2022 build*: prefix, 22 characters, 3 characters, JSON as base64, 4 characters. */
export function createFormToken(brand: Brand, content: TokenContent): string {
  const prefix = tokenPrefixes[brand][content.mode === 'TEST' ? 0 : 1];
  const json = { ...content, version: 3, shopName: 'pay-checkout', brandPriority: [], categories: {}, cards: {} };
  return `${prefix}${createUuid().slice(0, 22)}196${encodeBase64(JSON.stringify(json))}${createUuid().slice(0, 4)}`;
}

/** Reads a token as the library does. Returns `undefined` for one that has not its form. */
export function readFormToken(token: unknown): TokenContent | undefined {
  const [, encoded = ''] = /^[0-9a-f]{2}.{22}.{3}([A-Za-z0-9+/]+=*).{4}$/.exec(String(token)) ?? [];
  const content = asObject(tryParseJson(decodeBase64(encoded)));
  return typeof content?.amount === 'number' ? (content as TokenContent) : undefined;
}

/** Finds the brand whose API the library posts to. It depends on the token, not on the host of the script (*measured in the 2022 build*). */
export function findBrand(token: string): Brand | undefined {
  const brands = Object.keys(tokenPrefixes) as Brand[];
  return brands.find((brand) => tokenPrefixes[brand].includes(token.slice(0, 2)));
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}
