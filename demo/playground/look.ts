import type { Choices } from './choices.js';

const properties = {
  accent: '--pay-checkout-accent',
  radius: '--pay-checkout-radius',
  font: '--pay-checkout-font',
  height: '--pay-checkout-min-height',
} as const;

/** Returns the custom properties of the element with the chosen values. An empty value means the default. */
export function lookOf(choices: Choices): [property: string, value: string][] {
  return (Object.keys(properties) as (keyof typeof properties)[]).map((name) => [properties[name], choices[name]]);
}

export function colorSchemeOf({ theme }: Choices): string {
  return theme === 'auto' ? 'light dark' : theme;
}
