// A provider's script, as the test server delivers it: it leaves what it is told to under the name that its query gives.
window[new URL(document.currentScript.src).searchParams.get('global')] = class Library {};
