/** What belongs to each environment of a provider, made of where the provider lives there. */
export function byEnvironment<Name extends string, Host, Made>(hosts: Readonly<Record<Name, Host>>, make: (host: Host) => Made) {
  const all = Object.entries<Host>(hosts).map(([name, host]) => [name, make(host)]);
  return Object.fromEntries(all) as Record<Name, Made>;
}
