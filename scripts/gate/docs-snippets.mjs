import { readFileSync } from 'node:fs';

/**
 * For @web/test-runner: serves a snippet that is a file, such as `/docs/custom-provider.md/mypay.ts`. It imports the package from `src/`.
 * The hosts of examples are folders of `test/docs/hosts/`.
 */
export const serveSnippets = {
  name: 'docs-snippets',
  serve({ path, origin }) {
    const [, page, name] = /^\/(docs\/[\w-]+\.md)\/([\w-]+\.ts)$/.exec(path) ?? [];
    if (!page) return undefined;
    const [, code] = readFileSync(page, 'utf8').split(`\`\`\`ts\n// ${name}\n`);
    return code
      .slice(0, code.indexOf('```'))
      .replaceAll(/'pay-checkout(?:\/(\w+))?'/g, (_, entry = 'index') => `'/src/${entry}.ts'`)
      .replaceAll(/https:\/\/([\w.-]+\.example)\//g, `${origin}/test/docs/hosts/$1/`);
  },
};
