import { editorData } from '../editors/index.mjs';

let made;

/** What editors are told, at `/editor-data.json`; made anew, so that no old build is tested. */
export const serveEditorData = {
  name: 'editor-data',
  serve: async ({ path }) => (path === '/editor-data.json' ? JSON.stringify(await (made ??= editorData())) : undefined),
};
