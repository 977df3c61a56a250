/** The build writes them when the scripts are there. */
declare const builtHashes: Readonly<Record<string, string>> | undefined;

/** For `integrity`, by the names of the script-tag build's files. In the source, which has no such files, it is empty. */
export const scriptHashes: Readonly<Record<string, string>> = typeof builtHashes === 'undefined' ? {} : builtHashes;
