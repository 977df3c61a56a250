/**
 * Calls back, with a sentence that says what to do, when the page's Content-Security-Policy stops what `isOurs` knows;
 * until the signal aborts. A policy that only reports stops nothing.
 */
export function onCspViolation(
  isOurs: (violation: SecurityPolicyViolationEvent) => boolean,
  callback: (message: string) => void,
  signal: AbortSignal,
): void {
  const hear = (violation: SecurityPolicyViolationEvent) => {
    if (violation.disposition === 'enforce' && isOurs(violation)) callback(adviceFor(violation));
  };
  document.addEventListener('securitypolicyviolation', hear, { signal });
}

/** Scheme, host and port. Whatever else is in a URL may be secret: the frames of Payroc have their token there. */
export function extractOrigin(url: string): string | undefined {
  return /^https?:\/\/[^/?#]+/.exec(url)?.[0];
}

function adviceFor({ blockedURI, effectiveDirective, originalPolicy }: SecurityPolicyViolationEvent): string {
  const has = (name: string) => new RegExp(`(^|;)\\s*${name}(?![\\w-])`, 'i').test(originalPolicy);
  // Browsers name the narrowest directive that there is, and pages have wider ones.
  const directive = has(effectiveDirective) ? effectiveDirective : effectiveDirective.replace(/-elem$/, '');
  const isMissing = !has(directive) && has('default-src');
  const place = isMissing ? `a \`${directive}\` of its own, since \`default-src\` decides now` : `\`${directive}\``;
  return `The page's Content-Security-Policy blocks ${extractOrigin(blockedURI)}: add it to ${place}.`;
}
