// Runs before the playground on a host that only serves files.
import { chosenHere, putStandIns } from '../../stand-ins.js';
import { answerHere } from './backend.js';

const pathOf = (folder: string) => new URL(folder, document.baseURI).pathname;
const standIns = 'stand-in/';

answerHere({
  '/stand-in/': new URL(standIns, document.baseURI).href,
  '/api/': `${document.documentElement.dataset.backend}/api/`,
});
// A folder that does not exist simulates a failed download of the library.
putStandIns(pathOf(chosenHere().fault?.script ? 'missing/' : standIns));
