/** Creates a value for each environment of a provider from its hosts there. */
export function mapEnvironments<Name extends string, Host, Value>(hosts: Readonly<Record<Name, Host>>, create: (host: Host) => Value) {
  const values = Object.entries<Host>(hosts).map(([name, host]) => [name, create(host)]);
  return Object.fromEntries(values) as Record<Name, Value>;
}
