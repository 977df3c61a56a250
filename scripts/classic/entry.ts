// The classic script registers the tag and exports nothing, so that it leaves no name on `window`.
// What is alike stands side by side, within reach of gzip's window of 32 kB: libraries, style sheets, texts, and then the rest.
import '../../src/shape.js';
import 'lit';
import '../../src/providers/payroc/styles.js';
import '../../src/pay-checkout.styles.js';
import '../../src/providers/payroc/texts.js';
import '../../src/messages/index.js';
import '../../src/index.js';
