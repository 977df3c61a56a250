// The classic script registers the tag and exports nothing, so that it leaves no name on `window`.
import '../../src/index.js';
