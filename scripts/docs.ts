// Writes the files that are generated from the code: the pages of errors and faults, the tables of outcomes, operations, settings and cards, and .env.example.
import { writeFileSync } from 'node:fs';
import { envExample } from '../demo/env-example.js';
import { buildCardsPage, cardsPage } from '../test/cards/tables.js';
import { generatedPages } from '../test/failures/document.js';
import { buildOperationsPage, operationsPage } from '../test/operations/tables.js';
import { buildOutcomesPage, outcomesPages } from '../test/outcomes/tables.js';
import { buildServePage, servePage } from '../test/serve/tables.js';

for (const [path, generate] of Object.entries(generatedPages)) writeFileSync(path, await generate());
for (const page of outcomesPages) writeFileSync(page.path, await buildOutcomesPage(page));
writeFileSync(operationsPage, await buildOperationsPage());
writeFileSync(cardsPage, await buildCardsPage());
writeFileSync(servePage, await buildServePage());
writeFileSync('.env.example', envExample());
