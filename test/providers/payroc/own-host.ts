// The script that the provider's own host serves in test/e2e/policy/: the stand-in's library, with requests to the provider's own URLs.
import { hosts } from '../../../src/providers/payroc/hosts.js';
import { createPayrocLibrary } from '../../../src/testing/payroc/library.js';
import { addHostFrames } from '../../e2e/policy/host-frames.js';

Object.assign(window, { Payroc: createPayrocLibrary({ fetch: (input, init) => fetch(input, init) }) });
addHostFrames(hosts.sandbox.gateway);
