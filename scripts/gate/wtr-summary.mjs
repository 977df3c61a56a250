// A reporter for @web/test-runner that writes what the gate counts, and the coverage counters of every page.
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import istanbul from 'istanbul-lib-coverage';

const versionInUserAgent = /(?:Chrome|Firefox|Version)\/(\d+)/;

/** @param {string} folder gets `results.json` and `coverage.json` */
export function summary(folder) {
  const versions = new Map();
  return {
    reporter: {
      onTestRunFinished({ sessions }) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${folder}/results.json`, JSON.stringify(resultsOf(sessions, versions)));
        writeFileSync(`${folder}/coverage.json`, JSON.stringify(coverageOf(sessions)));
      },
    },
    /** Only a page's own request says which version of a browser it is. */
    middleware(context, next) {
      const id = context.query['wtr-session-id'];
      if (id) versions.set(id, versionInUserAgent.exec(context.get('user-agent'))?.[1]);
      return next();
    },
  };
}

function resultsOf(sessions, versions) {
  const browsers = new Map();
  for (const session of sessions) {
    const name = `${session.browser.name} ${versions.get(session.id) ?? '?'}`;
    const all = browsers.get(name) ?? { name, passed: 0, failed: 0, skipped: 0 };
    browsers.set(name, add(all, countsOf(session)));
  }
  const total = [...browsers.values()].reduce(add, { passed: 0, failed: 0, skipped: 0 });
  return { ...total, browsers: [...browsers.values()], problems: sessions.flatMap(problemsOf) };
}

function countsOf(session) {
  const tests = testsOf(session.testResults);
  const skipped = tests.filter((test) => test.skipped).length;
  const passed = tests.filter((test) => test.passed && !test.skipped).length;
  const failed = tests.length - skipped - passed;
  // A file that did not load, or threw outside its tests, has no failed test to show for it.
  return { passed, skipped, failed: failed || problemsOf(session).length };
}

function problemsOf(session) {
  const file = relative('.', session.testFile);
  const tests = testsOf(session.testResults);
  if (tests.some((test) => !test.passed && !test.skipped)) return [];
  if (!session.passed) return [`${file} did not run to its end in ${session.browser.name}.`];
  return tests.length === 0 ? [`${file} has no tests.`] : [];
}

function testsOf(suite) {
  return suite ? [...suite.tests, ...suite.suites.flatMap(testsOf)] : [];
}

function add(a, b) {
  return { ...a, passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

function coverageOf(sessions) {
  const map = istanbul.createCoverageMap();
  for (const { testCoverage } of sessions) map.merge(testCoverage ?? {});
  return map;
}
