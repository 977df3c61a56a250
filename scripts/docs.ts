// Writes the files that are generated from the code: docs/failures.md and .env.example.
import { readFileSync, writeFileSync } from 'node:fs';
import { envExample } from '../demo/env-example.js';
import { failuresDocument, place } from '../test/failures/document.js';

writeFileSync(place, await failuresDocument(readFileSync('README.md', 'utf8')));
writeFileSync('.env.example', envExample());
