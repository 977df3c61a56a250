// A reporter for @web/test-runner that writes what the gate counts, and the coverage counters of every page.
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import istanbul from 'istanbul-lib-coverage';

const versionInUserAgent = /(?:Chrome|Firefox)\/(\d+)/;

/** @param {string} folder gets `results.json` and `coverage.json` */
export function summary(folder) {
  const userAgents = new Map();
  return {
    reporter: {
      onTestRunFinished({ sessions }) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${folder}/results.json`, JSON.stringify(resultsOf(sessions, userAgents)));
        writeFileSync(`${folder}/coverage.json`, JSON.stringify(coverageOf(sessions)));
      },
    },
    /** Only a page's own request says which version of a browser it is. */
    middleware(context, next) {
      const id = context.query['wtr-session-id'];
      if (id) userAgents.set(id, context.get('user-agent'));
      return next();
    },
  };
}

/** @returns {import('./results.mjs').Results} */
function resultsOf(sessions, userAgents) {
  const browsers = [...new Set(sessions.map(({ browser }) => browser))];
  return { runs: browsers.map((browser) => runOf(browser, sessions, userAgents)), problems: sessions.flatMap(problemsOf) };
}

function runOf(browser, all, userAgents) {
  const sessions = all.filter((session) => session.browser === browser);
  const tests = sessions.flatMap((session) => testsOf(session.testResults));
  const skipped = tests.filter((test) => test.skipped).map(({ name }) => name);
  const passed = tests.filter((test) => test.passed && !test.skipped).length;
  const version = browser.version ?? sessions.map(({ id }) => versionInUserAgent.exec(userAgents.get(id))?.[1]).find(Boolean);
  return { where: browser.engine, name: `${browser.name} ${version}`, passed, failed: tests.length - passed - skipped.length, skipped };
}

/** A file that did not load, or threw outside its tests, has no failed test to show for it. */
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

function coverageOf(sessions) {
  const map = istanbul.createCoverageMap();
  for (const { testCoverage } of sessions) map.merge(testCoverage ?? {});
  return map;
}
