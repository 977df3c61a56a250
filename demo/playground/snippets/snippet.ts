import type { Choices } from '../choices.js';

/** Code that a merchant pastes in one place. */
export interface Snippet {
  readonly title: string;
  text(choices: Choices): string;
  /** An explanation of the code. */
  note(choices: Choices): string;
  /** Warnings to read before using the code. */
  warnings?(choices: Choices): readonly string[];
}
