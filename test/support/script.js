// A provider's script, as the test server delivers it: what it does is in the hands of the page that has it.
window.runScript();
