// Writes the documentation pages that are generated from the code.
import { writeFileSync } from 'node:fs';
import { generatedPages } from '../test/failures/document.js';

for (const [path, generate] of Object.entries(generatedPages)) writeFileSync(path, await generate());
