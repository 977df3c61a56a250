import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the time of the last change in these folders of the project, in milliseconds since the epoch. */
export function newestOf(...folders: string[]): number {
  const paths = folders.map((folder) => join(import.meta.dirname, '..', folder));
  const files = paths.flatMap((path) => readdirSync(path, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  return Math.max(...files.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs));
}
