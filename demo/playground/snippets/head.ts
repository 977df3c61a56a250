import { headTags, type HeadTagsOptions } from '../../../src/head/head-tags.js';
import { attributesOf } from '../attributes.js';
import type { Choices } from '../choices.js';
import { scriptUrl } from './html.js';
import type { Snippet } from './snippet.js';

/** Starts all requests of the checkout before our script has loaded. */
export const head: Snippet = {
  title: 'Head',
  text: textOf,
  note: ({ loading }) =>
    `Instead of the script tag under HTML, at the top of the head, before your style sheets: all that the checkout needs is then on its way from the first line. ${
      loading === 'eager' ? 'The data- attributes say what the tag says.' : 'A token is not among it: it would grow old until it is wanted.'
    } On Node, headTags() writes these lines, with the hash of the file that they load.`,
};

function textOf(choices: Choices): string {
  const { provider, fallback, environment, order, credentials: mode } = choices;
  const tokenEndpoint = choices.loading === 'eager' ? attributesOf(choices)['token-endpoint'] : undefined;
  const options = { provider, fallback, environment, order, credentials: sent(mode), tokenEndpoint, script: scriptUrl };
  return headTags(options as HeadTagsOptions);
}

/** Returns `undefined` for the default. */
function sent(credentials: string): string | undefined {
  return credentials === 'same-origin' ? undefined : credentials;
}
