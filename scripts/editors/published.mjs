// Reduces the manifest of the source to the classes and members that a merchant can use.

const tag = 'pay-checkout';
const element = 'dist/element.js';
const index = 'dist/index.js';

export const published = {
  name: 'published',
  packageLinkPhase({ customElementsManifest }) {
    const declarations = customElementsManifest.modules.flatMap((module) => module.declarations);
    const own = declarations.find(({ tagName }) => tagName === tag);
    const events = declarations.filter(({ name }) => own.events.some(({ type }) => type.text === name));
    delete customElementsManifest.readme;
    customElementsManifest.modules = [moduleOf(element, [elementOf(own)]), moduleOf(index, events.map(eventOf))];
    customElementsManifest.modules[1].exports.push(
      exportOf('js', own.name, own.name),
      exportOf('custom-element-definition', tag, own.name),
    );
  },
};

/** Drops the events without a description: the analyzer guesses them from calls of `dispatchEvent`. */
function elementOf(declaration) {
  const events = declaration.events.filter(({ description }) => description);
  const attributes = declaration.attributes.map(ownOf);
  return { ...publicOf(declaration), events, attributes, superclass: { name: 'LitElement', package: 'lit' } };
}

function eventOf(declaration) {
  return { ...publicOf(declaration), superclass: { name: 'Event', package: 'global:' } };
}

function publicOf(declaration) {
  const isPublic = ({ name, privacy }) => !name.startsWith('#') && (privacy ?? 'public') === 'public';
  return { ...declaration, members: declaration.members.filter(isPublic).map(ownOf) };
}

/** Drops `inheritedFrom`, because the class with the attributes is not published. A read-only member has no default. */
function ownOf(member) {
  const dropped = ['inheritedFrom', ...(member.readonly ? ['default'] : [])];
  return Object.fromEntries(Object.entries(member).filter(([key]) => !dropped.includes(key)));
}

function moduleOf(path, declarations) {
  const exports = declarations.map(({ name }) => exportOf('js', name, name, path));
  return { kind: 'javascript-module', path, declarations, exports };
}

function exportOf(kind, name, declared, module = element) {
  return { kind, name, declaration: { name: declared, module } };
}
