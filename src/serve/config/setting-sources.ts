import { readFileSync } from 'node:fs';
import { isRecord } from '../../shared/schema.js';
import type { Setting } from './setting.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** A value as it was found, with the name of its place for an error message. */
export interface FoundValue {
  readonly name: string;
  readonly value: unknown;
  /** For a list from several places: the name of each. */
  readonly itemNames?: readonly string[];
}

/** The places where settings come from: variables first, then the JSON file. Each may name a file with the value. */
export class SettingSources {
  readonly #variables: Variables;
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #used = new Set<string>();

  constructor(variables: Variables, json: Readonly<Record<string, unknown>> = {}) {
    this.#variables = variables;
    this.#json = json;
  }

  /** @throws {SourceError} if a file cannot be read, or a secret is in the JSON file */
  find(setting: Setting): FoundValue | undefined {
    this.#refuseSecretInJson(setting);
    return setting.rotates ? this.#findList(setting) : (this.#findVariable(setting.variable) ?? this.#findInJson(setting));
  }

  /** Lists the variables with these prefixes that no setting has used. Each is misspelled, or another one replaces it. */
  listUnused(prefixes: readonly string[]): string[] {
    const isOurs = (name: string) => prefixes.some((prefix) => name.startsWith(prefix));
    return Object.keys(this.#variables).filter((name) => isOurs(name) && this.#variables[name] && !this.#used.has(name));
  }

  /** An empty variable counts as missing, because compose files and CI systems cannot leave one out. */
  #findVariable(variable: string): FoundValue | undefined {
    const value = this.#getVariable(variable);
    if (value) return { name: variable, value };
    const fileVariable = `${variable}_FILE`;
    const file = this.#getVariable(fileVariable);
    return file ? { name: fileVariable, value: this.#readFile(fileVariable, file) } : undefined;
  }

  #getVariable(name: string): string | undefined {
    this.#used.add(name);
    return this.#variables[name];
  }

  #findList(setting: Setting): FoundValue | undefined {
    const { variable } = setting;
    const newest = this.#findVariable(variable);
    if (!newest) return this.#findInJson(setting);
    const found = [newest];
    for (let count = 2; ; count++) {
      const older = this.#findVariable(`${variable}_${count}`);
      if (!older) return { name: newest.name, value: found.map(({ value }) => value), itemNames: found.map(({ name }) => name) };
      found.push(older);
    }
  }

  #refuseSecretInJson({ path, variable, isSecret }: Setting): void {
    if (!isSecret || this.#getJson(path) === undefined) return;
    const sources = `${variable}, ${variable}_FILE, or \`${path}File\` in the JSON file, which names a file`;
    throw new SourceError(`\`${path}\` should not be in the JSON file, because it is a secret. Use ${sources}.`);
  }

  #findInJson({ path, rotates }: Setting): FoundValue | undefined {
    const value = this.#getJson(path);
    if (value !== undefined) return { name: `\`${path}\``, value: rotates ? [value].flat() : value };
    return this.#findFileInJson(`${path}File`, rotates);
  }

  #findFileInJson(path: string, takesList = false): FoundValue | undefined {
    const value = this.#getJson(path);
    if (value === undefined) return undefined;
    const name = `\`${path}\``;
    const files: unknown[] = takesList ? [value].flat() : [value];
    if (files.length === 0 || !files.every((file) => typeof file === 'string')) {
      throw new SourceError(`${name} should be the path of a file${takesList ? ', or a list of paths, newest secret first' : ''}.`);
    }
    const texts = files.map((file) => this.#readFile(name, file));
    return { name, value: takesList ? texts : texts[0] };
  }

  #getJson(path: string): unknown {
    return path
      .split('.')
      .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), this.#json);
  }

  /** Editors and secret stores end a file with a line break, which belongs to no secret. */
  #readFile(name: string, file: string): string {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
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
