/** The summary of repeated measurements. */
export interface Summary {
  readonly median: number;
  /** The first and the third quartile: half of the measurements lie between them. */
  readonly quartiles: readonly [number, number];
}

/** @throws {RangeError} if there are no values */
export function summaryOf(values: readonly number[]): Summary {
  if (values.length === 0) throw new RangeError('Nothing was measured.');
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), quartiles: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
}

export function median(values: readonly number[]): number {
  return summaryOf(values).median;
}

/** Returns a quantile of sorted values. Interpolates between the two nearest values. */
function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

/** Summarizes the ratios of two series of measurements, round by round: the first divided by the second. */
export function ratioOf(ones: readonly number[], others: readonly number[]): Summary {
  return summaryOf(ones.map((one, round) => one / others[round]!));
}
