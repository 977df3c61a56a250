/** The build defines this after it has written the files. */
declare const builtHashes: Readonly<Record<string, string>> | undefined;

/** The `integrity` of each file of the script-tag build, by name. It is empty when the package runs from source. */
export const scriptHashes: Readonly<Record<string, string>> = typeof builtHashes === 'undefined' ? {} : builtHashes;
