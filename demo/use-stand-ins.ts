// Comes first in every page whose provider has no account here. A merchant's page has nothing of it.
import { putStandIns } from './stand-ins.js';

putStandIns('/stand-in/');
