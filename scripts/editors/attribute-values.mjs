// The analyzer only reads syntax. The compiler resolves the types behind the names.

/**
 * Sets the type of each attribute to the words that it accepts, plus `string` if it also accepts other text.
 *
 * @param {() => import('typescript').TypeChecker} checker
 */
export function attributeValues(checker) {
  return {
    name: 'attribute-values',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node)) return;
      const { attributes = [], members } = moduleDoc.declarations.find(({ name }) => name === node.name.text);
      for (const attribute of attributes) {
        const { name, fieldName = name } = attribute;
        const field = node.members.find((member) => member.name?.getText() === fieldName);
        const { words, others } = wordsOf(ts, checker().getTypeAtLocation(field));
        attribute.type = { text: [...words, ...(others ? ['string'] : [])].join(' | ') };
        if (!others) members.find((member) => member.name === fieldName).type = attribute.type;
      }
    },
  };
}

function wordsOf(ts, type) {
  const members = (type.isUnion() ? type.types : [type]).filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  const words = members.filter((member) => member.isStringLiteral());
  return { words: words.map(({ value }) => `'${value}'`), others: words.length < members.length };
}
