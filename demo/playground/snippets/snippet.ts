import type { Choices } from '../choices.js';

/** What a merchant pastes in one place. */
export interface Snippet {
  readonly title: string;
  text(choices: Choices): string;
  /** What to know before it is pasted. */
  note(choices: Choices): string;
  /** Sentences that are to be read before anybody relies on it. */
  warnings?(choices: Choices): readonly string[];
}
