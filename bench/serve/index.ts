// Measures what `pay-checkout serve` adds to the handler that it runs, and its memory over many requests. The stand-in of Pay-me and the
// shop run in one process, `serve` in another, and the load in this one. The bare handler runs in this process, too.
import { createPayEndpoints, payme } from '../../src/server.js';
import { createStandInFetch } from '../../src/serve/stand-ins.js';
import { Redis } from '../../test/server/redis.js';
import { order } from '../../test/support/shop.js';
import { tableOf, type Figure, type Options, type Report } from '../benchmark.js';
import { measuredOn } from '../machine.js';
import { median, summaryOf } from '../statistics.js';
import { closeClients, createCaller, createClient, measureAtRate, measureOneByOne, requestMany, type RequestToken } from './load.js';
import { account, type NeighbourUrls } from './neighbours.js';
import { readMemory, startNeighbours, startServe } from './processes.js';

const perSecond = 500;
/** Of each round. */
const seconds = 2;
const rounds = 9;
/** The most that `serve` may add to the median, in milliseconds. */
const most = 1;
/** Requests over which the memory must not grow. */
const served = 50_000;
/** The most by which the heap may grow after the first fifth of them, in bytes. */
const growth = 2_500_000;

type Ways = Readonly<Record<'handler' | 'calling' | 'serve' | 'shared', RequestToken>>;

export async function serve({ cycles = served }: Options): Promise<Report> {
  const neighbours = await startNeighbours();
  const redis = await Redis.start();
  const [alone, shared] = await Promise.all([startServe(neighbours.urls), startServe(neighbours.urls, redis.url)]);
  const handlers = createHandlers(neighbours.urls);
  try {
    const figures = await compare({ ...handlers, serve: createClient(alone.url), shared: createClient(shared.url) });
    figures.push(...(await watchMemory(createClient(alone.url), () => readMemory(alone.child), cycles)));
    const how = `The Pay-me stand-in and the shop run in one process, the built \`serve\` in another, and the load in a third, which runs the bare handler, too. ${perSecond} requests per second, started at a constant rate; ${rounds} rounds of ${seconds} s each, alternating; medians of the rounds, with the quartiles behind them. The memory is read 6 s after the last request, after a garbage collection.`;
    return {
      title: 'The process beside a shop',
      text: `${measuredOn()} ${how}\n\n${tableOf(figures)}`,
      holds: figures.every(({ holds }) => holds),
    };
  } finally {
    closeClients();
    for (const { child } of [alone, shared, neighbours]) child.kill('SIGKILL');
    await redis.stop();
  }
}

/** Creates the handler of the token endpoint in this process: with an order from memory, and with one that the shop answers by HTTP. */
function createHandlers({ standIns, shop }: NeighbourUrls): Pick<Ways, 'handler' | 'calling'> {
  const create = (find: () => typeof order | Promise<typeof order>) => {
    const fetch = createStandInFetch(standIns);
    const providers = { payme: payme(account) };
    return createCaller(createPayEndpoints({ environment: 'sandbox', providers, order: find, fetch }).token);
  };
  const callShop = async () => (await fetch(`${shop}/order`, { method: 'POST', body: '{}' })).json() as Promise<typeof order>;
  return { handler: create(() => order), calling: create(callShop) };
}

const names = ['handler', 'calling', 'serve', 'shared'] as const satisfies readonly (keyof Ways)[];

/** Compares at the constant rate, and one request after the other, which tells more on a machine with other work. */
async function compare(ways: Ways): Promise<Figure[]> {
  for (const name of names) await requestMany(ways[name], 1_000);
  const single = await runRounds(ways, (way) => measureOneByOne(way, perSecond));
  const atRate = await runRounds(ways, (way) => measureAtRate(way, perSecond, seconds));
  return [...describeRounds(`${perSecond} a second`, atRate, most), ...describeRounds('one by one', single)];
}

type Rounds = Readonly<Record<keyof Ways, number[]>>;

/** Measures every way in each round, so that other load on the machine affects all of them. Returns the medians of the rounds. */
async function runRounds(ways: Ways, run: (way: RequestToken) => Promise<number[]>): Promise<Rounds> {
  const medians: Rounds = { handler: [], calling: [], serve: [], shared: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of names) medians[name].push(median(await run(ways[name])));
  }
  return medians;
}

function describeRounds(how: string, rounds: Rounds, limit = Infinity): Figure[] {
  const added = (more: keyof Ways, less: keyof Ways) => rounds[more].map((one, round) => one - rounds[less][round]!);
  const row = (what: string, values: number[]) => ({ what: `${how}: ${what}, ms`, figure: describe(values), must: '', holds: true });
  return [
    row('handler in process, order from memory', rounds.handler),
    row('handler in process, order by HTTP from the shop', rounds.calling),
    row('`serve`', rounds.serve),
    row('`serve` with Redis', rounds.shared),
    atMost(`${how}: added to the handler with the order from memory, ms`, added('serve', 'handler'), limit),
    atMost(`${how}: added to the handler with the order by HTTP, ms`, added('serve', 'calling'), limit),
    row('added by Redis', added('shared', 'serve')),
  ];
}

function atMost(what: string, values: number[], limit: number): Figure {
  const must = Number.isFinite(limit) ? `≤ ${limit}` : '';
  return { what, figure: `**${describe(values)}**`, must, holds: median(values) <= limit };
}

function describe(values: number[]): string {
  const { median: middle, quartiles } = summaryOf(values);
  return `${middle.toFixed(2)} (${quartiles.map((one) => one.toFixed(2)).join('–')})`;
}

async function watchMemory(requestToken: RequestToken, read: () => Promise<NodeJS.MemoryUsage>, count: number): Promise<Figure[]> {
  const seen: NodeJS.MemoryUsage[] = [];
  const figures: Figure[] = [];
  for (let step = 1; step <= 5; step++) {
    await requestMany(requestToken, count / 5);
    const memory = await read();
    seen.push(memory);
    const grown = memory.heapUsed - seen[0]!.heapUsed;
    const what = `heap (resident memory) after ${((count / 5) * step).toLocaleString('en')} requests, MB`;
    const must = step === 1 ? '' : `≤ ${toMegabytes(seen[0]!.heapUsed + growth)}`;
    figures.push({ what, figure: `${toMegabytes(memory.heapUsed)} (${toMegabytes(memory.rss)})`, must, holds: grown <= growth });
  }
  return figures;
}

function toMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
