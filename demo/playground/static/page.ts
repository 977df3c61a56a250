// Runs before the playground where nothing but files is served.
import { chosenHere, putStandIns } from '../../stand-ins.js';
import { answerHere } from './backend.js';

const pathOf = (folder: string) => new URL(folder, document.baseURI).pathname;
const standIns = 'stand-in/';

answerHere({
  '/stand-in/': new URL(standIns, document.baseURI).href,
  '/api/': `${document.documentElement.dataset.backend}/api/`,
});
// A library that cannot be had is one in a folder that is not there.
putStandIns(pathOf(chosenHere().fault?.script ? 'missing/' : standIns));
