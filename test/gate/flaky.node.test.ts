import { describe, expect, it } from 'vitest';
import { findFlakyProblems, markFlaky, rerunOf } from '../../scripts/gate/flaky.mjs';
import { findDoubts, type Test } from '../../scripts/gate/results.mjs';
import { summarize } from '../../scripts/gate/summary.mjs';

function result(title: string, status: Test['status'], more: Partial<Test> = {}): Test {
  return { file: 'test/a.test.ts', where: 'firefox', browser: 'Firefox 153', title, status, ...more };
}

describe('rerunOf', () => {
  it('names the files, engines and titles of the failed tests only', () => {
    const tests = [
      result('a', 'failed'),
      result('b (1)', 'failed', { where: 'webkit' }),
      result('c', 'passed', { file: 'test/c.test.ts' }),
    ];
    const rerun = rerunOf(tests);
    expect(rerun).toMatchObject({ files: ['test/a.test.ts'], engines: ['firefox', 'webkit'] });
    const pattern = new RegExp(rerun!.titles);
    expect(['a', 'b (1)', 'c', 'a b'].filter((title) => pattern.test(title))).toEqual(['a', 'b (1)']);
  });

  it('runs a whole file again that did not run to its end', () => {
    expect(rerunOf([result('', 'failed'), result('a', 'failed')])?.titles).toBe('');
  });

  it('does not run the check of coverage again, which is no test file', () => {
    expect(rerunOf([result('src/ is covered', 'failed', { file: 'src' })])).toBeUndefined();
  });

  it('runs nothing again if no test or very many tests failed', () => {
    expect(rerunOf([result('a', 'passed')])).toBeUndefined();
    expect(rerunOf(Array.from({ length: 11 }, (_, n) => result(`test ${n}`, 'failed')))).toBeUndefined();
  });
});

describe('markFlaky', () => {
  it('marks a failed test that passes the second time, in that engine alone', () => {
    const first = [result('a', 'failed'), result('a', 'failed', { where: 'webkit' })];
    expect(markFlaky(first, [result('a', 'passed')]).map(({ status }) => status)).toEqual(['flaky', 'failed']);
  });

  it('keeps a failure that repeats, or that did not run again', () => {
    const first = [result('a', 'failed'), result('b', 'failed')];
    expect(markFlaky(first, [result('a', 'failed')])).toEqual(first);
  });

  it('accepts a file that did not run to its end if all its tests pass the second time', () => {
    const again = [result('a', 'passed'), result('b', 'passed')];
    expect(markFlaky([result('', 'failed')], again)[0]?.status).toBe('flaky');
    expect(markFlaky([result('', 'failed')], [...again, result('c', 'failed')])[0]?.status).toBe('failed');
  });
});

describe('findFlakyProblems', () => {
  it('accepts three flaky tests, and no fourth', () => {
    const flaky = ['a', 'b', 'c', 'd'].map((title) => result(title, 'flaky', { reason: title }));
    expect(findFlakyProblems(flaky.slice(1))).toEqual([]);
    expect(findFlakyProblems(flaky)).toEqual(['4 tests are flaky; the run accepts 3.']);
  });

  it('accepts no two tests in a row that failed for the same reason', () => {
    const [a, b] = [result('a', 'flaky', { reason: 'timeout' }), result('b', 'flaky', { reason: 'timeout' })];
    expect(findFlakyProblems([a, b])).toEqual(['“a” and the next test failed for the same reason: this is a bug, not a flake.']);
    expect(findFlakyProblems([a, result('between', 'passed'), b])).toEqual([]);
    expect(findFlakyProblems([a, { ...b, where: 'webkit' }])).toEqual([]);
  });
});

describe('findDoubts', () => {
  it('names a place in which fewer tests ran than required, skipped tests aside', () => {
    const tests = Array.from({ length: 96 }, (_, n) => result(`picture ${n}`, 'passed', { where: 'chromium' }));
    expect(findDoubts('pictures', tests, ['chromium'])).toEqual([]);
    const fewer = [...tests.slice(1), result('x [why]', 'skipped', { where: 'chromium' })];
    expect(findDoubts('pictures', fewer, ['chromium'])).toEqual(['pictures: 95 tests ran in chromium; test/minimums.json requires 96.']);
  });

  it('names a skipped test whose title gives no reason', () => {
    expect(findDoubts('browser', [result('a', 'skipped')], [])[0]).toContain('“a” was skipped in Firefox 153');
  });
});

describe('summarize', () => {
  const browser = [result('a', 'passed'), result('b', 'flaky'), result('c [no moveBefore]', 'skipped'), result('d', 'failed')];
  const lines = summarize([
    { name: 'browser', passed: false, tests: browser, problems: ['Something is wrong.'] },
    { name: 'lint', passed: true, problems: [] },
    { name: 'types', passed: false, problems: [] },
  ]).split('\n');

  it('counts tests, checks and problems in its last line', () => {
    expect(lines.at(-1)).toBe('3 passed, 3 failed, 1 skipped');
  });

  it('lists skipped, flaky and failed tests and the failed checks above it', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        '  Firefox 153, test/a.test.ts: c [no moveBefore]',
        '  Firefox 153, test/a.test.ts: b',
        '  Firefox 153, test/a.test.ts: d',
        'Failed: types',
        'Something is wrong.',
      ]),
    );
  });
});
