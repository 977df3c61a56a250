import type { Choices } from './choices.js';

const properties = {
  accent: '--pay-checkout-accent',
  radius: '--pay-checkout-radius',
  font: '--pay-checkout-font',
  height: '--pay-checkout-min-height',
} as const;

/** The custom properties of the element, with what was chosen for each; empty for its default. */
export function lookOf(choices: Choices): [property: string, value: string][] {
  return (Object.keys(properties) as (keyof typeof properties)[]).map((name) => [properties[name], choices[name]]);
}

export function colorSchemeOf({ theme }: Choices): string {
  return theme === 'auto' ? 'light dark' : theme;
}
