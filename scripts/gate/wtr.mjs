// Parts of the configuration of @web/test-runner: the reporter that the gate reads, and the HTTP cache.
import { mkdirSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const versionInUserAgent = /(?:Chrome|Firefox)\/(\d+)/;
const userAgents = new Map();

/** Koa middleware. Only the request for a test page contains the browser's version. */
export function recordVersions(context, next) {
  const id = context.query['wtr-session-id'];
  if (id) userAgents.set(id, context.get('user-agent'));
  return next();
}

/** Koa middleware. Each test page imports some hundred modules, and no file changes during a run: browsers load each file once. */
export async function cacheFiles(context, next) {
  await next();
  const isModule = /^\/(src|test|node_modules|one-file)\/.*\.(ts|js|mjs)$/.test(context.path);
  if (isModule && context.status === 200 && !process.argv.includes('--watch')) context.set('Cache-Control', 'max-age=3600');
}

/**
 * A reporter that writes `results.json`, in the form of {@link import('./results.mjs').Results}.
 *
 * @param {string} folder
 */
export function resultsReporter(folder) {
  return {
    onTestRunFinished({ sessions, testCoverage }) {
      const tests = [...sessions].flatMap(testsOf);
      if (testCoverage)
        tests.push(
          coverageTest(
            testCoverage,
            tests.find(({ where }) => where === 'chromium'),
          ),
        );
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/results.json`, JSON.stringify(tests));
    },
  };
}

/** Adds a result for the coverage thresholds, because the exit code is the same for a failed threshold and a failed test. */
function coverageTest({ passed }, place) {
  const title = 'src/ is covered as web-test-runner.config.mjs requires';
  return { ...place, file: 'src', title, status: passed ? 'passed' : 'failed', reason: undefined };
}

/** A file that did not load, or failed outside its tests, counts as one failed test without a title. */
function testsOf(session) {
  const { browser, id, passed, testResults } = session;
  const version = browser.version ?? versionInUserAgent.exec(userAgents.get(id))?.[1];
  const place = { file: relative('.', session.testFile), where: browser.engine, browser: `${browser.name} ${version}` };
  const tests = testResults ? flatten(testResults).map((test) => ({ ...place, ...test })) : [];
  if (tests.some(({ status }) => status === 'failed') || (passed && tests.length > 0)) return tests;
  const reason = passed ? 'It contains no tests.' : `It did not run to its end: ${session.errors[0]?.message ?? 'see above'}`;
  return [...tests, { ...place, title: '', status: 'failed', reason }];
}

function flatten({ tests, suites }, path = []) {
  const own = tests.map(({ name, passed, skipped, error }) => ({
    title: [...path, name].join(' '),
    status: skipped ? 'skipped' : passed ? 'passed' : 'failed',
    reason: error?.message,
  }));
  return [...own, ...suites.flatMap((suite) => flatten(suite, [...path, suite.name]))];
}
