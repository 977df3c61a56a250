import { describe, expect, it } from 'vitest';
import { readSetting } from '../../../src/serve/config/read-setting.js';
import { SettingSources } from '../../../src/serve/config/setting-sources.js';

describe('readSetting', () => {
  it('does not hide a fault of our own among the mistakes of the merchant', () => {
    const fault = new RangeError('a fault');
    const schema = {
      safeParse(): never {
        throw fault;
      },
    };
    const problems: string[] = [];
    expect(() => readSetting(new SettingSources({}, {}), { path: 'host', variable: 'HOST', schema }, problems)).toThrow(fault);
    expect(problems).toEqual([]);
  });
});
