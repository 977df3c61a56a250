import { readFileSync } from 'node:fs';
import { isRecord } from '../../shared/schema.js';
import type { Setting } from './setting.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A value as it was found, with the name of its place for an error message. */
export interface FoundValue {
  readonly name: string;
  readonly value: unknown;
}

/** Reads a file. @throws {Error} */
export type ReadText = (path: string) => string;

const readText: ReadText = (path) => readFileSync(path, 'utf8');

/** The places where settings come from: variables first, then the JSON file. Each may name a file with the value. */
export class SettingSources {
  readonly #variables: Variables;
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #read: ReadText;

  constructor(variables: Variables, json: Readonly<Record<string, unknown>> = {}, read: ReadText = readText) {
    this.#variables = variables;
    this.#json = json;
    this.#read = read;
  }

  /** @throws {SourceError} if a file cannot be read, or a secret is in the JSON file */
  find(setting: Setting): FoundValue | undefined {
    return setting.rotates ? this.#findList(setting) : (this.#findVariable(setting.variable) ?? this.#findInJson(setting));
  }

  /** An empty variable counts as missing, because compose files and CI systems cannot leave one out. */
  #findVariable(variable: string): FoundValue | undefined {
    const value = this.#variables[variable];
    if (value) return { name: variable, value };
    const fileVariable = `${variable}_FILE`;
    const file = this.#variables[fileVariable];
    return file ? { name: fileVariable, value: this.#readFile(fileVariable, file) } : undefined;
  }

  #findList(setting: Setting): FoundValue | undefined {
    const { variable } = setting;
    const newest = this.#findVariable(variable);
    if (!newest) return this.#findInJson(setting);
    const values = [newest.value];
    for (let count = 2; ; count++) {
      const older = this.#findVariable(`${variable}_${count}`);
      if (!older) return { name: newest.name, value: values };
      values.push(older.value);
    }
  }

  #findInJson({ path, variable, isSecret, rotates }: Setting): FoundValue | undefined {
    const value = this.#getJson(path);
    if (value !== undefined && isSecret) {
      const sources = `${variable}, ${variable}_FILE, or \`${path}File\` in the JSON file, which names a file`;
      throw new SourceError(`\`${path}\` should not be in the JSON file, because it is a secret. Use ${sources}.`);
    }
    if (value !== undefined) return { name: `\`${path}\``, value: rotates ? [value].flat() : value };
    const files = [this.#getJson(`${path}File`) ?? []].flat().filter((file) => typeof file === 'string');
    if (files.length === 0) return undefined;
    const name = `\`${path}File\``;
    const texts = files.map((file) => this.#readFile(name, file));
    return { name, value: rotates ? texts : texts[0] };
  }

  #getJson(path: string): unknown {
    return path
      .split('.')
      .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), this.#json);
  }

  /** Editors and secret stores end a file with a line break, which belongs to no secret. */
  #readFile(name: string, file: string): string {
    try {
      return this.#read(file).replace(/\r?\n$/, '');
    } catch (error) {
      const { code = 'an error' } = error as NodeJS.ErrnoException;
      throw new SourceError(
        `${name} should name a file that this process may read, but reading ${JSON.stringify(file)} failed with ${code}.`,
      );
    }
  }
}

/** A setting cannot be read from its place. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
