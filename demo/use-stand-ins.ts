// Comes first in every page whose provider has no account here. A merchant's page has nothing of it.
import { useStandIns } from '../src/testing/index.js';
import { chosenProvider } from './chosen.js';
import { faults } from './faults/index.js';
import { forms } from './forms.js';
import { showTestCards } from './test-cards.js';

const query = new URLSearchParams(location.search);
const provider = chosenProvider(query.get('provider'));
const library = faults[provider][query.get('fault') ?? '']?.library;

// A library that misbehaves runs in this page, where it can be told how; otherwise it comes as the real one does, by script and style sheet.
useStandIns(library ? { api: '/stand-in/', faults: { [provider]: library } } : { assets: '/stand-in/' });
document.documentElement.dataset.standIns = '';
showTestCards(forms[provider]);
