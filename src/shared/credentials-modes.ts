/** The values of `fetch`'s `credentials`. */
export const credentialsModes = ['omit', 'same-origin', 'include'] as const;

export type CredentialsMode = (typeof credentialsModes)[number];
