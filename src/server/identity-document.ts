import type { BuyerDocument } from './buyer.js';

/** Reads the number of an identity document without dots, dashes and spaces. Returns `undefined` if nothing is left. */
export function readDocumentNumber({ type = '', number = '' }: BuyerDocument): string | undefined {
  const typed = number.normalize('NFKC').toUpperCase();
  // A Peruvian DNI prints a check character behind the eight digits of its number.
  const dni = /^dni$/i.test(foldDocumentType(type)) && /^(\d{8})\s*-\s*[\dA-Z]$/.exec(typed)?.[1];
  return dni || typed.replace(/[^\dA-Z]/g, '') || undefined;
}

/** Writes a type of document in capital letters alone: *D.N.I.* becomes *DNI*. */
export function foldDocumentType(type: string): string {
  return type.normalize('NFKD').replace(/\P{L}/gu, '').toUpperCase();
}
