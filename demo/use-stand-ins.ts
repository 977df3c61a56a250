// Runs first in each page of a provider without an account. A merchant's page does not contain it.
import { putStandIns } from './stand-ins.js';

putStandIns('/stand-in/');
