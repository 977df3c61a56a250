// Creates the data that editors read about the tag, from the JSDoc and the types in src/.
import { join } from 'node:path';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';

/** @returns {Promise<Record<string, object>>} by the file's name in the package */
export async function editorData() {
  const argv = ['analyze', '--config', join(import.meta.dirname, 'analyzer.config.mjs')];
  const manifest = await cli({ argv, noWrite: true });
  const told = JSON.parse(JSON.stringify(manifest));
  told.modules.flatMap(({ declarations }) => declarations).forEach(tellDefaults);
  return {
    'custom-elements.json': manifest,
    'web-types.json': withoutBlanks(getWebTypesData(manifest, {})),
    'vscode.html-custom-data.json': withoutBlanks(getVsCodeHtmlCustomData(told, {})),
    'vscode.css-custom-data.json': withoutBlanks(getVsCodeCssCustomData(told, {})),
  };
}

/** Adds the defaults to the descriptions, because VS Code's format has no field for them. */
function tellDefaults({ attributes = [] }) {
  for (const attribute of attributes) {
    if (attribute.default) attribute.description += ` Default: \`${attribute.default.replaceAll("'", '')}\`.`;
  }
}

function withoutBlanks(json) {
  return JSON.parse(json, (_key, value) => (value === '' || value?.length === 0 ? undefined : value));
}
