export interface Suggestion {
  readonly name: string;
  /** Whether only case and punctuation differ. Otherwise, one or two letters do. */
  readonly isCertain: boolean;
}

/** Shorter names have too many neighbours for a guess. */
const minLength = 4;

/** Finds the name that was probably meant: `first_name` for `firstName` or `frist_name`. */
export function suggestName(key: string, names: readonly string[]): Suggestion | undefined {
  const same = names.find((name) => fold(name) === fold(key));
  if (same !== undefined) return { name: same, isCertain: true };
  if (key.length < minLength) return undefined;
  const near = names.find((name) => isNear(fold(key), fold(name)));
  return near === undefined ? undefined : { name: near, isCertain: false };
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '');
}

/** Whether one letter was added, left out or replaced, or two neighbours have changed places. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [restOfOne, restOfOther] = [one.slice(start), other.slice(start)];
  return (
    restOfOne.slice(1) === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1) ||
    (restOfOne.length > 1 && restOfOne[1]! + restOfOne[0]! + restOfOne.slice(2) === restOfOther)
  );
}
