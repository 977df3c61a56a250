// Writes what is made from the code: docs/failures.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { failuresDocument, place } from '../test/failures/document.js';

writeFileSync(place, await failuresDocument(readFileSync('README.md', 'utf8')));
