// What the gate says at its end.

/**
 * The last line: the count over everything, and where it ran.
 *
 * @param {{passed: number, failed: number, runs?: import('./results.mjs').Run[]}[]} steps
 * @param {{engine: string}[]} missing engines that were not found
 * @param {number} problems beside the steps'
 */
export function lastLine(steps, missing, problems) {
  const total = (key) => steps.reduce((sum, step) => sum + step[key], 0);
  const notFound = missing.length > 0 ? [`not found: ${missing.map(({ name }) => name).join(', ')}`] : [];
  const where = [...ran(steps), `checks: ${steps.filter(({ runs }) => !runs).length}`, ...notFound];
  return `${total('passed')} passed, ${total('failed') + problems} failed · ${where.join(' · ')}`;
}

/** What an engine cannot do, it skips; nobody should have to look for it. */
export function skips(steps) {
  return runsOf(steps).flatMap(({ name, skipped }) => skipped.map((title) => `${name} skipped: ${title}`));
}

/** In the browsers first, each with what ran in it in all steps. */
function ran(steps) {
  const counts = new Map();
  for (const { name, passed, failed } of runsOf(steps)) counts.set(name, (counts.get(name) ?? 0) + passed + failed);
  return [...counts].map(([name, tests]) => `${name}: ${tests} tests`);
}

function runsOf(steps) {
  const runs = steps.flatMap((step) => step.runs ?? []);
  return [...runs.filter(({ where }) => where !== 'node'), ...runs.filter(({ where }) => where === 'node')];
}
