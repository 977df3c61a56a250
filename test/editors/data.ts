interface Named {
  readonly name: string;
  readonly description: string;
}

export interface Attribute extends Named {
  readonly type: { readonly text: string };
  readonly default?: string;
}

export interface Member extends Named {
  readonly kind: 'field' | 'method';
  readonly type?: { readonly text: string };
  readonly return?: { readonly type: { readonly text: string } };
  readonly default?: string;
  readonly readonly?: boolean;
  readonly static?: boolean;
  readonly attribute?: string;
}

export interface Tag extends Named {
  readonly tagName?: string;
  readonly attributes: readonly Attribute[];
  readonly members: readonly Member[];
  readonly events: readonly (Named & { readonly type: { readonly text: string } })[];
  readonly slots: readonly Named[];
  readonly cssParts: readonly Named[];
  readonly cssProperties: readonly (Named & { readonly default: string })[];
}

interface Module {
  readonly path: string;
  readonly declarations: readonly Tag[];
  readonly exports: readonly { readonly name: string }[];
}

type ForVsCode = Named & { readonly values?: readonly Named[] };
type ForJetBrains = Named & { readonly value?: { readonly type: string; readonly default?: string } };

/** The files that `scripts/editors` makes, as far as the tests read them. */
export interface EditorData {
  readonly 'custom-elements.json': { readonly modules: readonly Module[] };
  readonly 'web-types.json': {
    readonly contributions: {
      readonly html: { readonly elements: readonly JetBrainsTag[] };
      readonly css: { readonly properties: readonly Named[]; readonly 'pseudo-elements': readonly Named[] };
    };
  };
  readonly 'vscode.html-custom-data.json': { readonly tags: readonly (Named & { readonly attributes: readonly ForVsCode[] })[] };
  readonly 'vscode.css-custom-data.json': { readonly properties: readonly Named[]; readonly pseudoElements: readonly Named[] };
}

export interface JetBrainsTag extends Named {
  readonly attributes: readonly ForJetBrains[];
  readonly slots: readonly Named[];
  readonly events: readonly Named[];
  readonly js: { readonly properties: readonly Named[] };
}

export function tagOf({ 'custom-elements.json': { modules } }: EditorData): Tag {
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'pay-checkout')!;
}

export function namesOf(list: readonly { readonly name: string }[]): string[] {
  return list.map(({ name }) => name).sort();
}

/** The words that an attribute may hold. */
export function wordsOf(tag: Tag, attribute: string): string[] {
  const { type } = tag.attributes.find(({ name }) => name === attribute)!;
  return [...type.text.matchAll(/'(.*?)'/g)].map(([, word]) => word!).sort();
}
