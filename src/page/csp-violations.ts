/**
 * Calls back when the page's Content-Security-Policy blocks a request that `isOurs` recognizes, until the signal aborts. Ignores policies
 * that only report.
 *
 * @param callback receives a sentence that names the blocked host and the directive to change
 */
export function onCspViolation(
  isOurs: (violation: SecurityPolicyViolationEvent) => boolean,
  callback: (message: string) => void,
  signal: AbortSignal,
): void {
  const handle = (violation: SecurityPolicyViolationEvent) => {
    if (violation.disposition === 'enforce' && isOurs(violation)) callback(createAdvice(violation));
  };
  document.addEventListener('securitypolicyviolation', handle, { signal });
}

/** Returns scheme, host and port. The rest of a URL may be secret: Payroc's frames have their token in it. */
export function extractOrigin(url: string): string | undefined {
  return /^https?:\/\/[^/?#]+/.exec(url)?.[0];
}

function createAdvice({ blockedURI, effectiveDirective, originalPolicy }: SecurityPolicyViolationEvent): string {
  const has = (name: string) => new RegExp(`(^|;)\\s*${name}(?![\\w-])`, 'i').test(originalPolicy);
  // Browsers report the narrowest directive, such as `script-src-elem`, but most policies set the wider one.
  const directive = has(effectiveDirective) ? effectiveDirective : effectiveDirective.replace(/-elem$/, '');
  const isMissing = !has(directive) && has('default-src');
  const place = isMissing ? `a \`${directive}\` of its own, since \`default-src\` decides now` : `\`${directive}\``;
  return `The page's Content-Security-Policy blocks ${extractOrigin(blockedURI)}: add it to ${place}.`;
}
