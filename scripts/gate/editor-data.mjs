import { editorData } from '../editors/index.mjs';

let made;

/** Serves the editors' data at `/editor-data.json`. Builds it again for each run, so that no old build is tested. */
export const serveEditorData = {
  name: 'editor-data',
  serve: async ({ path }) => (path === '/editor-data.json' ? JSON.stringify(await (made ??= editorData())) : undefined),
};
