interface ImportMeta {
  /** Vite's glob import. With `?library`, each module and its imports become the text of a classic script (`scripts/library.mjs`). */
  glob(
    pattern: './*/script.ts',
    options: { readonly query: '?library'; readonly import: 'default'; readonly eager: true },
  ): Readonly<Record<string, string>>;
}

declare module '*?library' {
  const text: string;
  export default text;
}
