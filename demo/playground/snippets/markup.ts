/** Formats an attribute of HTML or of a template. Single quotes keep JSON readable. */
export function attribute(name: string, value: string): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return value.includes('"') ? `${name}='${escaped.replaceAll("'", '&#39;')}'` : `${name}="${escaped}"`;
}
